// A door: an export has arrived. It puts a pointer on `arrivals` and does nothing else. The platform repeats a failed blob trigger at once and
// gives it up within a quarter of a second (docs/reference/azure-functions.md §A.3), but the message of a queue a minute later.
import { isBlobName } from '../../core/names';
import type { Pipeline } from '../pipeline';

/** `blob`: with the source's folder. A file whose name no path can hold is left to the sweep, which reports it. */
export async function announceExport({ arrivals }: Pick<Pipeline, 'arrivals'>, blob: string): Promise<void> {
  if (isBlobName(blob)) await arrivals.put({ version: 1, blob }, 0);
}
