// The second half of intake: one entity per packed batch; of the candidates for `unchanged` only those that the run decided to send. It can
// be repeated: the decision is made once, and a batch that exists is left as it is.
import { foldId } from '../../columns/id';
import type { HoldList } from '../../holdlist/hold-list';
import type { Batch } from '../../run/batch';
import { newBatch, withStateOfRows } from '../../run/batch';
import { namedInNewerFiles } from '../../run/newer-rows';
import { supersedeUnsent } from '../../verdict/give-verdict';
import type { PackedBatch } from '../../people/packing';
import { fileMissing, readRequired } from '../../run/kept-files';
import { ofAttempt } from '../../run/run-files';
import { readLines } from '../../storage/read-lines';
import type { Run } from '../../run/run';
import type { Pipeline } from '../pipeline';
import { startHeartbeat } from './heartbeat';
import { keepPeopleBack } from './keep-people-back';

/** Batches inserted at once: one transaction of the table. */
const INSERT_AT_ONCE = 100;

export type MakeBatchesPorts = Pick<Pipeline, 'files' | 'ledger' | 'indexes' | 'clock' | 'delays'>;

/** What decides about rows besides the packing: the hold list of the run, and which of its candidates are sent (null: it can have none). */
export interface BatchRules {
  readonly holdList: HoldList;
  readonly sent: ReadonlySet<number> | null;
}

/** Inserts the batches of a staged run from its packing file. */
export async function makeBatches(pipeline: MakeBatchesPorts, run: Run, { holdList, sent }: BatchRules): Promise<void> {
  const lines = await readRequired(pipeline.files, run, ofAttempt(run, 'batches.jsonl'));
  const beat = startHeartbeat(pipeline, run);
  const kept = keepPeopleBack(pipeline, run, holdList);
  const contradicted = await contradictedSince(pipeline, run);
  let waiting: Batch[] = [];
  const sentOf = (rows: PackedBatch['rows']): PackedBatch['rows'] => {
    if (sent === null) throw fileMissing(run, 'decision.json');
    return rows.filter(([row]) => sent.has(row));
  };
  for await (const line of readLines(lines)) {
    const packed = JSON.parse(line) as PackedBatch;
    // Candidates are packed last, and in most nights they are almost the whole file.
    if (packed.candidates && sent?.size === 0) break;
    const rows = packed.candidates ? sentOf(packed.rows) : packed.rows;
    if (rows.length === 0) continue;
    waiting.push(withoutContradicted(kept.from(newBatch(run, { ...packed, rows })), contradicted));
    if (waiting.length < INSERT_AT_ONCE) continue;
    await pipeline.ledger.batches.insertNew(waiting);
    await beat();
    waiting = [];
  }
  if (waiting.length > 0) await pipeline.ledger.batches.insertNew(waiting);
  await kept.note();
}

/** People of an approved run whose newer row was rejected while it was held. */
async function contradictedSince(pipeline: MakeBatchesPorts, run: Run): Promise<ReadonlySet<string>> {
  if (run.approvals === 0) return new Set();
  const people = await pipeline.indexes.of(run);
  return namedInNewerFiles(pipeline, run, (id) => people.find(id) !== null);
}

const withoutContradicted = (batch: Batch, people: ReadonlySet<string>): Batch =>
  people.size === 0
    ? batch
    : withStateOfRows({
        ...batch,
        rows: batch.rows.map((row) => (people.has(foldId(row.id)) ? supersedeUnsent(row, true) : row)),
      });
