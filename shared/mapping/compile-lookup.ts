// The first reading of a file whose managers are looked up: of each row whose it is, and its value in the column `lookup`.
import { createIdJudge, idTextOf } from '../columns/id';
import { textOf, type RawValue } from '../columns/record-value';
import type { ExportRecord, ExportShape, JsonObject } from '../export/export-record';
import { lookupOf } from '../source/mapped-leaves';
import { idColumnOf, type SourceSettings } from '../source/settings-schema';
import { isFailed, type RowInput } from './expression-wire';
import { expressionLimits, openExpressions, type OpenExpressions } from './expressions';
import { compileJoin, compileRecordJoin } from './joined-columns';
import { UNTOUCHED, bindColumn, type RowInHand } from './row-in-hand';

/**
 * Time that the expression of a look-up may take for a file, ms: half of what the mapping has after it, so that both readings fit well into the time
 * of the function (ADR 0029). Our choice, 2026-11.
 */
export const LOOKUP_MAX_FILE_MS = 120_000;

const openForLookup: OpenExpressions = (setup) =>
  openExpressions(setup, { ...expressionLimits, maxFileMs: LOOKUP_MAX_FILE_MS });

/** What a row says for the look-up; `id` is null if it is not certain whose row it is. */
export interface RowOfValue {
  readonly line: number;
  readonly id: string | null;
  readonly value: string;
}

/** Reads the values of one file. It has to be ended. */
export interface ValueReader {
  /** The rows that have a value. Throws and rejects as `RecordMapper.map` does. */
  read(records: readonly ExportRecord[]): Promise<readonly RowOfValue[]>;
  end(): void;
}

const noCells: readonly string[] = [];
const noValue: JsonObject = {};

/** The row as leaves read it; null if its cells are not known, or may have shifted, and of a row that is not for the source: its id means nothing here. */
function rowOf(record: ExportRecord): RowInHand | null {
  const { line } = record;
  const row = { line, cells: noCells, value: noValue, results: [], managers: null, ...UNTOUCHED };
  if (record.kind === 'csv') return { ...row, cells: record.cells };
  if (record.kind === 'json') return { ...row, value: record.value };
  if (record.kind === 'unsent') return null;
  if (record.value !== undefined) return { ...row, value: record.value };
  return record.cells === undefined || record.rejection.at.column === null ? null : { ...row, cells: record.cells };
}

/** Compiles the first reading; null if the settings look up nobody. */
export function compileLookup(
  settings: SourceSettings,
  shape: ExportShape,
  open: OpenExpressions = openForLookup,
): ValueReader | null {
  const lookup = lookupOf(settings);
  if (lookup === null) return null;
  const idColumn = idColumnOf(settings);
  const readId = bindColumn(shape, idColumn);
  const pattern = typeof settings.id === 'string' ? null : (settings.id.pattern ?? null);
  const judgeId = createIdJudge(pattern);
  const { values, end } = compileValues(lookup, shape, open);
  const idOf = (record: ExportRecord, row: RowInHand): string | null => {
    // A row that cannot be read for another value is still the row of this person.
    const id = record.kind === 'unreadable' ? (record.id ?? '') : idTextOf(readId(row));
    return id === '' || (record.kind === 'unreadable' && judgeId(id) !== null) ? null : id;
  };
  return {
    end,
    async read(records) {
      const rows = records.flatMap((record) => {
        const row = rowOf(record);
        return row === null ? [] : [{ record, row }];
      });
      const found = await values(rows.map(({ row }) => row));
      return rows.flatMap(({ record, row }, at) => {
        const value = textOf(found[at]) ?? '';
        return value.trim() === '' ? [] : [{ line: row.line, id: idOf(record, row), value }];
      });
    },
  };
}

interface Values {
  readonly values: (rows: readonly RowInHand[]) => Promise<readonly RawValue[]>;
  readonly end: () => void;
}

function compileValues(
  lookup: string | { readonly expression: string },
  shape: ExportShape,
  open: OpenExpressions,
): Values {
  const read = typeof lookup === 'string' ? bindColumn(shape, lookup) : compileJoin(lookup.expression, shape);
  if (read !== null) return { values: (rows) => Promise.resolve(rows.map(read)), end: () => undefined };
  const text = typeof lookup === 'string' ? lookup : lookup.expression;
  const quick = shape.columns === null ? compileRecordJoin(text) : null;
  const expressions = open({ texts: [text], columns: shape.columns });
  return {
    end: () => expressions.end(),
    async values(rows) {
      const known = rows.map(({ value }) => quick?.(value) ?? null);
      const slow = rows
        .filter((_, at) => known[at] === null)
        .map(({ cells, value }): RowInput => (shape.columns === null ? value : cells));
      const evaluated = (slow.length === 0 ? [] : await expressions.evaluate(slow)).values();
      // A row for which the expression fails has no value; if its manager depends on it, the finding says so.
      return known.map((one) => {
        if (one !== null) return one;
        const result = evaluated.next().value?.[0];
        return result === undefined || isFailed(result) ? '' : result;
      });
    },
  };
}
