// Rows as they are stored: nothing of them is lost, and fresh ones take little room.
import fc from 'fast-check';
import { newRow } from '../../../shared/run/batch';
import { fromStoredRows, toStoredRows } from '../../../shared/run/batch-rows';
import { anyBatch } from './made-batch';

test('for any batch: what is stored as JSON reads back as it was', () => {
  fc.assert(
    fc.property(anyBatch, (batch) => {
      const stored = JSON.parse(JSON.stringify(toStoredRows(batch.rows))) as Parameters<typeof fromStoredRows>[0];
      expect(fromStoredRows(stored)).toEqual(batch.rows);
    }),
  );
});

test('a fresh row is stored only as its place and its person', () => {
  expect(toStoredRows([newRow(7, '100234', 4_711, 350)])).toEqual([
    { row: 7, id: '100234', offset: 4_711, bytes: 350 },
  ]);
});
