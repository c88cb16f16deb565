// Batches for tests: real ones as intake packs them, and arbitrary ones for rules that hold "for all".
import * as fc from 'fast-check';
import type { Batch, BatchRow } from '../../../shared/run/batch';
import { newRow, withStateOfRows } from '../../../shared/run/batch';

/** Row `row` of a person `p<row>`, with the members that the test gives. */
export const rowOf = (row: number, more: Partial<BatchRow> = {}): BatchRow => ({
  ...newRow(row, `p${row}`, row * 100, 90),
  ...more,
});

/** A batch in the state that follows from its rows. */
export const batchOf = (rows: readonly BatchRow[], more: Partial<Batch> = {}): Batch => ({
  ...withStateOfRows({
    source: 'contoso-hr',
    run: '20261121T080000Z-0123456789',
    batch: '000001',
    state: 'staged',
    delivery: 1,
    leavers: false,
    notBefore: 0,
    releasedAt: 0,
    releases: 0,
    sendingAt: 0,
    requestId: null,
    clientRequestId: null,
    children: 0,
    rows,
  }),
  ...more,
});

/** Rows with consistent counts: at least as many noted times as deliveries, `todo` before the first delivery. */
export const anyRow = (row: number): fc.Arbitrary<BatchRow> =>
  fc
    .record({
      work: fc.constantFrom('todo' as const, 'open' as const, 'done' as const),
      deliveries: fc.nat(4),
      forgotten: fc.nat(2),
      unknowns: fc.nat(2),
      verdict: fc.constantFrom(null, 'created' as const, 'failed' as const, 'not-seen' as const),
    })
    .map(({ work, deliveries, forgotten, unknowns, verdict }) =>
      rowOf(row, {
        work,
        deliveries,
        sentAt: Array.from({ length: deliveries + forgotten }, (_, i) => 1_000 + i),
        unknowns,
        verdict,
      }),
    );

/** Batches of 1 to 50 rows. */
export const anyBatch: fc.Arbitrary<Batch> = fc
  .integer({ min: 1, max: 50 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, i) => anyRow(i + 1))))
  .map((rows) => batchOf(rows));

/** A batch and some of its rows. */
export const batchAndRows: fc.Arbitrary<readonly [Batch, ReadonlySet<number>]> = anyBatch.chain((batch) =>
  fc.subarray(batch.rows.map((row) => row.row)).map((rows) => [batch, new Set(rows)] as const),
);
