// Lines of a JSON-lines file, wherever the bytes were cut on their way.
import * as fc from 'fast-check';
import { readLines } from '../../../shared/storage/read-lines';

async function* cut(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    yield await Promise.resolve(new Uint8Array(bytes.subarray(at, at + size)));
    at += size;
  }
  if (at < bytes.length) yield bytes.subarray(at);
}
const linesOf = async (text: string, sizes: readonly number[] = []): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of readLines(cut(Buffer.from(text), sizes))) lines.push(line);
  return lines;
};
// Letters of one to four bytes, and line ends that do not count here.
const anyLine = fc.string({ unit: fc.constantFrom('a', '"', 'é', '漢', '🙂', '\r', '\u2028', '\u2029', '\u0085') });

test('for any lines and any cuts, even in the middle of a letter, the lines are read as they were written', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyLine), fc.array(fc.nat(7)), async (lines, sizes) => {
      expect(await linesOf(lines.map((line) => `${line}\n`).join(''), sizes)).toEqual(lines);
    }),
  );
});
test('only LF ends a line: U+2028, U+2029, NEL and CR are part of a line', async () => {
  expect(await linesOf('a\u2028b\u2029c\u0085d\re\nf')).toEqual(['a\u2028b\u2029c\u0085d\re', 'f']);
});
test('a last line without LF counts, an empty rest does not', async () => {
  expect(await linesOf('a\nb')).toEqual(['a', 'b']);
  expect(await linesOf('a\n\n')).toEqual(['a', '']);
  expect(await linesOf('')).toEqual([]);
});
test('a chunk that the sender reuses afterwards does no harm', async () => {
  const shared = Buffer.alloc(3);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (const text of ['ab\n', 'cd\n']) {
      shared.write(text);
      yield await Promise.resolve(shared);
    }
  }
  const lines: string[] = [];
  for await (const line of readLines(chunks())) lines.push(line);
  expect(lines).toEqual(['ab', 'cd']);
});
