// Letters stored apart from their accents are composed (NFC): the same text to people, and the only form that is sent. Reported once per file.
import { findIn } from './find-in-file';
import type { Finding } from './export-record';

/** Counts composed values and reports them at the end. */
export interface ComposedAccents {
  note(line: number, column: string): void;
  findings(): readonly Finding[];
}

/** Makes the counter of one file. */
export const createComposedAccents = (): ComposedAccents => {
  let count = 0;
  let first: { readonly line: number; readonly column: string } = { line: 0, column: '' };
  return {
    note(line, column) {
      if (count === 0) first = { line, column };
      count++;
    },
    findings: () =>
      count === 0 ? [] : [findIn('note', 'accents-composed', { values: count, line: first.line }, first)],
  };
};
