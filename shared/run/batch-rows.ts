// The rows of a batch as they stand in its entity: what is as intake packed it is left out, which is most of it most of the time.
import type { BatchRow } from './batch';
import { newRow } from './batch';

/** Members that a fresh row has too, with the value it has there. */
const FRESH = newRow(0, '', 0, 0);
const ALWAYS = new Set(['row', 'id', 'offset', 'bytes']);

type StoredRow = Pick<BatchRow, 'row' | 'id' | 'offset' | 'bytes'> & Partial<BatchRow>;

const isFresh = (name: string, value: unknown): boolean =>
  Array.isArray(value) ? value.length === 0 : value === FRESH[name as keyof BatchRow];

/** Leaves out what `newRow` would say. */
export const toStoredRows = (rows: readonly BatchRow[]): readonly StoredRow[] =>
  rows.map(
    (row) =>
      Object.fromEntries(
        Object.entries(row).filter(([name, value]) => ALWAYS.has(name) || !isFresh(name, value)),
      ) as unknown as StoredRow,
  );

/** Reads back what `toStoredRows` wrote; the ledger is the only writer, so the shape is trusted. */
export const fromStoredRows = (rows: readonly StoredRow[]): readonly BatchRow[] =>
  rows.map((row) => ({ ...newRow(row.row, row.id, row.offset, row.bytes), ...row }));
