// The words of a file read in one single-byte encoding, and what that reading costs: which of two readings is the likelier.
import { centralAlphabets, balticAlphabets, turkishAlphabets, westernAlphabets } from './alphabets';
import { isNoWord } from './no-word';
import { readByTable, singleByteTable } from './single-byte';
import { priceWord, type WordPrice } from './word-sense';

/** An encoding whose languages are known. */
export interface KnownEncoding {
  readonly encoding: string;
  readonly alphabets: readonly string[];
}

/** The encodings that can be detected, likeliest first: of equal readings, the first is named. */
export const detectable: readonly KnownEncoding[] = [
  { encoding: 'windows-1252', alphabets: westernAlphabets },
  { encoding: 'iso-8859-15', alphabets: westernAlphabets },
  { encoding: 'iso-8859-2', alphabets: centralAlphabets },
  { encoding: 'windows-1250', alphabets: centralAlphabets },
  { encoding: 'windows-1254', alphabets: turkishAlphabets },
];

/**
 * The encodings of DOS and the Macintosh, and that of the Baltic countries, likeliest first. They are named to people and never used without their
 * word: bcp and old databases write the former, Excel for Mac `macintosh`.
 */
export const nameable: readonly KnownEncoding[] = [
  { encoding: 'cp850', alphabets: westernAlphabets },
  { encoding: 'cp437', alphabets: westernAlphabets },
  { encoding: 'macintosh', alphabets: westernAlphabets },
  { encoding: 'cp852', alphabets: centralAlphabets },
  { encoding: 'windows-1257', alphabets: balticAlphabets },
];

/** Every alphabet that is known: what settings declare says nothing of the languages in the file. */
const everyAlphabet: readonly string[] = [
  ...new Set([...westernAlphabets, ...centralAlphabets, ...turkishAlphabets, ...balticAlphabets]),
];

/** Price of a word that fits no alphabet, or is a word of no language; one odd letter costs 1. */
const FOREIGN_PRICE = 3;

/** Words in one encoding. */
export interface Reading {
  readonly encoding: string;
  readonly words: readonly string[];
  readonly prices: readonly number[];
  /** Their sum. */
  readonly price: number;
  /** Words that fit no alphabet. */
  readonly foreign: number;
}

/** Words, written as Latin-1, as texts in an encoding; null if one has a byte that means nothing there. */
export const wordsIn = (words: readonly string[], encoding: string): readonly string[] | null => {
  const table = singleByteTable(encoding);
  if (table === null) return null;
  const read = words.map((word) => readByTable(word, table));
  return read.some((word) => word.includes('\ufffd')) ? null : read;
};

const priceTexts = (encoding: string, words: readonly string[], priceOf: (word: string) => WordPrice): Reading => {
  let foreign = 0;
  let price = 0;
  const prices = words.map((word) => {
    const cost = priceOf(word);
    if (cost.foreign) foreign++;
    const all = cost.odd + (cost.foreign ? FOREIGN_PRICE : 0);
    price += all;
    return all;
  });
  return { encoding, words, prices, price, foreign };
};

const otherScript = /(?![\p{Script=Latin}\p{Script=Common}])\p{L}/u;

/** Prices texts that may be of any language: of other scripts than Latin only what is a word of no language costs anything. */
export const priceAnywhere = (encoding: string, words: readonly string[]): Reading =>
  priceTexts(encoding, words, (word) =>
    otherScript.test(word) ? { foreign: isNoWord(word), odd: 0 } : priceWord(word, everyAlphabet),
  );

/** Reads words in an encoding; null if one has a byte that means nothing there. */
export const readAs = (words: readonly string[], { encoding, alphabets }: KnownEncoding): Reading | null => {
  const read = wordsIn(words, encoding);
  return read === null ? null : priceTexts(encoding, read, (word) => priceWord(word, alphabets));
};

/** Largest share of words that may fit no alphabet in a plausible reading: abbreviations, names from elsewhere. */
export const FOREIGN_SHARE = 0.05;

/** True of a reading in which nearly all words are those of some language. */
export const isPlausible = ({ words, foreign, price }: Reading): boolean =>
  foreign <= words.length * FOREIGN_SHARE && price <= words.length / 2;

/** Of the words that two readings read differently: the price of each by the doubted one, at least; and how many times that by the other, at most. */
const LEAST_PRICE_OF_DOUBT = 1 / 4;
const LARGEST_SHARE_OF_PRICE = 1 / 4;

const onlyLetters = /^[\p{L}\p{M}'’]+$/u;
const beginsSmall = /^\p{Ll}/u;
const beginsLarge = /^\p{Lu}/u;

/** What a reading costs besides if it takes something from a word: a sign where there was a letter (”rla, Siobh·n), a small letter for a capital. */
const priceOfChange = (from: string, to: string): number => {
  if (!onlyLetters.test(to)) return FOREIGN_PRICE;
  return beginsLarge.test(from) && beginsSmall.test(to) ? 1 : 0;
};

/**
 * The reading in one of the encodings that speaks against this one, the clearest first: what they read differently costs much here and next to
 * nothing there. Null if there is none, or if all of it costs less than `leastPrice` here.
 */
export const findBetter = (
  reading: Reading,
  bytes: readonly string[],
  encodings: readonly KnownEncoding[],
  leastPrice: number,
): Reading | null => {
  if (reading.price < leastPrice) return null;
  let best: { readonly reading: Reading; readonly price: number } | null = null;
  for (const known of encodings) {
    const read = wordsIn(bytes, known.encoding);
    if (read === null) continue;
    const differing = read.flatMap((word, index) => (word === reading.words[index] ? [] : [index]));
    const price = differing.reduce((sum, index) => sum + (reading.prices[index] ?? 0), 0);
    // Pricing takes long, and most readings are out before.
    if (price < leastPrice || price < differing.length * LEAST_PRICE_OF_DOUBT) continue;
    const other = priceTexts(known.encoding, read, (word) => priceWord(word, known.alphabets));
    const otherPrice = differing.reduce(
      (sum, index) => sum + (other.prices[index] ?? 0) + priceOfChange(reading.words[index] ?? '', read[index] ?? ''),
      0,
    );
    if (otherPrice > price * LARGEST_SHARE_OF_PRICE) continue;
    if (best === null || otherPrice < best.price) best = { reading: other, price: otherPrice };
  }
  return best?.reading ?? null;
};

/** The place of the word that speaks loudest for `other`: the dearest of `reading` that is read differently there. */
export const tellingWord = (reading: Reading, other: Reading): number =>
  reading.words.reduce((most, word, index) => {
    if (word === other.words[index]) return most;
    return most === -1 || (reading.prices[index] ?? 0) > (reading.prices[most] ?? 0) ? index : most;
  }, -1);
