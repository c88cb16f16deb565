// The second half of intake: one entity per packed batch; of the candidates for `unchanged` only those that the run decided to send. It can
// be repeated: the decision is made once, and a batch that exists is left as it is.
import type { Batch } from '../../run/batch';
import { newBatch } from '../../run/batch';
import type { PackedBatch } from '../../people/people';
import { readDecision } from '../../run/decision';
import { fileMissing, readRequired } from '../../run/kept-files';
import { readLines } from '../../storage/read-lines';
import type { Run } from '../../run/run';
import type { Pipeline } from '../pipeline';
import { startHeartbeat } from './heartbeat';
import { keepPeopleBack } from './keep-people-back';

/** Batches inserted at once: one transaction of the table. */
const INSERT_AT_ONCE = 100;

/** Inserts the batches of a staged run from its packing file. */
export async function makeBatches(pipeline: Pick<Pipeline, 'files' | 'ledger' | 'clock'>, run: Run): Promise<void> {
  const lines = await readRequired(pipeline.files, run, 'batches.jsonl');
  const beat = startHeartbeat(pipeline, run);
  const kept = await keepPeopleBack(pipeline, run);
  let waiting: Batch[] = [];
  let decision: Promise<ReadonlySet<number>> | undefined;
  const sentOf = async (rows: PackedBatch['rows']): Promise<PackedBatch['rows']> => {
    const sent = await (decision ??= decisionOf(pipeline, run));
    return rows.filter(([row]) => sent.has(row));
  };
  for await (const line of readLines(lines)) {
    const packed = JSON.parse(line) as PackedBatch;
    const rows = packed.candidates ? await sentOf(packed.rows) : packed.rows;
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
  if (sent === null) throw fileMissing(run, 'decision.json');
  return sent;
}
