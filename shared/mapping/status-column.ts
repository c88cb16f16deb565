// One status column and its words: a word of a list, compared as a whole after trimming and case folding, or what the settings say of others.
import { foldStatusWord } from '../columns/fold';
import { textOf } from '../columns/record-value';
import { quote } from '../core/message';
import type { StatusColumn } from '../source/active-settings';
import { ExpressionFailure } from './expression-failure';
import { rejectRow, type Origin, type RawReader, type RowInHand } from './row-in-hand';
import type { RefuseRow, StatusReading } from './row-status';

/** Compiles the reader of a column, or an expression, whose raw value `read` gives. */
export function compileStatusColumn(
  status: StatusColumn,
  read: RawReader,
  origin: Origin,
): (row: RowInHand) => StatusReading {
  const meanings = new Map<string, boolean>();
  for (const word of status.inactive ?? []) meanings.set(foldStatusWord(word), false);
  for (const word of status.active ?? []) meanings.set(foldStatusWord(word), true);
  const areOthersActive = status.others === 'active';
  const missing: RefuseRow = (row) => rejectRow(row, 'status-missing', origin, {});
  const ofBlank: StatusReading = status.blank === undefined ? missing : status.blank === 'active';
  return (row) => {
    const raw = read(row);
    const text = textOf(raw);
    const folded = foldStatusWord(text ?? '');
    const meaning = meanings.get(folded);
    if (meaning !== undefined) return meaning;
    if (text === null) return refusalOf(raw, origin);
    if (folded === '') return ofBlank;
    if (areOthersActive) return true;
    return unknownWord(text, origin);
  };
}

// On its own, so that the reader above keeps nothing of rows whose word is known.
const unknownWord =
  (text: string, origin: Origin): RefuseRow =>
  (row) =>
    rejectRow(row, 'status-unknown', origin, { value: quote(text.trim()) });

/** A value that is no text: a list, an object, or the failure of an expression. */
const refusalOf =
  (raw: unknown, origin: Origin): RefuseRow =>
  (row) =>
    raw instanceof ExpressionFailure
      ? rejectRow(row, raw.code, origin, raw.trouble)
      : rejectRow(row, 'status-unknown', origin, { value: null });
