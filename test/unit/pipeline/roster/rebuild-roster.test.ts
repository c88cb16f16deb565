// A roster that is damaged or lost is made again from the runs that have ended: the same as before, and never with less caution.
import * as fc from 'fast-check';
import { noteInRoster } from '../../../../shared/pipeline/reconcile/note-in-roster';
import { rebuildRoster } from '../../../../shared/pipeline/roster/rebuild-roster';
import { loadRoster } from '../../../../shared/roster/read-roster';
import type { RosterPin } from '../../../../shared/roster/roster-store';
import type { RosterTable } from '../../../../shared/roster/roster-table';
import type { Run } from '../../../../shared/run/run';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { doneRow, over, putFiles, R1, R2, R3, runOf, SOURCE } from '../told-ledger';

const settled = { state: 'settled', content: 'full' } as const;
const pinOf = async (pipeline: MemoryPipeline): Promise<RosterPin> => (await pipeline.rosters.current(SOURCE))!.value;
async function rosterOf(pipeline: MemoryPipeline): Promise<RosterTable> {
  const pin = await pinOf(pipeline);
  return loadRoster(await pipeline.rosters.read(pin), SOURCE, pin.bytes);
}
const bytesOf = async (pipeline: MemoryPipeline) => {
  const { header, entries } = await rosterOf(pipeline);
  return [header, entries.toString('hex')];
};
const entryOf = async (pipeline: MemoryPipeline, id: string) => (await rosterOf(pipeline)).find(pipeline.hash(id));
const rebuild = (pipeline: MemoryPipeline) => rebuildRoster(pipeline, SOURCE, () => Promise.resolve());
const damage = async (pipeline: MemoryPipeline): Promise<void> => {
  pipeline.rosters.spoil(await pinOf(pipeline), (content) => content.subarray(0, content.length - 3));
};

/** Three settled runs: p1 changes, p2 fails, p3 goes missing. */
async function threeNights(pipeline: MemoryPipeline): Promise<readonly Run[]> {
  const runs = [
    over(pipeline, R1, [doneRow(1), doneRow(2), doneRow(3)], settled),
    over(pipeline, R2, [doneRow(1), doneRow(2, { verdict: 'failed' })], settled),
    over(pipeline, R3, [doneRow(1, { code: 'manager-not-resolved' }), doneRow(2, { verdict: 'failed' })], {
      ...settled,
      state: 'parked',
    }),
  ];
  for (const run of runs) await noteInRoster(pipeline, run);
  return runs;
}

test.each([
  ['damaged', damage],
  ['gone', async (pipeline: MemoryPipeline) => pipeline.rosters.lose(await pinOf(pipeline))],
])('a roster that is %s becomes what it was, byte for byte', async (_, spoil) => {
  const pipeline = await memoryPipeline();
  await threeNights(pipeline);
  const before = await bytesOf(pipeline);
  await spoil(pipeline);
  const told: unknown[] = [];
  const rebuilt = await rebuildRoster(pipeline, SOURCE, (...step) => {
    told.push(step);
    return Promise.resolve();
  });
  expect(await bytesOf(pipeline)).toEqual(before);
  expect(rebuilt).toEqual({
    ...{ source: SOURCE, people: 3, used: [R1, R2, R3], gone: [], passedOver: [] },
    ...{ replacedLost: true, isWritten: true },
  });
  expect(told).toEqual([
    [R1, 1, 3],
    [R2, 2, 3],
    [R3, 3, 3],
  ]);
});

test('a second time changes nothing, nor does it where nothing was lost', async () => {
  const pipeline = await memoryPipeline();
  await threeNights(pipeline);
  const before = await bytesOf(pipeline);
  expect(await rebuild(pipeline)).toMatchObject({ people: 3, replacedLost: false, isWritten: true });
  expect(await bytesOf(pipeline)).toEqual(before);
});

test('nothing older than a run whose files are gone is used: it may have sent the person something else', async () => {
  for (const file of ['users.jsonl', 'rows.jsonl', 'source.json'] as const) {
    const pipeline = await memoryPipeline();
    const [, second] = await threeNights(pipeline);
    await damage(pipeline);
    pipeline.files.remove(second!, file);
    expect(await rebuild(pipeline)).toMatchObject({ people: 2, used: [R3], gone: [R2], passedOver: [R1] });
    expect((await entryOf(pipeline, 'p2'))?.confirmedOn).toBeNull();
    expect(await entryOf(pipeline, 'p3')).toBeNull();
  }
});

test('a run without its batches counts as gone: it would look like one that sent nothing', async () => {
  const pipeline = await memoryPipeline();
  over(pipeline, R1, [doneRow(1)], settled);
  const second: Run = { ...runOf(R2, settled), batches: 1 };
  pipeline.ledger.runs.put(second);
  putFiles(pipeline, second, 1);
  over(pipeline, R3, [doneRow(2)], settled);
  expect(await rebuild(pipeline)).toMatchObject({ people: 1, used: [R3], gone: [R2], passedOver: [R1] });
});

