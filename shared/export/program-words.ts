// What programs write in a cell in place of a value: the error of a failed formula, the # signs of a column that was too narrow, the name of
// an object that has no text, and words for "no value". Words that `file.blank` declares are blank; those that it does not are told.
import { compileBlankWords, KNOWN_BLANK_WORDS, knownBlankWord } from '../columns/blank-words';
import { foldStatusWord } from '../columns/fold';
import { quote, quoteAll } from '../core/message';
import type { Rejection } from '../core/rejection';
import { rejectRecord } from './check-values';
import type { ExportExpectation, Finding } from './export-record';
import { findIn } from './find-in-file';

// English, German, French and Spanish Excel; other languages that we know of use the English ones.
const errorValues: ReadonlySet<string> = new Set(
  [
    '#N/A #REF! #VALUE! #DIV/0! #NAME? #NUM! #NULL! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #GETTING_DATA',
    '#NV #BEZUG! #WERT! #ZAHL!',
    '#VALEUR! #NOM? #NOMBRE! #NUL!',
    '#N/D #¡REF! #¡VALOR! #¡DIV/0! #¿NOMBRE? #¡NUM! #¡NULO!',
  ].flatMap((words) => words.split(' ')),
);
const tooNarrow = /^#{3,}$/;

// .NET and PowerShell: System.Object[], System.Collections.Hashtable, Microsoft.ActiveDirectory.Management.ADUser, @{Name=x}. JavaScript:
// [object Object]. Ruby: #<User>, #<User:0x0000>. Python: <hr.User object at 0x7f>.
const objectText =
  /^(?:(?:System|Microsoft)\.[A-Z]\w*(?:\.\w+)*(?:`\d+)?(?:\[[\w.,[\]` ]*\])?|@\{.*\}|\[object [A-Z]\w*\]|#<[A-Z][^>]*>|<[\w.]+ object at 0x[0-9a-fA-F]+>)$/;

/** With which of these a text that fits `objectText` begins. */
const BEGINNINGS_OF_OBJECTS = ['System.', 'Microsoft.', '@{', '[object ', '#<', '<'];

const SPACE = 0x20;
const NO_BREAK_SPACE = 0xa0;

/** By the code of a first character, 1 if what is looked for may begin with it, or a space before it. Nearly all values are ruled out here. */
const MAY_BEGIN = new Uint8Array(NO_BREAK_SPACE + 1).fill(1, 0, SPACE + 1);
for (const text of [...KNOWN_BLANK_WORDS, ...errorValues, ...BEGINNINGS_OF_OBJECTS]) MAY_BEGIN[text.charCodeAt(0)] = 1;
MAY_BEGIN[NO_BREAK_SPACE] = 1;

/** Words of one column that one finding names. */
const MAX_WORDS_TOLD = 5;

/** What a file's cells say in place of a value. */
export interface ProgramWords {
  /** True of a value that `file.blank` declares to be none. */
  readonly isBlank: (value: string) => boolean;
  /** Judges the value of a column that the settings read: the rejection, or null. Well-known words for blank are counted. */
  check(value: string, line: number, column: string): Rejection | null;
  /** The well-known words for blank that were met and not declared, column by column. Complete at the end of the file. */
  findings(): readonly Finding[];
}

interface WordsOfColumn {
  readonly words: Set<string>;
  readonly line: number;
  cells: number;
}

/** Makes the check of one file's values. A text that the settings name for a column is an ordinary value there. */
export const createProgramWords = (
  expect: Pick<ExportExpectation, 'knownTexts' | 'blankWords' | 'decisiveColumns' | 'managerColumns'>,
): ProgramWords => {
  const known = new Map(
    Object.entries(expect.knownTexts).map(([column, texts]) => [column, new Set(texts.map(foldStatusWord))]),
  );
  const isNamed = (text: string, column: string): boolean => known.get(column)?.has(foldStatusWord(text)) === true;
  const decisive = new Set(expect.decisiveColumns);
  const managers = new Set(expect.managerColumns);
  const met = new Map<string, WordsOfColumn>();

  const noteWord = (word: string, line: number, column: string): void => {
    const found = met.get(column) ?? { words: new Set(), line, cells: 0 };
    found.cells++;
    if (found.words.size < MAX_WORDS_TOLD) found.words.add(word);
    met.set(column, found);
  };

  const damageOf = (value: string, line: number, column: string): Rejection | null => {
    const text = value.trim();
    const isError = text.startsWith('#') && (errorValues.has(text) || tooNarrow.test(text));
    const isObject = BEGINNINGS_OF_OBJECTS.some((beginning) => text.startsWith(beginning)) && objectText.test(text);
    if ((!isError && !isObject) || isNamed(text, column)) return null;
    const values = { column: quote(column), value: quote(text) };
    return rejectRecord(isError ? 'excel-error-value' : 'object-in-place-of-text', values, line, column);
  };

  return {
    isBlank: compileBlankWords(expect.blankWords),
    check(value, line, column) {
      if (MAY_BEGIN[value.charCodeAt(0)] !== 1) return null;
      const word = knownBlankWord(value);
      if (word === null || isNamed(word, column)) return damageOf(value, line, column);
      if (decisive.has(column)) {
        return rejectRecord('blank-word', { column: quote(column), word: quote(word) }, line, column);
      }
      noteWord(word, line, column);
      return null;
    },
    findings: () =>
      [...met].map(([column, { words, line, cells }]) =>
        findIn(
          'warning',
          'blank-words-undeclared',
          {
            column: quote(column),
            words: quoteAll([...words]),
            cells,
            line,
            areLeftOut: managers.has(column),
          },
          { line, column },
        ),
      ),
  };
};

/** Makes the test of a rejection for the record having a word for blank in place of an id, so that it has none. */
export const createNoIdTest =
  ({ idColumn }: Pick<ExportExpectation, 'idColumn'>) =>
  ({ code, at }: Rejection): boolean =>
    code === 'blank-word' && at.column === idColumn;
