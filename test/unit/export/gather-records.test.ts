// Damage that is split by the border between two parts of the text.
import { readRawRecords } from '../../../shared/export/gather-records';

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
