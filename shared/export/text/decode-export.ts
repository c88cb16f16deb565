// The bytes of an export → its text. The encoding may stay open while everything is ASCII; it is settled at the first byte that is not.
import { quote } from '../../core/message';
import { isAscii } from 'node:buffer';
import type { Peeked } from '../bytes/peek';
import { encodingSampleBytes } from '../export-limits';
import { holdFile } from '../hold-file';
import { watchDeclared, type WatchedEncoding } from './declared-encoding';
import { createDecoder, type TextDecoderOfParts } from './decoder';
import { withoutEndMark } from './end-mark';
import { settleFromSample, settleFromStart, type SettledEncoding } from './settle-encoding';

/** The text in parts, and what is known about its encoding so far (final when the text has ended). */
export interface DecodedExport {
  readonly text: AsyncIterable<string>;
  readonly encoding: () => SettledEncoding;
  /** For a detected encoding: up to three values with letters above ASCII, as they were read. */
  readonly samples: () => readonly string[];
  /**
   * To be called when all records are read: throws `encoding-doubtful` if the words are not those of the declared encoding. Not before, because
   * damage is told with its line.
   */
  readonly confirm: () => void;
  /** True if the text so far has a `?` and not one letter above ASCII: a program may have written `?` for those that it could not write. */
  readonly mayHaveLostLetters: () => boolean;
}

/** Sample values shown for a detected encoding. */
const maxSamples = 3;
/** Characters of a value shown on each side of its first letter above ASCII. */
const maxSampleSide = 30;
const letter = /[\u00aa-\u024f\u0370-\uffff]/g;
const letterAboveAscii = /(?![\0-\x7f])\p{L}/u;
const QUESTION_MARK = 0x3f;
const border = /[\r\n,;|\t"{}[\]]/;

// A symbol within a word, as a letter looks when it is read in a wrong encoding: Wa³êsa.
const signInWord =
  /[A-Za-z\u00c0-\u024f]{2}[\u00a4\u00a6\u00a8\u00a9\u00ac\u00ae\u00af\u00b1-\u00b4\u00b6\u00b8\u00b9\u00bc-\u00be\u00d7\u00f7][a-z\u00df-\u024f]{2}/;

const collectSamples = (text: string, into: string[]): void => {
  letter.lastIndex = 0;
  for (let found = letter.exec(text); found !== null && into.length < maxSamples; found = letter.exec(text)) {
    const before =
      text
        .slice(Math.max(0, found.index - maxSampleSide), found.index)
        .split(border)
        .at(-1) ?? '';
    const after = text.slice(found.index, found.index + maxSampleSide).split(border)[0] ?? '';
    const shown = (before + after).trim();
    if (!into.includes(shown)) into.push(shown);
    letter.lastIndex = found.index + after.length;
  }
};

interface Sample {
  readonly parts: readonly Buffer[];
  /** True if nothing follows. */
  readonly isRest: boolean;
}

const gatherSample = async (first: Buffer, iterator: AsyncIterator<Buffer>): Promise<Sample> => {
  const parts = [first];
  let size = first.length;
  while (size < encodingSampleBytes) {
    const more = await iterator.next();
    if (more.done === true) return { parts, isRest: true };
    parts.push(more.value);
    size += more.value.length;
  }
  return { parts, isRest: false };
};

/** Decodes strictly: throws holds for undecodable bytes, a wrong declared encoding, and an encoding that remains in doubt. */
export const decodeExport = (bytes: Peeked<Buffer>, declared: string | null): DecodedExport => {
  const start = settleFromStart(Buffer.concat(bytes.head), declared);
  const samples: string[] = [];
  const declaredWatch = start?.how === 'declared' ? watchDeclared(start.encoding) : null;
  let settled = start;
  let hasQuestionMark = false;
  let hasLetter = false;

  const noteSigns = (bytes: Buffer, text: string): void => {
    if (hasLetter) return;
    hasQuestionMark ||= bytes.includes(QUESTION_MARK);
    // In UTF-16 a letter may be made of two bytes that are ASCII.
    const isPlain = isAscii(bytes) && text.length === bytes.length;
    hasLetter = !isPlain && letterAboveAscii.test(text);
  };

  const decodePart = (decoder: TextDecoderOfParts, part: Buffer): string => {
    declaredWatch?.look(part);
    try {
      return decoder.decode(part);
    } catch (cause) {
      throw declaredWatch?.explain(cause) ?? cause;
    }
  };

  async function* decode(): AsyncGenerator<string> {
    const iterator = bytes.all[Symbol.asyncIterator]();
    let watch: WatchedEncoding | null = null;
    let skip = start?.markBytes ?? 0;
    let decoder = start === null ? null : createDecoder(start.encoding);
    let line = 1;
    try {
      for (;;) {
        const next = await iterator.next();
        if (next.done === true) break;
        let part = next.value;
        if (skip > 0) {
          const taken = Math.min(skip, part.length);
          skip -= taken;
          part = part.subarray(taken);
        }
        let sample: readonly Buffer[] | null = null;
        if (decoder === null) {
          if (isAscii(part)) {
            const text = part.toString('latin1');
            for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) line++;
            noteSigns(part, text);
            yield text;
            continue;
          }
          const gathered = await gatherSample(part, iterator);
          settled = settleFromSample(Buffer.concat(gathered.parts), gathered.isRest, line);
          decoder = createDecoder(settled.encoding);
          watch = settled.legacy ?? null;
          sample = gathered.parts;
        }
        // The sample is decoded part by part too: records that are read together stay in memory together.
        for (const one of sample ?? [part]) {
          const text = decodePart(decoder, one);
          if (sample === null) watch?.look(one);
          if (settled?.how === 'detected' && sample === null && signInWord.test(text)) {
            throw holdFile('encoding-doubtful', {
              doubt: 'odd-later',
              encoding: settled.encoding,
              value: quote(signInWord.exec(text)?.[0] ?? ''),
            });
          }
          if (samples.length < maxSamples && settled?.how === 'detected') collectSamples(text, samples);
          noteSigns(one, text);
          if (text.length > 0) yield text;
        }
      }
      const tail = decoder?.end() ?? '';
      if (tail.length > 0) yield tail;
      watch?.confirm();
    } finally {
      await iterator.return?.();
    }
  }

  return {
    text: withoutEndMark(decode()),
    encoding: () => settled ?? { encoding: 'utf-8', how: 'valid-utf-8', markBytes: 0 },
    samples: () => samples,
    confirm: () => declaredWatch?.confirm(),
    mayHaveLostLetters: () => hasQuestionMark && !hasLetter,
  };
};
