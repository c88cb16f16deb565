// Tells encodings of single bytes apart by asking which of them makes words of the accented letters. When two readings make as much
// sense, or none does, the file is held: a name is never guessed.
import { quote } from '../../core/message';
import { isAscii } from 'node:buffer';
import chardet from 'chardet';
import iconv from 'iconv-lite';
import { holdFile } from '../hold-file';
import { centralAlphabets, turkishAlphabets, westernAlphabets } from './alphabets';
import { priceWord } from './word-sense';

/** The encodings that can be told, the likelier first: among equal readings the first is named. */
const candidates = [
  { encoding: 'windows-1252', alphabets: westernAlphabets },
  { encoding: 'iso-8859-15', alphabets: westernAlphabets },
  { encoding: 'iso-8859-2', alphabets: centralAlphabets },
  { encoding: 'windows-1250', alphabets: centralAlphabets },
  { encoding: 'windows-1254', alphabets: turkishAlphabets },
] as const;

/** Different words that are looked at, of the whole file. Our choice, 2026-11: more hardly change the answer. */
const maxWords = 10_000;
/** What a word of no alphabet costs, against one odd place in a word. */
const foreignPrice = 3;
/** Share of words that may make no sense in the encoding that is chosen: abbreviations, names from elsewhere. */
const foreignShare = 0.05;

/** Bytes of a word that are looked at. */
const maxWordBytes = 60;

// Longer runs are cut, and those without a byte above ASCII passed over, so that no text costs more than its length.
const run = new RegExp(`[A-Za-z\\x80-\\xff]{1,${maxWordBytes}}`, 'g');
const aboveAscii = /[\x80-\xff]/;

const collectWords = (text: string, into: Set<string>): void => {
  for (const [word] of text.matchAll(run)) {
    if (into.size >= maxWords) break;
    if (aboveAscii.test(word)) into.add(word);
  }
};

interface Reading {
  readonly encoding: string;
  readonly words: readonly string[];
  readonly foreign: number;
  readonly price: number;
}

const readAs = (words: readonly Buffer[], encoding: string, alphabets: readonly string[]): Reading | null => {
  const read = words.map((word) => iconv.decode(word, encoding));
  if (read.some((word) => /[\x80-\x9f\ufffd]/.test(word))) return null;
  let foreign = 0;
  let price = 0;
  for (const word of read) {
    const cost = priceWord(word, alphabets);
    if (cost.foreign) foreign++;
    price += cost.odd + (cost.foreign ? foreignPrice : 0);
  }
  return { encoding, words: read, foreign, price };
};

const sameWords = (one: Reading, other: Reading): boolean =>
  one.words.every((word, index) => word === other.words[index]);

/** The encoding that makes words of these; `guess` says what else the bytes may be. Throws `encoding-doubtful` when several or none do. */
const tellByWords = (found: ReadonlySet<string>, guess: () => string | null): string => {
  const words = [...found].map((word) => Buffer.from(word, 'latin1'));
  const readings = candidates
    .map(({ encoding, alphabets }) => readAs(words, encoding, alphabets))
    .filter((reading) => reading !== null)
    .toSorted((one, other) => one.price - other.price);
  const best = readings[0];
  if (best === undefined || best.foreign > words.length * foreignShare) {
    const other = guess();
    throw holdFile('encoding-doubtful', { doubt: 'no-words', guess: other?.toLowerCase() ?? null });
  }
  const other = readings.find((reading) => !sameWords(reading, best));
  if (other !== undefined && (other.price <= best.price || other.price < 2 * best.price)) {
    const at = best.words.findIndex((word, index) => word !== other.words[index]);
    throw holdFile('encoding-doubtful', {
      doubt: 'two-readings',
      first: quote(best.words[at] ?? ''),
      firstEncoding: best.encoding,
      second: quote(other.words[at] ?? ''),
      secondEncoding: other.encoding,
    });
  }
  return best.encoding;
};

/** An encoding told from a sample, and the words of the whole file that must bear it out. */
export interface LegacyEncoding {
  readonly encoding: string;
  /** Looks at a later part of the file. */
  look(part: Buffer): void;
  /** At the end: throws `encoding-doubtful` if all words together read as another encoding, or as none. */
  confirm(): void;
}

const cutWords = /^[A-Za-z\x80-\xff]+|[A-Za-z\x80-\xff]+$/g;

/** Tells the encoding of a sample that is not UTF-8; throws `encoding-doubtful` when several or none make sense. */
export const tellLegacyEncoding = (sample: Buffer): LegacyEncoding => {
  const words = new Set<string>();
  collectWords(sample.toString('latin1'), words);
  const encoding = tellByWords(words, () => chardet.detect(sample));
  const known = words.size;
  return {
    encoding,
    look(part) {
      if (isAscii(part)) return;
      // Words at the borders may be half ones.
      collectWords(part.toString('latin1').replace(cutWords, ''), words);
    },
    confirm() {
      if (words.size === known) return;
      const whole = tellByWords(words, () => null);
      if (whole === encoding) return;
      const bytes = [...words].map((word) => Buffer.from(word, 'latin1'));
      const at = bytes.find((word) => iconv.decode(word, encoding) !== iconv.decode(word, whole));
      if (at === undefined) return;
      throw holdFile('encoding-doubtful', {
        doubt: 'turns-later',
        first: quote(iconv.decode(at, encoding)),
        firstEncoding: encoding,
        second: quote(iconv.decode(at, whole)),
        secondEncoding: whole,
      });
    },
  };
};
