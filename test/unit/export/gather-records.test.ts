// Raw records in chunks: damage that is split by the border between two parts of the text, and what bounds a chunk and a file.
import { FileHold } from '../../../shared/core/errors';
import { charsPerChunk } from '../../../shared/export/export-limits';
import { gatherRecords, readRawRecords, type RawChunk } from '../../../shared/export/gather-records';

// eslint-disable-next-line @typescript-eslint/require-await -- the parts of a test are there at once
async function* inParts(parts: readonly string[]): AsyncGenerator<string> {
  yield* parts;
}

/** Says of every line whether its chunk needs a closer look. */
const suspectsOf = async (parts: readonly string[]): Promise<readonly boolean[]> => {
  let open = '';
  const reader = {
    push(text: string, into: string[]): void {
      const lines = (open + text).split('\n');
      open = lines.pop() ?? '';
      into.push(...lines);
    },
    end(into: string[]): void {
      if (open !== '') into.push(open);
    },
  };
  const suspects: boolean[] = [];
  for await (const chunk of readRawRecords(inParts(parts), reader))
    suspects.push(...chunk.records.map(() => chunk.suspicious));
  return suspects;
};

describe('text in parts', () => {
  test.each([
    ['within one part', ['a\n', 'JosÃ©\n', 'b\n', 'c\n']],
    ['between two parts', ['a\n', 'JosÃ', '©\n', 'b\n', 'c\n']],
    ['between two parts with nothing in between', ['a\n', 'JosÃ', '', '©\n', 'b\n', 'c\n']],
    ['between parts of which the second completes nothing', ['a\n', 'JosÃ', '©', '\n', 'b\n', 'c\n']],
  ])('is suspicious if it holds damaged letters %s', async (_, parts) => {
    const suspects = await suspectsOf(parts);
    expect(suspects.slice(0, 2)).toEqual([false, true]);
    // A record that began in the suspicious part may end in the next one.
    expect(suspects.at(-1)).toBe(false);
  });

  test('is not suspicious because one part ends and the next begins with a letter', async () => {
    expect(await suspectsOf(['a\nJOÃ', 'O\n', 'b\n'])).toEqual([false, false, false]);
  });
});

describe('records', () => {
  // eslint-disable-next-line @typescript-eslint/require-await -- the chunks of a test are there at once
  async function* chunksOf(...chars: readonly number[]): AsyncGenerator<RawChunk<number>> {
    for (const [at, each] of chars.entries()) yield { records: [at], chars: each, suspicious: false };
  }
  const gathered = async (chars: readonly number[], most?: number): Promise<readonly number[]> => {
    const sizes: number[] = [];
    const records = gatherRecords(chunksOf(...chars), (_, row) => ({ kind: 'csv', row, line: row, cells: [] }), most);
    for await (const chunk of records) sizes.push(chunk.length);
    return sizes;
  };

  test('are handed on after so much text, however few they are', async () => {
    expect(await gathered([1, 2, 3])).toEqual([3]);
    expect(await gathered([charsPerChunk, charsPerChunk, 1, charsPerChunk])).toEqual([1, 1, 2]);
  });
  test('end with a hold when a file has more than may be read', async () => {
    expect(await gathered([1, 1, 1], 3)).toEqual([3]);
    const held = gathered([1, 1, 1], 2);
    await expect(held).rejects.toBeInstanceOf(FileHold);
    await expect(held).rejects.toMatchObject({ code: 'file-of-too-many-rows', values: { maxRows: 2 } });
  });
});
