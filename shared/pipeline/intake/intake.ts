// Intake: an export that arrived becomes a run whose batches may be released (docs/design.md §3.1–6). Every step can be repeated: a queue
// delivers at least once, and the sweep restarts a run that has stopped.
import type { Arrival } from '../../delivery/queues';
import { isTemporaryName, MANIFEST_ENDING, sourceOrNone } from '../../export/export-store';
import { changeRun } from '../../run/ledger';
import type { Run } from '../../run/run';
import { INTAKE_STATES } from '../../run/run';
import { receivedRun, send } from '../../run/run-moves';
import type { Pipeline } from '../pipeline';
import { pinsOf } from '../read/run-pins';
import type { ReleasePorts } from '../release/release';
import { release } from '../release/release';
import type { ReportHeldPorts } from '../report/report-run';
import { reportHeldRun } from '../report/report-run';
import { tellDecision } from '../report/tell-decision';
import type { DecidePorts } from './decide-unchanged';
import { decideUnchanged } from './decide-unchanged';
import { makeBatches } from './make-batches';
import { overtakeOlderRuns } from './overtake';
import { replaceHeldRuns } from './replace-held';
import type { StageRunPorts } from './stage-run';
import { stageRun } from './stage-run';

export type IntakePorts = Pick<Pipeline, 'ledger' | 'exports' | 'clock' | 'emit'> &
  StageRunPorts &
  DecidePorts &
  ReleasePorts &
  ReportHeldPorts;

/** Takes an export as far as it can go: held or refused with a report, or `sending` with its first batches on the queue. */
export async function intake(pipeline: IntakePorts, arrival: Arrival): Promise<void> {
  const received = await receive(pipeline, arrival);
  if (received === null || !INTAKE_STATES.includes(received.state)) return;

  // Read, mapped and committed; or held or refused with a reason.
  const staged =
    received.state === 'staged'
      ? { run: received, pins: pinsOf(pipeline, received) }
      : await stageRun(pipeline, received);
  if (staged === null) return;
  const { run, pins } = staged;
  if (run.state !== 'staged') return reportHeldRun(pipeline, run);

  // Once the run is `staged`, older records of its people are stale: first overtake, then decide who is unchanged, and only then send.
  if (run.approvals > 0) await tellDecision(pipeline, run);
  const held = await overtakeOlderRuns(pipeline, run);
  const sent = await decideUnchanged(pipeline, run, pins);
  await makeBatches(pipeline, run, { holdList: await pins.holdList(), sent });
  await replaceHeldRuns(pipeline, run, held);
  const sending = await changeRun(pipeline.ledger.runs, run, send);
  if (sending !== null) await release(pipeline);
}

/** The receipt: one run per container, name and ETag (docs/design.md §7.10). Null if there is nothing to do. */
export async function receive(
  pipeline: Pick<Pipeline, 'ledger' | 'exports' | 'clock' | 'emit'>,
  arrival: Arrival,
): Promise<Run | null> {
  const { ledger, clock, emit } = pipeline;
  const source = sourceOrNone(arrival.blob);
  if (arrival.run !== undefined) return (await ledger.runs.read(source, arrival.run))?.value ?? null;
  if (arrival.blob.endsWith(MANIFEST_ENDING) || isTemporaryName(arrival.blob)) return null;
  const version = await pipeline.exports.head(arrival.blob);
  if (version === null) return null;
  const fresh = receivedRun({ ...version, source }, clock.now());
  const { run, bytes } = fresh;
  const isNew = await ledger.runs.insert(fresh);
  emit(isNew ? 'rollcall.intake.received' : 'rollcall.intake.repeated', { source, run, bytes });
  return isNew ? fresh : ((await ledger.runs.read(source, run))?.value ?? null);
}
