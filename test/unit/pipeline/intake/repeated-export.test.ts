// The same bytes dropped again: a repetition of the newest file, an older file that was overtaken, or neither.
import { earlierFiles } from '../../../../shared/pipeline/intake/earlier-files';
import { findRepeated } from '../../../../shared/pipeline/intake/repeated-export';
import type { RunState } from '../../../../shared/run/run';
import { LIVE_STATES, RUN_STATES } from '../../../../shared/run/run';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { putRun, runOf, SOURCE } from '../contoso';

const RUN = runOf('r9', { state: 'checking' });
const find = async (pipeline: MemoryPipeline): Promise<string | null> =>
  findRepeated(pipeline, await earlierFiles(pipeline, RUN)(), 'same');

test.each(RUN_STATES)('the newest file before it had the same bytes and is %s', async (state: RunState) => {
  const pipeline = await memoryPipeline();
  putRun(pipeline, 'r1', { state, sha256: 'same' });
  expect(await find(pipeline)).toBe(LIVE_STATES.includes(state) ? 'r1' : null);
  // No people need to be compared for that.
  expect(pipeline.files.calls.made).toEqual([]);
});
test('a run parked before it was read does not count as the newest', async () => {
  const pipeline = await memoryPipeline();
  putRun(pipeline, 'r1', { state: 'settled', sha256: 'same' });
  putRun(pipeline, 'r2', { state: 'parked', job: null });
  expect(await find(pipeline)).toBe('r1');
});
test('of several with the same bytes the newest counts', async () => {
  const pipeline = await memoryPipeline();
  putRun(pipeline, 'r1', { state: 'settled', sha256: 'same' });
  putRun(pipeline, 'r2', { state: 'settled', sha256: 'same' });
  expect(await find(pipeline)).toBe('r2');
});
test('a first file, a file with other bytes, one of another source and a newer one are not repetitions', async () => {
  const pipeline = await memoryPipeline();
  expect(await find(pipeline)).toBeNull();
  putRun(pipeline, 'r1', { state: 'settled', sha256: 'other' });
  putRun(pipeline, 'r2', { state: 'settled', sha256: 'same', source: 'fabrikam-hr' });
  putRun(pipeline, 'r95', { state: 'settled', sha256: 'same' });
  expect(await find(pipeline)).toBeNull();
});

describe('an older file with the same bytes', () => {
  test('is held if a newer one has since carried one of its people; the values name both files and their times', async () => {
    const pipeline = await memoryPipeline();
    const arrivedAt = Date.UTC(2026, 10, 20, 9, 30, 15);
    putRun(pipeline, 'r1', { state: 'settled', sha256: 'same', people: ['p1', 'p2'], arrivedAt });
    putRun(pipeline, 'r2', { state: 'settled', sha256: 'other', people: ['p2', 'p3'] });
    const hold = find(pipeline);
    await expect(hold).rejects.toMatchObject({ name: 'FileHold', code: 'older-file-again' });
    await expect(hold).rejects.toMatchObject({
      values: {
        name: { quote: 'people-r1.csv' },
        arrivedAt,
        newerName: { quote: 'people-r2.csv' },
        newerArrivedAt: Date.parse('2026-11-21T00:00:00Z'),
        inDoubt: false,
      },
    });
  });
  test('is neither a repetition nor held if none of its people was carried since', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { state: 'settled', sha256: 'same', people: ['p1', 'p2'] });
    putRun(pipeline, 'r2', { state: 'settled', sha256: 'other', people: ['p3'] });
    expect(await find(pipeline)).toBeNull();
  });
  test.each(['r1', 'r2'])(
    'is held if retention has taken the people of %s: then who was in it is not known',
    async (gone) => {
      const pipeline = await memoryPipeline();
      putRun(pipeline, 'r1', { state: 'settled', sha256: 'same', people: ['p1'] });
      putRun(pipeline, 'r2', { state: 'settled', sha256: 'other', people: ['p3'] });
      pipeline.files.remove({ source: SOURCE, run: gone }, 'people.idx');
      await expect(find(pipeline)).rejects.toMatchObject({ code: 'older-file-again', values: { inDoubt: true } });
    },
  );
  test('is held if a full file has arrived since, whoever is in it', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { state: 'settled', sha256: 'same', people: ['p1'] });
    putRun(pipeline, 'r2', { state: 'settled', sha256: 'other', content: 'full', people: ['p3'] });
    await expect(find(pipeline)).rejects.toMatchObject({ code: 'older-file-again' });
  });
  test('is held by the first newer file with one of its people, even if that is not the next one', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { state: 'settled', sha256: 'same', people: ['p1'] });
    putRun(pipeline, 'r2', { state: 'settled', sha256: 'other', people: ['p3'] });
    putRun(pipeline, 'r3', { state: 'settled', sha256: 'third', people: ['p1'] });
    await expect(find(pipeline)).rejects.toMatchObject({ values: { newerName: { quote: 'people-r3.csv' } } });
  });
  test('is compared with what came after its newest appearance only', async () => {
    const pipeline = await memoryPipeline();
    putRun(pipeline, 'r1', { state: 'settled', sha256: 'same', people: ['p1'] });
    putRun(pipeline, 'r2', { state: 'settled', sha256: 'other', people: ['p1'] });
    putRun(pipeline, 'r3', { state: 'settled', sha256: 'same', people: ['p1'] });
    putRun(pipeline, 'r4', { state: 'settled', sha256: 'other', people: ['p4'] });
    expect(await find(pipeline)).toBeNull();
  });
});
