// Names from which a program has lost letters: PowerShell's Export-Csv, bcp and old databases write `?` for each letter that is not in ASCII (J?rg,
// ??). In a file without one letter above ASCII that is damage as U+FFFD is, but known only when the file has ended.
import { quote, type Quote } from '../core/message';
import type { ExportExpectation, Finding } from './export-record';
import { findIn } from './find-in-file';
import { holdFile } from './hold-file';

// Not at the ends of a word, where people put it in doubt, and not alone.
const lostInWord = /[A-Za-z]\?+[A-Za-z]/;
/** An escape of JSON for a character above ASCII: `\u00fc`. */
const escapedAboveAscii = /\\u(?!00[0-7])[0-9a-f]{4}/i;
const onlyMarks = /^\?{2,}(?:[\s-]\?+)*$/;

/** What names are told by their question marks. */
export interface LostLetters {
  /** True as long as a question mark may be a letter: then each value of `columns` is to be looked at. */
  readonly isLooking: () => boolean;
  /** The columns with names of people. */
  readonly columns: readonly string[];
  look(value: string, line: number, column: string): void;
  /** Looks at the text of a JSON record with a backslash: letters above ASCII may be written as escapes. */
  lookAtEscapes(raw: string): void;
  /** To be called at the end: throws `text-damaged` if letters were lost; otherwise what remains in doubt. */
  settle(): readonly Finding[];
}

interface Met {
  readonly line: number;
  readonly column: string;
  readonly value: Quote;
  values: number;
}

/** Makes the watch of one file; `mayHaveLostLetters` says so of its text so far. */
export const createLostLetters = (
  { nameColumns }: Pick<ExportExpectation, 'nameColumns'>,
  mayHaveLostLetters: () => boolean,
): LostLetters => {
  let lost: Met | null = null;
  let hasEscapedLetter = false;
  const marks = new Map<string, Met>();
  const isLooking = (): boolean => nameColumns.length > 0 && !hasEscapedLetter && mayHaveLostLetters();
  return {
    isLooking,
    columns: nameColumns,
    look(value, line, column) {
      if (!value.includes('?')) return;
      const met = (): Met => ({ line, column, value: quote(value), values: 0 });
      if (lostInWord.test(value)) {
        lost ??= met();
        lost.values++;
      } else if (onlyMarks.test(value.trim())) {
        const known = marks.get(column) ?? met();
        known.values++;
        marks.set(column, known);
      }
    },
    lookAtEscapes(raw) {
      if (nameColumns.length > 0 && !hasEscapedLetter) hasEscapedLetter = escapedAboveAscii.test(raw);
    },
    settle() {
      if (!isLooking()) return [];
      if (lost !== null) {
        const { line, column, value, values } = lost;
        throw holdFile(
          'text-damaged',
          { damage: 'letters-replaced', line, column: quote(column), value, values },
          { line, column },
        );
      }
      return [...marks.values()].map(({ line, column, value, values }) =>
        findIn('warning', 'names-of-question-marks', { column: quote(column), value, values, line }, { line, column }),
      );
    },
  };
};
