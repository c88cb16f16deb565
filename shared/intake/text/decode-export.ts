// The bytes of an export → its text. While all is ASCII the encoding may stay open: it is settled at the first byte that is not.
import { isAscii } from 'node:buffer';
import type { Peeked } from '../bytes/peek';
import { encodingSampleBytes } from '../intake-limits';
import { createDecoder } from './decoder';
import { settleFromSample, settleFromStart, type SettledEncoding } from './settle-encoding';

/** The text in parts, and what is known about its encoding so far (final when the text has ended). */
export interface DecodedExport {
  readonly text: AsyncIterable<string>;
  readonly encoding: () => SettledEncoding;
  /** Up to three values of the file with letters above ASCII, as they were read. */
  readonly samples: () => readonly string[];
}

/** Sample values that are shown as proof. */
const maxSamples = 3;
const valueWithLetters = /[^\r\n,;|\t\"{}[\]]*[\u00aa-\u024f\u0370-\uffff][^\r\n,;|\t\"{}[\]]*/g;

const collectSamples = (text: string, into: string[]): void => {
  for (const [value] of text.matchAll(valueWithLetters)) {
    if (into.length >= maxSamples) return;
    const shown = value.trim().slice(0, 60);
    if (!into.includes(shown)) into.push(shown);
  }
};

/** Decodes strictly: throws holds for undecodable bytes, a declared encoding that is wrong, and doubtful ones. */
export const decodeExport = (bytes: Peeked<Buffer>, declared: string | null): DecodedExport => {
  const start = settleFromStart(Buffer.concat(bytes.head), declared);
  const samples: string[] = [];
  let settled = start;

  async function* decode(): AsyncGenerator<string> {
    const iterator = bytes.all[Symbol.asyncIterator]();
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
        if (decoder === null) {
          if (isAscii(part)) {
            const text = part.toString('latin1');
            for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) line++;
            yield text;
            continue;
          }
          const gathered = [part];
          let size = part.length;
          let rest = false;
          while (size < encodingSampleBytes) {
            const more = await iterator.next();
            if (more.done === true) {
              rest = true;
              break;
            }
            gathered.push(more.value);
            size += more.value.length;
          }
          part = Buffer.concat(gathered);
          settled = settleFromSample(part, rest, line);
          decoder = createDecoder(settled.encoding);
        }
        const text = decoder.decode(part);
        if (samples.length < maxSamples && text.length > 0) collectSamples(text, samples);
        if (text.length > 0) yield text;
      }
      const tail = decoder?.end() ?? '';
      if (tail.length > 0) yield tail;
    } finally {
      await iterator.return?.();
    }
  }

  return {
    text: decode(),
    encoding: () => settled ?? { encoding: 'utf-8', how: 'valid-utf-8', markBytes: 0 },
    samples: () => samples,
  };
};
