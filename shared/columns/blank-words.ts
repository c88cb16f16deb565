// Words for "no value": those that a source declares (`file.blank`, `blank` of a leaf), and those that programs are known to write.
import { foldStatusWord } from './fold';

/**
 * What databases, scripts and HR systems write for no value, as they write it: `Null` and `Nan` are names of people, `NA` is a country.
 * SQL clients: NULL, (null), \N. Python, R and pandas: nan, NaN, None, NaT, <NA>. JavaScript: undefined. Zero dates: MySQL, BambooHR.
 */
export const KNOWN_BLANK_WORDS: ReadonlySet<string> = new Set([
  ...['NULL', 'null', '(NULL)', '(null)', '<NULL>', '<null>', '[NULL]', '[null]', '\\N', 'nil', 'undefined'],
  ...['nan', 'NaN', 'NAN', 'None', 'none', 'NONE', 'NaT', '<NA>', 'N/A', 'n/a'],
  ...['-', '--', '---', '0000-00-00', '0000-00-00 00:00:00', '00/00/0000', '00.00.0000'],
]);

const LONGEST = Math.max(...[...KNOWN_BLANK_WORDS].map(({ length }) => length));
const beginsWord = new Set([...KNOWN_BLANK_WORDS].map((word) => word.charCodeAt(0)));
const isSpace = (code: number): boolean => code === 0x20 || code === 0xa0 || code === 0x09;

/** The well-known word for blank that is the whole of the value, without outer spaces; null if it is none. Nearly all values return at once. */
export function knownBlankWord(value: string): string | null {
  const first = value.charCodeAt(0);
  if (!beginsWord.has(first) && !isSpace(first)) return null;
  const word = value.trim();
  return word.length <= LONGEST && KNOWN_BLANK_WORDS.has(word) ? word : null;
}

/** Makes the test of declared words: the whole value; case and outer spaces do not count. Nothing is one if no word is declared. */
export function compileBlankWords(words: readonly string[] | undefined): (value: string) => boolean {
  if (words === undefined || words.length === 0) return () => false;
  const folded = new Set(words.map(foldStatusWord));
  const longest = Math.max(...[...folded].map(({ length }) => length));
  // Lower case and composition change the length of few letters, and never by more than a factor of four.
  const most = longest * 4;
  return (value) => {
    const text = value.length > most ? value.trim() : value;
    return text.length <= most && folded.has(foldStatusWord(text));
  };
}
