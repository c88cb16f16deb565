// The second half of intake: one entity per packed batch; of the candidates for `unchanged` only those that the run decided to send. It can
// be repeated: the decision is made once, and a batch that exists is left as it is.
import type { Batch } from '../../run/batch';
import { newBatch } from '../../run/batch';
import { RollcallError } from '../../core/errors';
import type { PackedBatch } from '../../people/people';
import { readDecision } from '../../run/decision';
import { readLines } from '../../storage/read-lines';
import type { Run } from '../../run/run';
import type { Pipeline } from '../pipeline';
import { startHeartbeat } from './heartbeat';
import { keepPeopleBack } from './keep-people-back';

/** Batches inserted at once: one transaction of the table. */
const INSERT_AT_ONCE = 100;

/** Inserts the batches of a staged run from its packing file. */
export async function makeBatches(pipeline: Pick<Pipeline, 'files' | 'ledger' | 'clock'>, run: Run): Promise<void> {
  const lines = await pipeline.files.read(run, 'batches.jsonl');
  if (lines === null) throw new RollcallError('run-file-missing', 'retry', `the packing of run ${run.run} is missing`);
  const beat = startHeartbeat(pipeline, run);
  const kept = await keepPeopleBack(pipeline, run);
  let waiting: Batch[] = [];
  let sent: ReadonlySet<number> | null = null;
  for await (const line of readLines(lines)) {
    const packed = JSON.parse(line) as PackedBatch;
    if (packed.candidates) sent ??= await decisionOf(pipeline, run);
    const rows = sent === null ? packed.rows : packed.rows.filter(([row]) => sent?.has(row));
    if (rows.length === 0) continue;
    waiting.push(kept.from(newBatch(run, { ...packed, rows })));
    if (waiting.length < INSERT_AT_ONCE) continue;
    await pipeline.ledger.batches.insertNew(waiting);
    await beat();
    waiting = [];
  }
  if (waiting.length > 0) await pipeline.ledger.batches.insertNew(waiting);
  await kept.note();
}

async function decisionOf(pipeline: Pick<Pipeline, 'files'>, run: Run): Promise<ReadonlySet<number>> {
  const sent = await readDecision(pipeline.files, run);
  if (sent === null) throw new RollcallError('run-file-missing', 'retry', `the decision of run ${run.run} is missing`);
  return sent;
}
