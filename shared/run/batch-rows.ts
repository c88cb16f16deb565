// The rows of a batch as stored in its entity. Fields that are still as intake packed them are left out: usually most of them.
import type { BatchRow } from './batch';
import { newRow } from './batch';

/** A row as intake packs it: fields equal to these are not stored. */
const FRESH = newRow(0, '', 0, 0);
const ALWAYS = ['row', 'id', 'offset', 'bytes'] as const;
const isAlways = (name: string): boolean => ALWAYS.some((one) => one === name);
const SOMETIMES = (Object.keys(FRESH) as (keyof BatchRow)[]).filter((name) => !isAlways(name));

type StoredRow = Pick<BatchRow, (typeof ALWAYS)[number]> & Partial<BatchRow>;

const isFresh = (name: keyof BatchRow, value: unknown): boolean =>
  Array.isArray(value) ? value.length === 0 : value === FRESH[name];

/** Leaves out what `newRow` would give. */
export const toStoredRows = (rows: readonly BatchRow[]): readonly StoredRow[] =>
  rows.map((row) => {
    const { id, offset, bytes } = row;
    const changed = SOMETIMES.filter((name) => !isFresh(name, row[name]));
    return { row: row.row, id, offset, bytes, ...Object.fromEntries(changed.map((name) => [name, row[name]])) };
  });

/** Reads back what `toStoredRows` wrote; the ledger is the only writer, so the shape is trusted. */
export const fromStoredRows = (rows: readonly StoredRow[]): readonly BatchRow[] =>
  rows.map((row) => ({ ...newRow(row.row, row.id, row.offset, row.bytes), ...row }));
