// The records of many people: every one that is there, none that is another's, and as few reads as their places allow.
import fc from 'fast-check';
import { loadHash64 } from '../../../../shared/core/hash';
import { lastRecords, type RecordPointer } from '../../../../shared/pipeline/records/last-records';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { SOURCE } from '../contoso';

const lineOf = (id: string): string => JSON.stringify({ schemas: [], externalId: id, active: true });

/** A file of people, and the pointers to them. */
async function filed(run: string, ids: readonly string[]) {
  const hash = await loadHash64();
  let offset = 0;
  const pointers = ids.map((id): RecordPointer => {
    const bytes = Buffer.byteLength(lineOf(id));
    const pointer = { idHash: hash(id.toLowerCase()), run, offset, bytes, recordHash: hash(lineOf(id)) };
    offset += bytes + 1;
    return pointer;
  });
  return { text: ids.map((id) => `${lineOf(id)}\n`).join(''), pointers };
}
const idsOf = async (found: AsyncIterable<readonly [RecordPointer, { readonly externalId: string } | null]>) => {
  const ids: (string | null)[] = [];
  for await (const [, user] of found) ids.push(user?.externalId ?? null);
  return ids;
};

test('for any choice of people of any runs, in any order: each once, one read per file', async () => {
  const pipeline = await memoryPipeline();
  const files = { r1: await filed('r1', ['a1', 'å2', 'a3', 'a4']), r2: await filed('r2', ['b1', 'b2', 'b3']) };
  for (const [run, { text }] of Object.entries(files)) pipeline.files.put({ source: SOURCE, run }, 'users.jsonl', text);
  const everybody = [...files.r1.pointers, ...files.r2.pointers];
  const names = ['a1', 'å2', 'a3', 'a4', 'b1', 'b2', 'b3'];
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(everybody.map((_, at) => at)), async (places) => {
      const reads = pipeline.files.calls.count('readRange');
      const chosen = places.flatMap((at) => everybody[at] ?? []);
      const found = await idsOf(lastRecords(pipeline, SOURCE, chosen));
      expect(found).toEqual(places.sort((a, b) => a - b).map((at) => names[at]));
      expect(pipeline.files.calls.count('readRange') - reads).toBe(new Set(chosen.map(({ run }) => run)).size);
    }),
  );
});

test('people who are far apart in a large file are read apart', async () => {
  const pipeline = await memoryPipeline();
  const { text, pointers } = await filed('r1', ['a1', 'a2']);
  const gap = 5 * 1024 * 1024;
  const [first, second] = pointers;
  const [a1 = '', a2 = ''] = text.split('\n');
  pipeline.files.put({ source: SOURCE, run: 'r1' }, 'users.jsonl', `${a1}\n${'x'.repeat(gap)}\n${a2}\n`);
  const moved = { ...second!, offset: second!.offset + gap + 1 };
  expect(await idsOf(lastRecords(pipeline, SOURCE, [moved, first!]))).toEqual(['a1', 'a2']);
  expect(pipeline.files.calls.count('readRange')).toBe(2);
});

test('a file that is gone, a record that was changed, a record of another person: no record', async () => {
  const pipeline = await memoryPipeline();
  const { text, pointers } = await filed('r1', ['a1', 'a2', 'a3']);
  pipeline.files.put({ source: SOURCE, run: 'r1' }, 'users.jsonl', text.replace('"active":true', '"active":null'));
  const [one, two, three] = pointers;
  const gone = { ...one!, run: 'r0' };
  const others = { ...three!, idHash: two!.idHash };
  expect(await idsOf(lastRecords(pipeline, SOURCE, [one!, two!, others, gone]))).toEqual([null, null, 'a2', null]);
});
