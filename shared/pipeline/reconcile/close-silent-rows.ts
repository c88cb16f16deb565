// Silence: sent rows whose time is up without an entry. Called only after the log was read to its end: no reading, no silence.
import type { BatchRow } from '../../run/batch';
import { changeRun } from '../../run/ledger';
import { lookAtOtherRuns } from '../../run/other-runs';
import type { Run } from '../../run/run';
import { isAbandoned, OPEN_STATES } from '../../run/run';
import { answersOf, closeSilentRow } from '../../verdict/judge-row';
import type { Pipeline } from '../pipeline';
import type { ServedRuns } from '../serve/served-runs';
import type { JudgePorts } from './judge-batch';
import { judgeBatch } from './judge-batch';

/** Evidence came while a sender was at work, or the row was given up after it had failed: it waits for nothing more. */
const isAnswered = (row: BatchRow): boolean => row.work === 'open' && answersOf(row) >= row.deliveries;

/**
 * Decides the rows whose last delivery was noted longer than `confirmWithinMs` before the reading of the log began. Entries written since
 * then may not have been read, so that time does not count as silence.
 */
export async function closeSilentRows(
  pipeline: Pick<Pipeline, 'ledger' | 'indexes' | 'delays' | 'emit'> & JudgePorts,
  runs: readonly Run[],
  readBegun: number,
  served: ServedRuns,
): Promise<void> {
  const { ledger, delays, emit } = pipeline;
  const before = readBegun - delays.confirmWithinMs;
  const isSilent = (row: BatchRow): boolean => row.work === 'open' && Math.max(0, ...row.sentAt) <= before;
  const open = runs.filter((run) => OPEN_STATES.includes(run.state));
  await served.each('silence', open, async (run) => {
    for await (const { value } of ledger.batches.closable(run.run, before)) {
      const silent = value.rows.filter(isSilent);
      if (silent.length === 0 && !value.rows.some(isAnswered)) continue;
      // Counted in the run before the rows: too many is harmless (the repair checks once more), too few would miss one.
      const unanswered = silent.filter((row) => answersOf(row) < row.deliveries).length;
      if (unanswered > 0)
        await changeRun(ledger.runs, run, (now) => ({ ...now, unanswered: now.unanswered + unanswered }));
      await judgeBatch(pipeline, run, await lookAtOtherRuns(ledger, pipeline.indexes, run), value, (row, newer) =>
        isSilent(row) ? closeSilentRow(row, newer, isAbandoned(run)) : row,
      );
      if (silent.length > 0)
        emit('rollcall.reconcile.silent', { run: value.run, batch: value.batch, rows: silent.length });
    }
  });
}
