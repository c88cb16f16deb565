// In which encoding the words of a file make sense, for people who have to say which one it is. An encoding that was refused is never named.
import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import { findEncoding } from './encoding-names';
import { isNoWord } from './no-word';
import { detectable, FOREIGN_SHARE, isPlausible, nameable, readAs, wordsIn } from './readings';
import { singleByteTable } from './single-byte';

/** An encoding that makes words of the bytes, and one of these words. */
export interface EncodingHint {
  readonly encoding: string;
  readonly word: string;
}

/** The most telling word: the longest of the first ones, without signs at its ends. */
const exampleOf = (words: readonly string[]): string =>
  words
    .slice(0, 20)
    .map((word) => word.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, ''))
    .reduce((longest, word) => (word.length > longest.length && word.length <= 20 ? word : longest), '');

/** True of words that are UTF-8: hardly any other text forms its characters by chance. */
const areUtf8 = (bytes: readonly string[]): boolean => bytes.every((word) => isUtf8(Buffer.from(word, 'latin1')));

/** A word, written as Latin-1, in an encoding; null if a byte means nothing there. */
export const wordAs = (word: string, encoding: string): string | null =>
  encoding === 'utf-8' ? Buffer.from(word, 'latin1').toString('utf8') : (wordsIn([word], encoding)?.[0] ?? null);

/** The likeliest encoding in which the words, written as Latin-1, make sense; `refused` are out. Null if none does. */
export const hintEncoding = (bytes: readonly string[], refused: readonly string[]): EncodingHint | null => {
  if (bytes.length === 0) return null;
  if (areUtf8(bytes)) return { encoding: 'utf-8', word: wordAs(bytes[0] ?? '', 'utf-8') ?? '' };
  const readings = [...detectable, ...nameable]
    .filter(({ encoding }) => !refused.includes(encoding))
    .map((known) => readAs(bytes, known))
    .filter((reading) => reading !== null)
    .filter(isPlausible)
    // A stable sort: of equal readings the first is the likeliest.
    .toSorted((one, other) => one.price - other.price);
  const best = readings[0];
  return best === undefined ? null : { encoding: best.encoding, word: exampleOf(best.words) };
};

/** What letter frequencies suggest of a sample that makes no words in the encodings above, for example koi8-r; null if that makes no sense either. */
export const guessEncoding = (sample: Buffer, bytes: readonly string[]): string | null => {
  const guessed = chardet.detect(sample);
  const encoding = guessed === null ? null : findEncoding(guessed);
  if (encoding === null || encoding.startsWith('utf-')) return null;
  const read = wordsIn(bytes, encoding);
  // Not one that was refused, under another name; null is an encoding of several bytes a character, which is judged by nobody.
  if (read === null) return singleByteTable(encoding) === null ? encoding : null;
  const isRefused = [...detectable, ...nameable].some(({ encoding: known }) => {
    const same = wordsIn(bytes, known);
    return same !== null && same.every((word, index) => word === read[index]);
  });
  const noWords = read.filter(isNoWord).length;
  return isRefused || noWords > read.length * FOREIGN_SHARE ? null : encoding;
};
