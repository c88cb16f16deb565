// Deleting a run. The export in HR's folder goes first and the run's entity, which is its receipt, last: so an export that is still there has one, and is
// never taken in again. A process that dies in between leaves a run that has ended and is old; the next turn finds it, and each step may be repeated.
import type { Run } from '../../run/run';
import { isOfFile } from '../../run/run';
import type { Versioned } from '../../storage/versioned';
import type { Pipeline } from '../pipeline';

export type DeleteRunPorts = Pick<Pipeline, 'ledger' | 'exports' | 'files' | 'evidence' | 'reports' | 'emit'>;

/** Deletes the run with all that was made of it, unless it has changed since it was read. */
export async function deleteRun(pipeline: DeleteRunPorts, read: Versioned<Run>): Promise<void> {
  const { ledger, exports, files, evidence, reports, emit } = pipeline;
  const { source, run, blobName, exportEtag, onHold } = read.value;
  const key = { source, run };
  if ((await ledger.runs.read(source, run))?.etag !== read.etag) return;
  // Of that version only: HR may have dropped a newer one under the same name.
  if (isOfFile(read.value)) await exports.delete({ name: blobName, etag: exportEtag });
  // Told before it is true: after a crash between the two it is told twice, never not at all.
  if (onHold !== null) emit('rollcall.hold.lost', { ...key, people: onHold.people, leavers: onHold.leavers });
  await files.deleteAll(key);
  await evidence.deleteAll(key);
  await reports.deleteAll(key);
  await ledger.batches.deleteAll(run);
  if (await ledger.runs.delete(read)) emit('rollcall.retention.deleted', key);
}
