// Reads whose row it is and whether the account is enabled: without these two, nothing else in the row counts.
import { quote } from '../core/message';
import { idTextOf } from '../columns/id';
import { isImprecise, textOf } from '../columns/record-value';
import type { ExportShape } from '../export/export-record';
import type { SourceSettings } from '../source/settings-schema';
import { foldStatusWord } from '../columns/fold';
import { bindColumn, rejectRow, type RowInHand } from './row-in-hand';
import { idColumnOf } from '../source/settings-schema';

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

/** Compiles the reader of `active`: a whole word of the closed lists, compared after trimming and case folding; anything else rejects the row. */
export function compileActive(settings: SourceSettings, shape: ExportShape): (row: RowInHand) => boolean | null {
  const { column, active, inactive } = settings.active;
  const read = bindColumn(shape, column);
  const origin = { column, attribute: 'active' };
  const meanings = new Map<string, boolean>();
  for (const word of inactive) meanings.set(foldStatusWord(word), false);
  for (const word of active) meanings.set(foldStatusWord(word), true);
  return (row) => {
    const text = textOf(read(row));
    const folded = foldStatusWord(text ?? '');
    const meaning = meanings.get(folded);
    if (meaning !== undefined) return meaning;
    if (text !== null && folded === '') {
      return rejectRow(row, 'status-missing', origin, {});
    }
    return rejectRow(row, 'status-unknown', origin, { value: text === null ? null : quote(text.trim()) });
  };
}
