// A declared encoding must make sense too: people declare what they were told, and the file may be in another one.
//
//   words above ASCII, read as declared ──▶ words of no language? ──▶ another encoding makes words of what is odd here? ──▶ as declared
//                                              └── the file is held, and told is which encoding makes words of them
import { quote } from '../../core/message';
import { FileHold } from '../../core/errors';
import { holdFile } from '../hold-file';
import { hintEncoding, wordAs } from './hint-encoding';
import { isNoWord } from './no-word';
import { detectable, findBetter, nameable, priceAnywhere, tellingWord, wordsIn } from './readings';
import { singleByteTable } from './single-byte';
import { WordsAboveAscii } from './words-above-ascii';

/** Watches what a file is made of. Both throw `encoding-doubtful`. */
export interface WatchedEncoding {
  /** Takes a later part of the file. */
  look(part: Buffer): void;
  /** To be called at the end. */
  confirm(): void;
}

/** The watch of a file in a declared encoding. */
export interface DeclaredWatch extends WatchedEncoding {
  /** The error of a part that could not be decoded, or a hold that says which encoding makes words of it. */
  explain(cause: unknown): unknown;
}

/**
 * Largest share of words of no language in a file that is as declared: signs without a space, typing errors. Files that are not have a third of
 * such words or more. Our choice, 2026-11.
 */
const NO_WORD_SHARE = 0.1;

/** Price of the words that must speak against what the settings say: two that are odd, or one of no language. */
const LEAST_DOUBT = 2;

/** Distinct words of which more than half are words of no language: no more of the file need be read. */
const WORDS_OF_EARLY_DOUBT = 8;

/** Makes the watch of a file in a declared encoding; null for one of several bytes a character, in which a wrong byte is hardly ever valid. */
export const watchDeclared = (encoding: string): DeclaredWatch | null => {
  if (encoding.startsWith('utf-') || singleByteTable(encoding) === null) return null;
  const words = new WordsAboveAscii();
  let isEarly = true;

  const refuse = (word: string, other: string | null, otherWord: string | null): Error =>
    holdFile('encoding-doubtful', {
      doubt: 'declared',
      encoding,
      value: quote(word),
      other,
      otherValue: otherWord === null ? null : quote(otherWord),
    });

  const assertWords = (share: number): void => {
    const bytes = words.all();
    const read = wordsIn(bytes, encoding);
    // An undefined byte is told with its line when it is decoded.
    if (read === null) return;
    const noWords = read.flatMap((word, index) => (isNoWord(word) ? [index] : []));
    if (noWords.length <= read.length * share) return;
    const hint = hintEncoding(bytes, [encoding]);
    const at = noWords[0] ?? 0;
    const inHint = hint === null ? null : wordAs(bytes[at] ?? '', hint.encoding);
    throw refuse(read[at] ?? '', hint?.encoding ?? null, inHint);
  };

  return {
    look(part) {
      words.look(part);
      if (!isEarly || words.size < WORDS_OF_EARLY_DOUBT) return;
      isEarly = false;
      assertWords(1 / 2);
    },
    explain(cause) {
      if (!(cause instanceof FileHold) || cause.code !== 'byte-undecodable') return cause;
      const { byte, line } = cause.values;
      const hint = hintEncoding(words.all(), [encoding]);
      if (hint === null || typeof byte !== 'string' || typeof line !== 'number') return cause;
      const values = { encoding, byte, line, other: hint.encoding, value: quote(hint.word) };
      return holdFile('encoding-doubtful', { doubt: 'declared-byte', ...values }, { line });
    },
    confirm() {
      const bytes = words.all();
      if (bytes.length === 0) return;
      assertWords(NO_WORD_SHARE);
      const read = wordsIn(bytes, encoding);
      if (read === null) return;
      const reading = priceAnywhere(encoding, read);
      const better = findBetter(reading, bytes, [...detectable, ...nameable], LEAST_DOUBT);
      if (better === null) return;
      const at = tellingWord(reading, better);
      throw refuse(reading.words[at] ?? '', better.encoding, better.words[at] ?? '');
    },
  };
};
