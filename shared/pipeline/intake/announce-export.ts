// A door: an export has arrived. It puts a pointer on `arrivals` and does nothing else. The platform repeats a failed blob trigger at once and
// gives it up within a quarter of a second (docs/reference/azure-functions.md §A.3), but the message of a queue a minute later.
import { isBlobName } from '../../core/names';
import type { TraceParent } from '../../core/trace';
import { tracedAt } from '../../delivery/queues';
import { isTemporaryName } from '../../export/export-store';
import type { Pipeline } from '../pipeline';

/** True if a pointer may name the file: it is all there, and a path can hold its name. Of others the sweep takes care. */
export const isAnnounced = (blob: string): boolean => isBlobName(blob) && !isTemporaryName(blob);

/** `blob`: with the source's folder. `place`: where the file's trace begins, if what announces it is about this file alone. */
export async function announceExport(
  { arrivals }: Pick<Pipeline, 'arrivals'>,
  blob: string,
  place: TraceParent | null = null,
): Promise<void> {
  if (isAnnounced(blob)) await arrivals.put({ version: 1, blob, ...tracedAt(place) }, 0);
}

/** One pointer each. */
export async function announceExports(
  pipeline: Pick<Pipeline, 'arrivals'>,
  blobs: readonly string[],
  place: TraceParent | null = null,
): Promise<void> {
  for (const blob of blobs) await announceExport(pipeline, blob, blobs.length === 1 ? place : null);
}
