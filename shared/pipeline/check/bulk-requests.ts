// The bulk request of one batch of a checked file: what would be sent, byte for byte except the run in the `bulkId`s.
import { bulkIdOf, bulkRequestBody } from '../../graph/bulk-upload';
import type { CheckedFile } from './check-file';

/** Number of batches for the accepted users who would be sent in a first run. */
export function countBatches(checked: CheckedFile): number {
  if (checked.state === 'held') return 0;
  let batches = 0;
  for (const { candidates } of checked.people.packed()) if (!candidates) batches++;
  return batches;
}

/**
 * The request body of batch `number` (from 1), or null if there is none. `readUser` reads a byte range of the users. `run` is a placeholder:
 * the real one is known only when the file is in the container.
 */
export async function bulkRequestOf(
  checked: CheckedFile,
  number: number,
  run: string,
  readUser: (offset: number, bytes: number) => Promise<string>,
): Promise<string | null> {
  if (checked.state === 'held') return null;
  let at = 0;
  for (const batch of checked.people.packed()) {
    if (++at !== number || batch.candidates) continue;
    const operations = [];
    for (const [row, , offset, bytes] of batch.rows)
      operations.push({ bulkId: bulkIdOf(run, row), user: await readUser(offset, bytes) });
    return bulkRequestBody(operations);
  }
  return null;
}
