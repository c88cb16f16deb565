// Reading the staged lines of a batch: which ranges are requested, and that each row gets its own bytes.
import { readUserLines, readUsers } from '../../../../shared/pipeline/deliver/read-user-lines';
import { newRow } from '../../../../shared/run/batch';
import { MemoryRunFiles } from '../../memory/memory-run-files';

const RUN = { source: 'contoso-hr', run: 'r1' };
const MAX_GAP = 64 * 1024;

/** A blob with the texts at their places, and the rows in the order given; `asked` are the ranges read. */
function placed(...texts: readonly (readonly [offset: number, text: string])[]) {
  const end = Math.max(0, ...texts.map(([offset, text]) => offset + Buffer.byteLength(text)));
  const blob = Buffer.alloc(end, '.');
  for (const [offset, text] of texts) blob.write(text, offset, 'utf8');
  const files = new MemoryRunFiles({ bytesOf: () => null });
  files.put(RUN, 'users.jsonl', blob);
  const asked: [number, number][] = [];
  const read = files.readRange.bind(files);
  files.readRange = (run, file, offset, bytes) => {
    asked.push([offset, bytes]);
    return read(run, file, offset, bytes);
  };
  const rows = texts.map(([offset, text], i) => newRow(i + 1, `p${i + 1}`, offset, Buffer.byteLength(text)));
  return { lines: () => readUserLines(files, RUN, rows), asked };
}

test('no rows: nothing is read', async () => {
  const { lines, asked } = placed();
  expect(await lines()).toEqual([]);
  expect(asked).toEqual([]);
});

test('neighbours are read together, in one range that ends with the last of them', async () => {
  const { lines, asked } = placed([10, 'first'], [16, 'second'], [40, 'third']);
  expect(await lines()).toEqual(['first', 'second', 'third']);
  expect(asked).toEqual([[10, 35]]);
});

test('lines come in the order of the rows, whatever the order of their places', async () => {
  const { lines, asked } = placed([900, 'c'], [100, 'a'], [500, 'b']);
  expect(await lines()).toEqual(['c', 'a', 'b']);
  expect(asked).toEqual([[100, 801]]);
});

test('a gap of 64 KiB is read too, a larger one is not', async () => {
  const along = placed([0, 'abc'], [3 + MAX_GAP, 'def']);
  expect(await along.lines()).toEqual(['abc', 'def']);
  expect(along.asked).toEqual([[0, MAX_GAP + 6]]);
  const apart = placed([0, 'abc'], [4 + MAX_GAP, 'def']);
  expect(await apart.lines()).toEqual(['abc', 'def']);
  expect(apart.asked).toEqual([
    [0, 3],
    [4 + MAX_GAP, 3],
  ]);
});

test('each gap counts by itself: neighbours with a large total gap are read together, groups one by one', async () => {
  const far = 10 * MAX_GAP;
  const { lines, asked } = placed([0, 'a'], [50_000, 'b'], [100_000, 'c'], [far, 'd'], [far + 5, 'e'], [2 * far, 'f']);
  expect(await lines()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(asked).toEqual([
    [0, 100_001],
    [far, 6],
    [2 * far, 1],
  ]);
});

test('offsets are bytes: multi-byte letters before and in a line do not shift it', async () => {
  const { lines } = placed([0, '{"n":"Zoë"}'], [13, '{"n":"吳"}'], [25, '{"n":"😀é"}']);
  expect(await lines()).toEqual(['{"n":"Zoë"}', '{"n":"吳"}', '{"n":"😀é"}']);
});

describe('users', () => {
  const files = new MemoryRunFiles({ bytesOf: () => null });
  const text = ['{"externalId":"p1"}', '{"externalId":"p2"}', '{"name":"p3"}', 'null', '{"externalId"'].join('\n');
  files.put(RUN, 'users.jsonl', text);
  const rowAt = (id: string, line: number) => {
    const lines = text.split('\n');
    const offset = lines.slice(0, line).join('\n').length + Math.min(line, 1);
    return newRow(line + 1, id, offset, lines[line]!.length);
  };
  test('are the lines, if each is of the person of its row', async () => {
    expect(await readUsers(files, RUN, [rowAt('p2', 1), rowAt('p1', 0)])).toEqual([
      '{"externalId":"p2"}',
      '{"externalId":"p1"}',
    ]);
  });
  test.each([
    ['of another person', 'p1', 1],
    ['of nobody', 'p3', 2],
    ['no user', 'p4', 3],
    ['cut', 'p5', 4],
  ])('are a fault if one is %s, and the fault names nobody', async (_, id, line) => {
    const read = readUsers(files, RUN, [rowAt('p1', 0), rowAt(id, line)]);
    await expect(read).rejects.toMatchObject({ code: 'user-line-differs', disposition: 'retry', run: RUN });
    await expect(read).rejects.not.toThrow(/p\d/);
  });
});
