// A door: an export has arrived. It puts a pointer on `arrivals` and does nothing else. The platform repeats a failed blob trigger at once and
// gives it up within a quarter of a second (docs/reference/azure-functions.md §A.3), but the message of a queue a minute later.
import { isBlobName } from '../../core/names';
import { tracedAt } from '../../delivery/queues';
import { isTemporaryName } from '../../export/export-store';
import type { Pipeline } from '../pipeline';

type AnnouncePorts = Pick<Pipeline, 'arrivals' | 'trace'>;

/** True if a pointer may name the file: it is all there, and a path can hold its name. Of others the sweep takes care. */
export const isAnnounced = (blob: string): boolean => isBlobName(blob) && !isTemporaryName(blob);

/** `blob`: with the source's folder. */
export async function announceExport({ arrivals, trace }: AnnouncePorts, blob: string): Promise<void> {
  if (isAnnounced(blob)) await arrivals.put({ version: 1, blob, ...tracedAt(trace.current()) }, 0);
}

/** One pointer each. */
export async function announceExports(pipeline: AnnouncePorts, blobs: readonly string[]): Promise<void> {
  for (const blob of blobs) await announceExport(pipeline, blob);
}
