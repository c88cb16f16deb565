// What the rules of `rowsPerPerson.prefer` see in a row: one number a rule, the greater one is preferred.
import { foldStatusWord } from '../columns/fold';
import { arePathsRelated, isImprecise, textOf } from '../columns/record-value';
import type { RowRank } from '../columns/row-rank';
import type { Rejection } from '../core/rejection';
import type { ExportShape } from '../export/export-record';
import type { PreferRule } from '../source/rows-per-person-settings';
import { preferRulesOf } from '../source/rows-per-person-settings';
import type { SourceSettings } from '../source/settings-schema';
import { compileDate } from './date-value';
import { bindColumn, type RowInHand } from './row-in-hand';

/** `active`: what the status of the row says, null if it cannot be read. A value that is damaged, or cannot be read, is NaN; it rejects nothing. */
export type RankReader = (row: RowInHand, active: boolean | null) => RowRank;

type RuleReader = (row: RowInHand, active: boolean | null) => number;

const NO_RANK: RowRank = [];

/** Compiles the rules of the settings, bound to a file's columns. Without rules the rank is empty. */
export function compileRank(settings: SourceSettings, shape: ExportShape): RankReader {
  const readers = preferRulesOf(settings).map((rule) => compileRule(rule, shape));
  if (readers.length === 0) return () => NO_RANK;
  return (row, active) => readers.map((read) => read(row, active));
}

function compileRule(rule: PreferRule, shape: ExportShape): RuleReader {
  if (rule === 'active') return (_, active) => (active === null ? Number.NaN : Number(active));
  const { column, values = [], date } = rule;
  const raw = bindColumn(shape, column);
  const concerns = ({ at }: Rejection): boolean =>
    at.column !== null && (shape.columns === null ? arePathsRelated(at.column, column) : at.column === column);
  const read = (row: RowInHand): string | null => {
    const value = raw(row);
    return isImprecise(value) || row.damage.some(concerns) ? null : (textOf(value)?.trim() ?? null);
  };
  if (date !== undefined) {
    const parse = compileDate(date, 'entra');
    return (row) => {
      const text = read(row);
      if (text === '') return Number.NEGATIVE_INFINITY;
      const reading = text === null ? null : parse(text);
      return reading?.ok === true ? Date.parse(reading.text) : Number.NaN;
    };
  }
  const words = new Set(values.map(foldStatusWord));
  return (row) => {
    const text = read(row);
    return text === null ? Number.NaN : Number(words.has(foldStatusWord(text)));
  };
}
