// The repair (docs/design.md §3 Order: *repair*): a person with an unanswered delivery in an older run gets the newest record once more, and
// once more per unexplained entry. The older request may still be processed, and would then win over the newer one.
import type { Batch } from '../../run/batch';
import { withStateOfRows, nextDelivery, nameOf } from '../../run/batch';
import { changeBatch, changeRun } from '../../run/ledger';
import { rowsOfPerson } from '../../run/rows-of-person';
import type { Run } from '../../run/run';
import { isAbandoned, isLive, LIVE_STATES } from '../../run/run';
import { repairRow } from '../../verdict/judge-row';
import type { Pipeline } from '../pipeline';
import { reopen } from '../../run/run-moves';
import type { ServedRuns } from '../serve/served-runs';
import { newestFirst } from '../../run/other-runs';

export type RepairPorts = Pick<Pipeline, 'ledger' | 'indexes' | 'clock' | 'emit'>;

/** Rows to repair in one batch of a newer run. */
interface Repair {
  readonly run: Run;
  readonly batch: Pick<Batch, 'run' | 'batch'>;
  readonly rows: Set<number>;
}

/** Looks at the people of every run that has unanswered rows. */
export async function repairPeople(pipeline: RepairPorts, runs: readonly Run[], served: ServedRuns): Promise<void> {
  const unanswered = runs.filter((run) => run.unanswered > 0);
  await served.each('repair', unanswered, (older) => repairPeopleOf(pipeline, older, served));
}

async function repairPeopleOf(pipeline: RepairPorts, older: Run, served: ServedRuns): Promise<void> {
  const found = await pipeline.ledger.runs.ofSource(older.source, LIVE_STATES, { after: older.run });
  const newer = newestFirst(found.map(({ value }) => value).filter(isLive));
  if (newer.length === 0) return;
  for await (const page of pipeline.ledger.batches.all(older.run)) {
    const repairs = new Map<string, Repair>();
    for (const { value } of page)
      for (const row of value.rows) if (row.unanswered) await findRepairs(pipeline, newer, row.id, repairs);
    // All people of a batch in one step: once it is staged again, no other could join before it is sent and answered.
    for (const repair of repairs.values())
      await served.serve('repair', repair.run, () => repairBatch(pipeline, repair));
  }
}

/** `newer`: newest first; only the newest run that carries the person is repaired. */
async function findRepairs(
  { ledger, indexes }: RepairPorts,
  newer: readonly Run[],
  id: string,
  repairs: Map<string, Repair>,
): Promise<void> {
  for (const run of newer) {
    const held = await rowsOfPerson(ledger.batches, indexes, run, id);
    if (held.length === 0 && run.content !== 'full') continue;
    // The newest record is of a run that sends nothing any more, and an older one must not replace it.
    if (isAbandoned(run)) return;
    for (const { batch, row } of held) {
      if (batch.state !== 'settled' || repairRow(row) === null) continue;
      const key = nameOf(batch);
      const found = repairs.get(key);
      if (found) found.rows.add(row.row);
      else repairs.set(key, { run, batch, rows: new Set([row.row]) });
    }
    return;
  }
}

async function repairBatch(pipeline: RepairPorts, { run, batch, rows }: Repair): Promise<void> {
  const { ledger, clock, emit } = pipeline;
  // The run first: nobody would release a staged batch in a run that has ended.
  await changeRun(ledger.runs, run, reopen);
  const changed = await changeBatch(ledger.batches, batch, (now) => {
    if (now.state !== 'settled') return null;
    const repaired = now.rows.map((one) => (rows.has(one.row) ? (repairRow(one) ?? one) : one));
    return repaired.some((one) => one.work === 'todo')
      ? withStateOfRows(nextDelivery({ ...now, rows: repaired }, clock.now()))
      : null;
  });
  if (changed !== null) emit('rollcall.reconcile.repaired', { run: run.run, batch: batch.batch });
}
