// The repair (design, Order: *repair*): a person with an unanswered delivery in an older run gets the newest record once more, after it,
// and once more per entry that nothing explains. The older request may still be processed, and would then win over the newer one.
import { withStateOfRows, nextDelivery } from '../run/batch';
import { changeBatch } from '../run/ledger';
import { rowsOfPerson } from '../run/rows-of-person';
import type { Run } from '../run/run';
import { isLive, LIVE_STATES } from '../run/run';
import { repairRow } from '../verdict/judge-row';
import type { Pipeline } from './deps';
import { reopen } from './judge-batch';

/** Looks at the people of every run that has unanswered rows. */
export async function repairPeople(pipeline: Pipeline, runs: readonly Run[]): Promise<void> {
  for (const older of runs.filter((run) => run.unanswered > 0)) {
    const newer = (await pipeline.ledger.runs.ofSource(older.source, LIVE_STATES, { after: older.run }))
      .map((one) => one.value)
      .filter(isLive);
    if (newer.length === 0) continue;
    newer.sort((a, b) => (a.run < b.run ? 1 : -1));
    for await (const page of pipeline.ledger.batches.all(older.run)) {
      for (const { value } of page)
        for (const row of value.rows) if (row.unanswered) await repairPerson(pipeline, newer, row.id);
    }
  }
}

/** `newer`: newest first; only the newest run that carries the person is repaired. */
async function repairPerson(pipeline: Pipeline, newer: readonly Run[], id: string): Promise<void> {
  const { ledger, indexes, clock, emit } = pipeline;
  for (const run of newer) {
    const held = await rowsOfPerson(ledger.batches, indexes, run, id);
    if (held.length === 0 && run.content !== 'full') continue;
    for (const { batch, row } of held) {
      if (batch.state !== 'settled' || repairRow(row) === null) continue;
      // The run first: a batch that is to be sent again in a run that has ended would be released by nobody.
      await reopen(pipeline, run);
      const changed = await changeBatch(ledger.batches, batch, (now) => {
        if (now.state !== 'settled') return null;
        const rows = now.rows.map((one) => (one.row === row.row ? (repairRow(one) ?? one) : one));
        return rows.some((one) => one.work === 'todo')
          ? withStateOfRows(nextDelivery({ ...now, rows }, clock.now()))
          : null;
      });
      if (changed !== null) emit('rollcall.reconcile.repaired', { run: run.run, batch: batch.batch });
    }
    return;
  }
}
