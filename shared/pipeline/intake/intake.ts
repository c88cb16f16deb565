// Intake: an export that arrived becomes a run whose batches may be released (docs/design.md §3.1–6). Every step may be repeated: the blob
// trigger delivers at least once, and the sweep starts a run again that has stopped.
import type { Arrival } from '../../delivery/queues';
import { MANIFEST_ENDING, sourceOf } from '../../export/export-store';
import { changeRun } from '../../run/ledger';
import type { Run } from '../../run/run';
import { INTAKE_STATES, mayMove } from '../../run/run';
import { runIdOf } from '../../run/run-id';
import { checkExport } from './stage-run';
import type { Pipeline } from '../pipeline';
import { makeBatches } from './make-batches';
import { overtakeOlderRuns } from './overtake';
import { release } from '../release/release';
import { reportRun } from '../report/report-run';

/** Takes an export as far as it can go: held or refused with a report, or `sending` with its first batches on the queue. */
export async function intake(pipeline: Pipeline, arrival: Arrival): Promise<void> {
  const received = await receive(pipeline, arrival);
  if (received === null || !INTAKE_STATES.includes(received.state)) return;

  // Reading, mapping and staging. The place of the guard is in there, before the commit of the users (stage-files.ts): after it no state allows a hold.
  const checked = received.state === 'staged' ? received : await checkExport(pipeline, received);
  if (checked === null) return;
  if (checked.state !== 'staged') return reportRun(pipeline, checked);

  // From `staged` on, older records of its people are stale: first make the batches, then overtake, only then send.
  await makeBatches(pipeline, checked);
  await overtakeOlderRuns(pipeline, checked);
  const sending = await changeRun(pipeline.ledger.runs, checked, (run) =>
    mayMove(run.state, 'sending') && run.state === 'staged' ? { ...run, state: 'sending' } : null,
  );
  if (sending !== null) await release(pipeline);
}

/** The receipt: one run per container, name and ETag (docs/design.md §7.10). Null if there is nothing to do. */
async function receive(pipeline: Pipeline, arrival: Arrival): Promise<Run | null> {
  const { ledger, clock, emit } = pipeline;
  const source = sourceOf(arrival.blob) ?? '_none';
  if (arrival.run !== undefined) return (await ledger.runs.read(source, arrival.run))?.value ?? null;
  if (arrival.blob.endsWith(MANIFEST_ENDING)) return null;
  const version = await pipeline.exports.head(arrival.blob);
  if (version === null) return null;
  const run = runIdOf(version.name, version.etag, version.lastModified);
  const fresh: Run = {
    source,
    run,
    state: 'received',
    reason: null,
    blobName: version.name,
    exportEtag: version.etag,
    arrivedAt: version.lastModified,
    bytes: version.bytes,
    job: null,
    content: 'changes',
    rows: 0,
    users: 0,
    rejected: 0,
    collapsed: 0,
    batches: 0,
    unanswered: 0,
    verdicts: null,
    waitsFor: null,
    waitsDetail: null,
    waitsUntil: null,
    sha256: null,
    sameAs: null,
    heartbeatAt: clock.now(),
    settledAt: 0,
  };
  const isNew = await ledger.runs.insert(fresh);
  emit(isNew ? 'rollcall.intake.received' : 'rollcall.intake.repeated', { source, run, bytes: version.bytes });
  return isNew ? fresh : ((await ledger.runs.read(source, run))?.value ?? null);
}