test('where all files are gone, a damaged roster gives way to an empty one, and a missing one stays missing', async () => {
  const pipeline = await memoryPipeline();
  const runs = await threeNights(pipeline);
  for (const run of runs) pipeline.files.remove(run, 'users.jsonl');
  await damage(pipeline);
  expect(await rebuild(pipeline)).toMatchObject({ people: 0, gone: [R1, R2, R3], replacedLost: true });
  expect((await rosterOf(pipeline)).size).toBe(0);
  const other = await memoryPipeline();
  expect(await rebuild(other)).toMatchObject({ people: 0, used: [], isWritten: false });
  expect(await other.rosters.current(SOURCE)).toBeNull();
});

test('runs that have not ended, or that sent nothing, are not read', async () => {
  const pipeline = await memoryPipeline();
  over(pipeline, R1, [doneRow(1)], { ...settled, state: 'confirming' });
  over(pipeline, R2, [doneRow(2)], { ...settled, state: 'parked', job: null });
  expect(await rebuild(pipeline)).toMatchObject({ used: [], gone: [], isWritten: false });
});

test('a roster of a newer version is left alone', async () => {
  const pipeline = await memoryPipeline();
  await threeNights(pipeline);
  pipeline.rosters.spoil(await pinOf(pipeline), (content) =>
    Buffer.from(content.toString('latin1').replace('"version":1', '"version":2'), 'latin1'),
  );
  await expect(rebuild(pipeline)).rejects.toMatchObject({ code: 'roster-too-new' });
});

test('nobody sees it before it is whole: it is shown by one swap', async () => {
  const pipeline = await memoryPipeline();
  await threeNights(pipeline);
  await damage(pipeline);
  const swaps: string[] = [];
  pipeline.rosters.calls.before = ({ method }) => {
    if (method === 'commit') swaps.push(method);
  };
  await rebuild(pipeline);
  expect(swaps).toHaveLength(1);
});

test('a run that settles between the first look and the swap is not lost', async () => {
  const pipeline = await memoryPipeline();
  await threeNights(pipeline);
  await damage(pipeline);
  const run = '20261122T070000Z-0000000004';
  const steps: string[] = [];
  const rebuilt = await rebuildRoster(pipeline, SOURCE, (step) => {
    steps.push(step);
    if (steps.length === 3) over(pipeline, run, [doneRow(4)], settled);
    return Promise.resolve();
  });
  expect(rebuilt.used).toEqual([R1, R2, R3, run]);
  expect(await entryOf(pipeline, 'p4')).toMatchObject({ run });
});

test('if another run settles first, its people are joined with it', async () => {
  const pipeline = await memoryPipeline();
  over(pipeline, R1, [doneRow(1)], settled);
  const faster = over(pipeline, R2, [doneRow(2)], { ...settled, state: 'confirming' });
  const { rosters } = pipeline;
  const replace = rosters.replace.bind(rosters);
  rosters.replace = (source, old) => {
    rosters.replace = replace;
    const writer = replace(source, old);
    return {
      append: (bytes) => writer.append(bytes),
      commit: async () => {
        await noteInRoster(pipeline, faster);
        return writer.commit();
      },
    };
  };
  expect(await rebuild(pipeline)).toMatchObject({ used: [R1], replacedLost: false });
  expect([(await entryOf(pipeline, 'p1'))?.run, (await entryOf(pipeline, 'p2'))?.run]).toEqual([R1, R2]);
});

test('for any verdicts of any runs, what Entra is confirmed to hold is the same again', async () => {
  const row = fc.record({
    row: fc.integer({ min: 1, max: 5 }),
    verdict: fc.constantFrom('created' as const, 'failed' as const, 'skipped' as const, 'disabled' as const),
  });
  const nights = fc.array(fc.uniqueArray(row, { selector: (one) => one.row, minLength: 1 }), {
    minLength: 1,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(nights, async (all) => {
      const pipeline = await memoryPipeline();
      for (const [at, rows] of all.entries()) {
        const sorted = [...rows].sort((a, b) => a.row - b.row);
        const done = sorted.map((one) => doneRow(one.row, { verdict: one.verdict }));
        await noteInRoster(pipeline, over(pipeline, `20261121T07000${at}Z-000000000${at}`, done, settled));
      }
      const before = await bytesOf(pipeline);
      await damage(pipeline);
      await rebuild(pipeline);
      expect(await bytesOf(pipeline)).toEqual(before);
    }),
    { seed: 19, numRuns: 40 },
  );
});
