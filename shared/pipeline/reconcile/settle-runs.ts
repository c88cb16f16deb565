// Settling: a run whose rows are all decided gets its reports, then its last state. Reports come first: `settled` promises them.
import { changeRun } from '../../run/ledger';
import type { Run } from '../../run/run';
import { mayMove, OPEN_STATES } from '../../run/run';
import type { Pipeline } from '../pipeline';
import { eachOnItsOwn } from '../../core/each-on-its-own';
import { reportRun } from '../report/report-run';

/** Moves every open run as far as its batches allow. */
export async function settleRuns(pipeline: Pipeline): Promise<void> {
  const open = await pipeline.ledger.runs.inStates(OPEN_STATES);
  await eachOnItsOwn(
    open.map(
      ({ value }) =>
        () =>
          settleRun(pipeline, value),
    ),
  );
}

async function settleRun(pipeline: Pipeline, run: Run): Promise<void> {
  const { ledger } = pipeline;
  const counts = await ledger.batches.countStates(run.run);

  const state = counts.staged + counts.sending > 0 ? 'sending' : counts.sent > 0 ? 'confirming' : 'settled';
  if (state === 'settled') return reportRun(pipeline, run);
  if (state !== run.state && mayMove(run.state, state))
    await changeRun(ledger.runs, run, (now) => (mayMove(now.state, state) ? { ...now, state } : null));
}
