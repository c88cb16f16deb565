// Tells single-byte encodings apart by which of them turns the bytes above ASCII into plausible words. If two readings are equally
// plausible, or none is, the file is held: a name is never guessed.
import { quote } from '../../core/message';
import { isAscii } from 'node:buffer';
import chardet from 'chardet';
import iconv from 'iconv-lite';
import { holdFile } from '../hold-file';
import { centralAlphabets, turkishAlphabets, westernAlphabets } from './alphabets';
import { priceWord } from './word-sense';

/** The encodings that can be detected, likeliest first: of equal readings, the first is named. */
const candidates = [
  { encoding: 'windows-1252', alphabets: westernAlphabets },
  { encoding: 'iso-8859-15', alphabets: westernAlphabets },
  { encoding: 'iso-8859-2', alphabets: centralAlphabets },
  { encoding: 'windows-1250', alphabets: centralAlphabets },
  { encoding: 'windows-1254', alphabets: turkishAlphabets },
] as const;

/** Distinct words examined in the whole file. Our choice, 2026-11: more hardly change the answer. */
const maxWords = 10_000;
/** Price of a word that fits no alphabet; one odd letter costs 1. */
const foreignPrice = 3;
/** Largest share of words that may fit no alphabet in the chosen encoding: abbreviations, names from elsewhere. */
const foreignShare = 0.05;

/** Longest run of letters that is taken as one word, bytes. */
const maxWordBytes = 60;

// Longer runs are cut, and those without a byte above ASCII are skipped, so that the cost stays proportional to the length of the text.
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

/** The encoding in which these are words; `guess` suggests another if none fits. Throws `encoding-doubtful` if several fit, or none. */
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

/** An encoding detected from a sample, to be confirmed by the words of the whole file. */
export interface LegacyEncoding {
  readonly encoding: string;
  /** Collects the words of a later part of the file. */
  look(part: Buffer): void;
  /** To be called at the end: throws `encoding-doubtful` if all words together indicate another encoding, or none. */
  confirm(): void;
}

const cutWords = /^[A-Za-z\x80-\xff]+|[A-Za-z\x80-\xff]+$/g;

/** Detects the encoding of a sample that is not UTF-8; throws `encoding-doubtful` if several are plausible, or none. */
export const tellLegacyEncoding = (sample: Buffer): LegacyEncoding => {
  const words = new Set<string>();
  collectWords(sample.toString('latin1'), words);
  const encoding = tellByWords(words, () => chardet.detect(sample));
  const known = words.size;
  return {
    encoding,
    look(part) {
      if (isAscii(part)) return;
      // Words at the edges of a part may be cut.
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
