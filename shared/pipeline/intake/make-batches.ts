// The second half of intake: one entity per packed batch. It can be repeated: a batch that exists is left as it is.
import type { Batch } from '../../run/batch';
import { newBatch } from '../../run/batch';
import { RollcallError } from '../../core/errors';
import type { PackedBatch } from '../../people/people';
import { readLines } from '../../storage/read-lines';
import type { Run } from '../../run/run';
import type { Pipeline } from '../pipeline';
import { startHeartbeat } from './heartbeat';

/** Batches inserted at once: one transaction of the table. */
const INSERT_AT_ONCE = 100;

/** Inserts the batches of a staged run from its packing file. */
export async function makeBatches(pipeline: Pick<Pipeline, 'files' | 'ledger' | 'clock'>, run: Run): Promise<void> {
  const lines = await pipeline.files.read(run, 'batches.jsonl');
  if (lines === null) throw new RollcallError('run-file-missing', 'retry', `the packing of run ${run.run} is missing`);
  const beat = startHeartbeat(pipeline, run);
  let waiting: Batch[] = [];
  for await (const line of readLines(lines)) {
    waiting.push(newBatch(run, JSON.parse(line) as PackedBatch));
    if (waiting.length < INSERT_AT_ONCE) continue;
    await pipeline.ledger.batches.insertNew(waiting);
    await beat();
    waiting = [];
  }
  if (waiting.length > 0) await pipeline.ledger.batches.insertNew(waiting);
}
