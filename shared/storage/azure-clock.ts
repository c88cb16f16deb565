// The time of the storage service: the ids of files' runs are in it, and the clock of an operator's computer may be minutes off.
import { RollcallError } from '../core/errors';
import type { Storage } from './azure-storage';
import { blobCall } from './azure-block-writer';

/** The service's time, ms in whole seconds. Faults are `RollcallError` with disposition `retry`. */
export async function storageTime({ blobs }: Pick<Storage, 'blobs'>): Promise<number> {
  const answer = await blobCall(() => blobs.getContainerClient('runs').getProperties(), [], null);
  if (answer?.date === undefined) throw new RollcallError('storage-blob', 'retry', 'blob storage did not say its time');
  return answer.date.getTime();
}
