// The sweep: finds what nobody is working on and starts it again. A lost event, a lost message, a dead sender, a dead intake: all are found
// by reading the ledger, never by trusting that a message came.
import { once } from '../../core/once';
import { eachOnItsOwn } from '../../core/tasks';
import { arrivalOfRun } from '../../delivery/queues';
import { takeOver } from '../../run/batch';
import { changeBatch, changeRun } from '../../run/ledger';
import type { Run } from '../../run/run';
import { INTAKE_STATES, MOVING_STATES, OPEN_STATES, wasNeverSent } from '../../run/run';
import { restart } from '../../run/run-moves';
import { switchPeople, type SwitchPorts } from '../records/switch-people';
import { tendStoppedRuns } from '../park/stopped-runs';
import type { Pipeline } from '../pipeline';
import type { ReportHeldPorts } from '../report/report-run';
import { reportHeldRun } from '../report/report-run';
import type { ServedRuns } from '../serve/served-runs';
import type { EndHoldsPorts } from './end-holds';
import { endHolds } from './end-holds';
import type { LostExportPorts } from './find-lost-exports';
import { findLostExports } from './find-lost-exports';
import { holdUnread, whyUnread } from './hold-unread';
import { remindOfHeldRuns } from './remind-of-held';
import type { UndeliveredPorts } from './take-undelivered';
import { takeUndelivered } from './take-undelivered';

export type SweepPorts = Pick<Pipeline, 'ledger' | 'arrivals' | 'gate' | 'clock' | 'delays' | 'emit'> &
  UndeliveredPorts &
  LostExportPorts &
  EndHoldsPorts &
  SwitchPorts &
  ReportHeldPorts;

/** One round. Batches whose message was lost need no step here: release finds them. `sources`: all of them, where somebody has asked already. */
export async function sweep(
  pipeline: SweepPorts,
  served: ServedRuns,
  sources: () => Promise<readonly string[]> = () => pipeline.ledger.runs.sources(),
): Promise<void> {
  const { ledger, clock } = pipeline;
  // One look for several steps: each of them asks again before it changes a run.
  const moving = once(async () => (await ledger.runs.inStates(MOVING_STATES)).map(({ value }) => value));
  const pending = once(async () => (await ledger.runs.pending()).map(({ value }) => value));
  await eachOnItsOwn([
    () => ledger.runs.mendIndex(clock.now()),
    () => takeUndelivered(pipeline),
    () => findLostExports(pipeline),
    async () => restartSilentIntakes(pipeline, await moving(), served),
    async () => takeOverFromDeadSenders(pipeline, await moving(), served),
    async () => reportUnreported(pipeline, await pending(), served),
    async () => tendStoppedRuns(pipeline, await moving(), served),
    () => endHolds(pipeline, served),
    async () => remindOfHeldRuns(pipeline, await pending(), served),
    () => switchPeople(pipeline, sources),
  ]);
}

/** After each restart the next pause is twice as long, up to this many times the first: a fault that lasts does not fill the queue. Our choice, 2026-11. */
const LONGEST_PAUSE = 4;

async function restartSilentIntakes(
  pipeline: Pick<Pipeline, 'ledger' | 'arrivals' | 'clock' | 'delays' | 'emit'> & ReportHeldPorts,
  moving: readonly Run[],
  served: ServedRuns,
): Promise<void> {
  const { ledger, arrivals, clock, delays, emit } = pipeline;
  const isSilent = ({ restarts, heartbeatAt }: Run): boolean =>
    heartbeatAt <= clock.now() - delays.intakeSilenceMs * Math.min(2 ** restarts, LONGEST_PAUSE);
  const silent = moving.filter((run) => INTAKE_STATES.includes(run.state) && isSilent(run));
  await served.each('sweep', silent, async (run) => {
    const unread = whyUnread(run);
    // The process that was to hold it died.
    if (unread !== null) return holdUnread(pipeline, run, unread);
    const noted = await changeRun(ledger.runs, run, (now) => (isSilent(now) ? restart(now, clock.now()) : null));
    if (noted === null) return;
    await arrivals.put(arrivalOfRun(run), 0);
    emit('rollcall.sweep.restarted', { source: run.source, run: run.run, state: run.state, restarts: noted.restarts });
  });
}

async function takeOverFromDeadSenders(
  pipeline: Pick<Pipeline, 'ledger' | 'gate' | 'delays' | 'emit'>,
  moving: readonly Run[],
  served: ServedRuns,
): Promise<void> {
  const { ledger, gate, delays, emit } = pipeline;
  const open = moving.filter(({ state }) => OPEN_STATES.includes(state));
  await served.each('sweep', open, async (run) => {
    for await (const { value: batch } of ledger.batches.inStates(run.run, ['sending'])) {
      const isDead = (sendingAt: number): boolean => sendingAt < gate.now() - delays.senderLeaseMs;
      if (!isDead(batch.sendingAt)) continue;
      const taken = await changeBatch(ledger.batches, batch, (now) =>
        now.state === 'sending' && isDead(now.sendingAt) ? takeOver(now, gate.now()) : null,
      );
      if (taken !== null)
        emit('rollcall.sweep.tookover', { run: batch.run, batch: batch.batch, delivery: batch.delivery });
    }
  });
}

/** A run held, refused, or parked before anything was sent, by a process that died before it wrote the report. */
async function reportUnreported(
  pipeline: Pick<Pipeline, 'delays'> & ReportHeldPorts,
  pending: readonly Run[],
  served: ServedRuns,
): Promise<void> {
  const { clock, delays } = pipeline;
  const before = clock.now() - delays.intakeSilenceMs;
  const unreported = pending.filter((run) => wasNeverSent(run) && run.settledAt === 0 && run.heartbeatAt < before);
  await served.each('report', unreported, (run) => reportHeldRun(pipeline, run));
}
