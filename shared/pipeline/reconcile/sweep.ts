// The sweep: finds what nobody is working on and starts it again. A lost event, a lost message, a dead sender, a dead intake: all are found
// by reading the ledger, never by trusting that a message came.
import { eachOnItsOwn } from '../../core/tasks';
import { takeOver } from '../../run/batch';
import { changeBatch, changeRun } from '../../run/ledger';
import { INTAKE_STATES, OPEN_STATES, runIdOf, wasNeverSent } from '../../run/run';
import { MANIFEST_ENDING, sourceOrNone } from '../../export/export-store';
import type { Pipeline } from '../pipeline';
import type { ReportPorts } from '../report/report-run';
import { reportRun } from '../report/report-run';
import type { EndHoldsPorts } from './end-holds';
import { endHolds } from './end-holds';
import { remindOfHeldRuns } from './remind-of-held';

export type SweepPorts = Pick<
  Pipeline,
  'ledger' | 'exports' | 'arrivals' | 'gate' | 'clock' | 'delays' | 'emit' | 'knownExports'
> &
  EndHoldsPorts &
  ReportPorts;

/** One round. Batches whose message was lost need no step here: release finds them. */
export async function sweep(pipeline: SweepPorts): Promise<void> {
  await eachOnItsOwn([
    () => findLostExports(pipeline),
    () => restartSilentIntakes(pipeline),
    () => takeOverFromDeadSenders(pipeline),
    () => reportUnreported(pipeline),
    () => endHolds(pipeline),
    () => remindOfHeldRuns(pipeline),
  ]);
}

/** An export that still has no run after a while: its event was lost. */
async function findLostExports(
  pipeline: Pick<Pipeline, 'exports' | 'ledger' | 'arrivals' | 'clock' | 'delays' | 'emit' | 'knownExports'>,
): Promise<void> {
  const { exports, ledger, arrivals, clock, delays, emit, knownExports } = pipeline;
  const before = clock.now() - delays.intakeSilenceMs;
  for await (const version of exports.list()) {
    if (
      version.name.endsWith(MANIFEST_ENDING) ||
      version.lastModified > before ||
      knownExports.has(`${version.name} ${version.etag}`)
    )
      continue;
    const source = sourceOrNone(version.name);
    const run = runIdOf(version.name, version.etag, version.lastModified);
    if ((await ledger.runs.read(source, run)) !== null) {
      knownExports.add(`${version.name} ${version.etag}`);
      continue;
    }
    await arrivals.put({ version: 1, blob: version.name }, 0);
    emit('rollcall.sweep.found', { source, run });
  }
}

async function restartSilentIntakes(
  pipeline: Pick<Pipeline, 'ledger' | 'arrivals' | 'clock' | 'delays' | 'emit'>,
): Promise<void> {
  const { ledger, arrivals, clock, delays, emit } = pipeline;
  const before = clock.now() - delays.intakeSilenceMs;
  for (const { value: run } of await ledger.runs.inStates(INTAKE_STATES)) {
    if (run.heartbeatAt > before) continue;
    await changeRun(ledger.runs, run, (now) => ({ ...now, heartbeatAt: clock.now() }));
    await arrivals.put({ version: 1, blob: run.blobName, run: run.run }, 0);
    emit('rollcall.sweep.restarted', { source: run.source, run: run.run, state: run.state });
  }
}

async function takeOverFromDeadSenders(pipeline: Pick<Pipeline, 'ledger' | 'gate' | 'delays' | 'emit'>): Promise<void> {
  const { ledger, gate, delays, emit } = pipeline;
  for (const { value: run } of await ledger.runs.inStates(OPEN_STATES)) {
    for await (const { value: batch } of ledger.batches.inStates(run.run, ['sending'])) {
      const isDead = (sendingAt: number): boolean => sendingAt < gate.now() - delays.senderLeaseMs;
      if (!isDead(batch.sendingAt)) continue;
      const taken = await changeBatch(ledger.batches, batch, (now) =>
        now.state === 'sending' && isDead(now.sendingAt) ? takeOver(now, gate.now()) : null,
      );
      if (taken !== null)
        emit('rollcall.sweep.tookover', { run: batch.run, batch: batch.batch, delivery: batch.delivery });
    }
  }
}

/** A run held, refused, or parked before anything was sent, by a process that died before it wrote the report. */
async function reportUnreported(pipeline: Pick<Pipeline, 'delays'> & ReportPorts): Promise<void> {
  const { ledger, clock, delays } = pipeline;
  const before = clock.now() - delays.intakeSilenceMs;
  const unreported = (await ledger.runs.inStates(['held', 'refused', 'parked']))
    .map(({ value }) => value)
    .filter((run) => wasNeverSent(run) && run.settledAt === 0 && run.heartbeatAt < before);
  // A report that cannot be written does not keep the other runs waiting.
  await eachOnItsOwn(unreported.map((run) => () => reportRun(pipeline, run)));
}
