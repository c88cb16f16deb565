// People indexes are kept while they are in use: how often each is loaded, which are dropped, and that a failure is not kept.
import { RollcallError } from '../../../shared/core/errors';
import { loadHash64 } from '../../../shared/core/hash';
import { encodePeopleIndex } from '../../../shared/people/people-index';
import { PeopleIndexes } from '../../../shared/run/people-indexes';
import { MemoryRunFiles } from '../memory/memory-run-files';

/** Indexes of this many runs, `r1` …; each carries one person, named like the run. */
async function indexesOf(runs: number) {
  const hash = await loadHash64();
  const files = new MemoryRunFiles({ bytesOf: () => null });
  const key = (run: number | string) => ({ source: 'contoso-hr', run: `r${run}`, readBy: '' as const });
  const put = (run: number): void =>
    files.put(key(run), 'people.idx', encodePeopleIndex([{ idHash: hash(`r${run}`), recordHash: 1n, batch: run }]));
  for (let run = 1; run <= runs; run++) put(run);
  const indexes = new PeopleIndexes(files, hash);
  const load = async (...order: readonly number[]): Promise<void> => {
    for (const run of order) await indexes.of(key(run));
  };
  const loads = (run: number): number => files.calls.count('readWhole', `contoso-hr/r${run}/people.idx`);
  return { indexes, files, key, put, load, loads, hash };
}
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

test('an index knows the people of its run and no others', async () => {
  const { indexes, key } = await indexesOf(2);
  const index = await indexes.of(key(2));
  expect(index.find('r2')).toEqual({ batch: '000002', recordHash: 1n });
  expect(index.find('r1')).toBeNull();
});

test('it is loaded once, even if asked for several times at once', async () => {
  const { indexes, key, loads, files } = await indexesOf(1);
  const [one, other] = await Promise.all([indexes.of(key(1)), indexes.of(key(1))]);
  expect(one).toBe(other);
  await indexes.of(key(1));
  expect(loads(1)).toBe(1);
  expect(files.calls.made).toHaveLength(1);
});

test('runs of two sources are kept apart', async () => {
  const { indexes, files, hash } = await indexesOf(1);
  const other = { source: 'fabrikam-hr', run: 'r1', readBy: '' as const };
  files.put(other, 'people.idx', encodePeopleIndex([{ idHash: hash('p1'), recordHash: 1n, batch: 1 }]));
  expect((await indexes.of({ ...other, source: 'contoso-hr' })).find('p1')).toBeNull();
  expect((await indexes.of(other)).find('p1')).not.toBeNull();
});

test('sixteen are kept', async () => {
  const { load, loads } = await indexesOf(16);
  await load(...upTo(16), ...upTo(16));
  expect(upTo(16).map(loads)).toEqual(upTo(16).map(() => 1));
});

test('of seventeen only the least recently used one is dropped', async () => {
  const { load, loads } = await indexesOf(17);
  await load(...upTo(16), 1, 17);
  await load(17, 1, ...upTo(16).slice(2));
  expect(upTo(17).map(loads)).toEqual(upTo(17).map(() => 1));
  await load(2);
  expect(loads(2)).toBe(2);
});

test('a missing index is reported, and looked for again the next time', async () => {
  const { indexes, key, put, loads } = await indexesOf(0);
  await expect(indexes.of(key(1))).rejects.toMatchObject({
    code: 'run-file-missing',
    disposition: 'retry',
    message: 'the people index of run r1 is missing',
  });
  put(1);
  expect((await indexes.of(key(1))).find('r1')).not.toBeNull();
  expect(loads(1)).toBe(2);
});

test('a load that failed does not cost another index its place', async () => {
  const { indexes, files, key, load, loads } = await indexesOf(15);
  await load(...upTo(15));
  const fault = new RollcallError('storage-blob', 'retry', 'blob storage answered 503');
  files.calls.before = () => Promise.reject(fault);
  await expect(indexes.of(key(99))).rejects.toBe(fault);
  await expect(indexes.of(key(98))).rejects.toBe(fault);
  files.calls.before = () => undefined;
  await load(...upTo(15));
  expect(upTo(15).map(loads)).toEqual(upTo(15).map(() => 1));
});
