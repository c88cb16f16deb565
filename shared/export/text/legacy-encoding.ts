// Tells single-byte encodings apart by which of them turns the bytes above ASCII into plausible words. If two readings are equally
// plausible, or none is, the file is held: a name is never guessed.
import { quote } from '../../core/message';
import { holdFile } from '../hold-file';
import type { WatchedEncoding } from './declared-encoding';
import { guessEncoding, hintEncoding } from './hint-encoding';
import {
  detectable,
  findBetter,
  FOREIGN_SHARE,
  nameable,
  readAs,
  tellingWord,
  wordsIn,
  type Reading,
} from './readings';
import { WordsAboveAscii } from './words-above-ascii';

const sameWords = (one: Reading, other: Reading): boolean =>
  one.words.every((word, index) => word === other.words[index]);

const twoReadings = (first: Reading, second: Reading, at: number): Error =>
  holdFile('encoding-doubtful', {
    doubt: 'two-readings',
    first: quote(first.words[at] ?? ''),
    firstEncoding: first.encoding,
    second: quote(second.words[at] ?? ''),
    secondEncoding: second.encoding,
  });

/** No encoding that is detected makes words: the hold names another that does, or what `guess` says. */
const noWords = (bytes: readonly string[], guess: () => string | null): Error => {
  const hint = hintEncoding(
    bytes,
    detectable.map(({ encoding }) => encoding),
  );
  if (hint === null) return holdFile('encoding-doubtful', { doubt: 'no-words', guess: guess() });
  return holdFile('encoding-doubtful', { doubt: 'words-elsewhere', encoding: hint.encoding, value: quote(hint.word) });
};

/** The encoding in which these are words; `guess` suggests another if none fits. Throws `encoding-doubtful` if several fit, or none. */
const tellByWords = (bytes: readonly string[], guess: () => string | null): string => {
  const readings = detectable
    .map((known) => readAs(bytes, known))
    .filter((reading) => reading !== null)
    .toSorted((one, other) => one.price - other.price);
  const best = readings[0];
  if (best === undefined || best.foreign > bytes.length * FOREIGN_SHARE) throw noWords(bytes, guess);
  const other = readings.find((reading) => !sameWords(reading, best));
  if (other !== undefined && (other.price <= best.price || other.price < 2 * best.price)) {
    throw twoReadings(
      best,
      other,
      best.words.findIndex((word, index) => word !== other.words[index]),
    );
  }
  const better = findBetter(best, bytes, nameable, 1);
  if (better !== null) throw twoReadings(best, better, tellingWord(best, better));
  return best.encoding;
};

/** An encoding detected from a sample, to be confirmed by the words of the whole file. */
export interface LegacyEncoding extends WatchedEncoding {
  readonly encoding: string;
}

/** Detects the encoding of a sample that is not UTF-8; throws `encoding-doubtful` if several are plausible, or none. */
export const tellLegacyEncoding = (sample: Buffer): LegacyEncoding => {
  const words = new WordsAboveAscii();
  words.look(sample);
  const known = words.all();
  const encoding = tellByWords(known, () => guessEncoding(sample, known));
  const { size } = words;
  return {
    encoding,
    look(part) {
      words.look(part);
    },
    confirm() {
      if (words.size === size) return;
      const bytes = words.all();
      const whole = tellByWords(bytes, () => null);
      if (whole === encoding) return;
      const [first, second] = [wordsIn(bytes, encoding), wordsIn(bytes, whole)];
      const at = first?.findIndex((word, index) => word !== second?.[index]) ?? -1;
      // A byte that has no meaning in the first encoding is told with its line when it is decoded.
      if (first === null || second === null || at === -1) return;
      throw holdFile('encoding-doubtful', {
        doubt: 'turns-later',
        first: quote(first[at] ?? ''),
        firstEncoding: encoding,
        second: quote(second[at] ?? ''),
        secondEncoding: whole,
      });
    },
  };
};
