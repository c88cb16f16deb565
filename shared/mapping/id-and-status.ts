// Reads whose row it is and whether the account is enabled: without these two, nothing else in the row counts.
import { idTextOf } from '../columns/id';
import { isImprecise } from '../columns/record-value';
import type { ExportShape } from '../export/export-record';
import type { SourceSettings } from '../source/settings-schema';
import { statusColumnsOf } from '../source/active-settings';
import { columnsOfLeaf } from '../source/mapped-leaves';
import { idColumnOf } from '../source/settings-schema';
import type { AsOf } from './as-of';
import { bindColumn, rejectRow, type RawReader, type RowInHand } from './row-in-hand';
import { ACTIVE, INACTIVE, type RefuseRow, type RowStatus } from './row-status';
import { compileStatusColumn } from './status-column';
import { compileStatusDays } from './status-days';

/** Reads the id: the text (of digits, for a JSON number) without outer spaces; null when there is none. */
export type IdReader = (row: RowInHand) => string | null;

/** Compiles the reader of the id, which rejects rows without one. Its form (`id.pattern`) was judged when the record was read. */
export function compileId(settings: SourceSettings, shape: ExportShape): IdReader {
  const column = idColumnOf(settings);
  const read = bindColumn(shape, column);
  const origin = { column, attribute: 'externalId' };
  return (row) => {
    const raw = read(row);
    if (isImprecise(raw)) {
      rejectRow(row, 'number-imprecise', origin, {});
      return null;
    }
    const id = idTextOf(raw);
    if (id === '') {
      rejectRow(row, 'id-missing', origin, {});
      return null;
    }
    return id;
  };
}

/** Reads whether the account is enabled; null for a row that is rejected. */
export type StatusReader = (row: RowInHand) => RowStatus | null;

/**
 * Compiles the reader of `active`. `reads`: the raw values of the status columns, in the order of the settings. Whatever says inactive wins, also over
 * what cannot be told; otherwise the first thing that cannot be told rejects the row.
 */
export function compileActive(
  { active }: Pick<SourceSettings, 'active'>,
  shape: ExportShape,
  reads: readonly RawReader[],
  asOf: AsOf,
): StatusReader {
  const columns = statusColumnsOf(active).map(({ status }, at) =>
    compileStatusColumn(status, reads[at] ?? (() => undefined), {
      column: columnsOfLeaf(status)[0] ?? null,
      attribute: 'active',
    }),
  );
  const readDays = compileStatusDays(active, shape, asOf);
  const [only, ...more] = columns;
  if (only !== undefined && more.length === 0 && readDays === null)
    return (row) => {
      const reading = only(row);
      if (typeof reading === 'function') return reading(row);
      return reading ? ACTIVE : INACTIVE;
    };
  return (row) => {
    let refuse: RefuseRow | null = null;
    for (const read of columns) {
      const reading = read(row);
      if (reading === false) return INACTIVE;
      if (reading !== true) refuse ??= reading;
    }
    const days = readDays === null ? ACTIVE : readDays(row);
    if (typeof days === 'function') return (refuse ?? days)(row);
    if (refuse === null) return days;
    return days.active ? refuse(row) : INACTIVE;
  };
}
