// Held runs that wait for a person: told of every day once a week has passed, an order to
// disable somebody from the first day on, and parked after a month. None ends in silence.
import { DAY_MS } from '../../core/clock';
import { changeRun } from '../../run/ledger';
import type { Run, RunReason } from '../../run/run';
import { isApprovable, isOrder } from '../../run/run';
import { expire } from '../../run/run-moves';
import type { Pipeline } from '../pipeline';
import type { ReportPorts } from '../report/report-run';
import { reportRun } from '../report/report-run';
import type { ServedRuns } from '../serve/served-runs';

/** After how many days somebody is told that a held run still waits, and after how many it is given up. Our choice, 2026-11. */
const REMIND_AFTER_DAYS = 7;
const PARK_AFTER_DAYS = 30;
/** An order to disable somebody is urgent: told of from the first day on, whatever holds it. Our choice, 2026-11. */
const REMIND_OF_ORDER_AFTER_DAYS = 1;

/** Looks at every run that could be approved, and at orders of operators; `pending`: all runs that were never sent and are not done with. */
export async function remindOfHeldRuns(
  pipeline: Pick<Pipeline, 'ledger' | 'clock' | 'emit'> & ReportPorts,
  pending: readonly Run[],
  served: ServedRuns,
): Promise<void> {
  const { clock } = pipeline;
  const waiting = pending.filter((run) => run.state === 'held' && (isApprovable(run) || isOrder(run)));
  await served.each('sweep', waiting, async (run) => {
    const days = Math.floor((clock.now() - run.heartbeatAt) / DAY_MS);
    const remindAfter = isOrder(run) ? REMIND_OF_ORDER_AFTER_DAYS : REMIND_AFTER_DAYS;
    if (days >= PARK_AFTER_DAYS) await park(pipeline, run);
    else if (days >= remindAfter) await remind(pipeline, run, days);
  });
}

async function park(pipeline: Pick<Pipeline, 'ledger' | 'emit'> & ReportPorts, run: Run): Promise<void> {
  const reason: RunReason = { code: 'held-too-long', values: { days: PARK_AFTER_DAYS }, line: null, column: null };
  const parked = await changeRun(pipeline.ledger.runs, run, (now) =>
    now.approvals === run.approvals ? expire(now, reason) : null,
  );
  if (parked === null) return;
  pipeline.emit('rollcall.held.parked', { source: run.source, run: run.run, code: reason.code });
  await reportRun(pipeline, parked);
}

async function remind(pipeline: Pick<Pipeline, 'ledger' | 'clock' | 'emit'>, run: Run, days: number): Promise<void> {
  const now = pipeline.clock.now();
  if (now - run.toldAt < DAY_MS) return;
  const told = await changeRun(pipeline.ledger.runs, run, (read) =>
    read.state === 'held' && read.toldAt === run.toldAt ? { ...read, toldAt: now } : null,
  );
  if (told !== null) pipeline.emit('rollcall.held.waiting', { source: run.source, run: run.run, days });
}
