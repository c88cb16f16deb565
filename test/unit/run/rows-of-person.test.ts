// Where a person is in a run: which families are read, how often, and which rows are theirs.
import { loadHash64 } from '../../../shared/core/hash';
import { encodePeopleIndex } from '../../../shared/people/people-index';
import { PeopleIndexes } from '../../../shared/run/people-indexes';
import { rememberFamilies, rowsOfPerson } from '../../../shared/run/rows-of-person';
import { MemoryBatchStore } from '../memory/memory-batch-store';
import { MemoryRunFiles } from '../memory/memory-run-files';
import { batchOf, rowOf } from './made-batch';

const RUN = { source: 'contoso-hr', run: 'r1', readBy: '' as const };

/** p1 and p2 are packed into batch 1, p3 into batch 2; p2 was split off. */
async function stored() {
  const hash = await loadHash64();
  const files = new MemoryRunFiles({ bytesOf: () => null });
  const packed = [
    ['p1', 1],
    ['p2', 1],
    ['p3', 2],
  ] as const;
  const people = packed.map(([id, batch]) => ({ idHash: hash(id), recordHash: 1n, batch }));
  files.put(RUN, 'people.idx', encodePeopleIndex(people));
  const batches = new MemoryBatchStore();
  batches.put(
    batchOf([rowOf(1)], { ...RUN, batch: '000001' }),
    batchOf([rowOf(2)], { ...RUN, batch: '000001.1' }),
    batchOf([rowOf(3)], { ...RUN, batch: '000002' }),
  );
  return { batches, indexes: new PeopleIndexes(files, hash) };
}

test.each([
  ['p1', '000001', 1],
  ['p2', '000001.1', 2],
  ['p3', '000002', 3],
  [' P2', '000001.1', 2],
])('%s is found with the batch that holds the row now', async (id, batch, row) => {
  const { batches, indexes } = await stored();
  const found = await rowsOfPerson(batches, indexes, RUN, id);
  expect(found.map((one) => [one.batch.batch, one.row.row])).toEqual([[batch, row]]);
  expect(batches.calls.made).toEqual([{ method: 'family', key: `r1/${batch.slice(0, 6)}` }]);
});

test('a person whom the run does not carry costs no read of batches', async () => {
  const { batches, indexes } = await stored();
  expect(await rowsOfPerson(batches, indexes, RUN, 'p9')).toEqual([]);
  expect(batches.calls.made).toEqual([]);
});

test('for many people at one moment each family of each run is read once', async () => {
  const { batches } = await stored();
  const remembered = rememberFamilies(batches);
  const families = await Promise.all(
    [
      ['r1', '000001'],
      ['r1', '000001'],
      ['r1', '000002'],
      ['r2', '000001'],
    ].map(([run = '', batch = '']) => remembered.family(run, batch)),
  );
  expect(families.map((family) => family.length)).toEqual([2, 2, 1, 0]);
  await remembered.family('r1', '000002');
  expect(batches.calls.made.map(({ key }) => key)).toEqual(['r1/000001', 'r1/000002', 'r2/000001']);
});
