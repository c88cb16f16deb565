// One person in the roster: the record that Entra was confirmed to hold, or why it cannot be shown; and what was sent in vain since.
import { findInRosters } from '../../../../shared/pipeline/roster/find-in-roster';
import { noteInRoster } from '../../../../shared/pipeline/reconcile/note-in-roster';
import { dayOf } from '../../../../shared/roster/roster-entry';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { doneRow, HOUR, NOW, over, R1, R2, SOURCE } from '../told-ledger';

const TODAY = dayOf(NOW - HOUR);
const find = async (pipeline: MemoryPipeline, id: string) =>
  (await findInRosters({ ...pipeline, ...pipeline.ledger }, id, SOURCE))[0];

test('by the id in any spelling: the day, the run, the record itself', async () => {
  const pipeline = await memoryPipeline();
  await noteInRoster(pipeline, over(pipeline, R1, [doneRow(1), doneRow(2), doneRow(3)]));
  expect(await find(pipeline, 'P2')).toMatchObject({
    source: SOURCE,
    trouble: null,
    person: {
      entry: { run: R1, active: true, confirmedOn: TODAY, unconfirmed: null },
      record: { kind: 'record', user: { externalId: 'p2', userName: 'p2' } },
      missingSince: null,
    },
  });
  expect(await find(pipeline, 'p9')).toEqual({ source: SOURCE, person: null, trouble: null });
});

test('what was sent in vain since is beside what was confirmed before', async () => {
  const pipeline = await memoryPipeline();
  await noteInRoster(pipeline, over(pipeline, R1, [doneRow(1)]));
  await noteInRoster(pipeline, over(pipeline, R2, [doneRow(1, { verdict: 'failed' })]));
  expect((await find(pipeline, 'p1'))?.person?.entry).toMatchObject({
    run: R1,
    unconfirmed: { run: R2, why: 'failed', tries: 1, day: TODAY },
  });
});

test('a record whose file retention took is gone, and the entry is shown all the same', async () => {
  const pipeline = await memoryPipeline();
  const run = over(pipeline, R1, [doneRow(1)]);
  await noteInRoster(pipeline, run);
  pipeline.files.remove(run, 'users.jsonl');
  expect((await find(pipeline, 'p1'))?.person).toMatchObject({ entry: { run: R1 }, record: { kind: 'deleted' } });
});

test('another record at that place is never shown as that of the person', async () => {
  const pipeline = await memoryPipeline();
  const run = over(pipeline, R1, [doneRow(1)]);
  await noteInRoster(pipeline, run);
  pipeline.files.put(run, 'users.jsonl', (pipeline.files.peek(run, 'users.jsonl') ?? '').replaceAll('p1', 'p8'));
  expect((await find(pipeline, 'p1'))?.person?.record).toEqual({ kind: 'other' });
});

test('nor is that of another person whose id has the same hash', async () => {
  const pipeline = await memoryPipeline();
  await noteInRoster(pipeline, over(pipeline, R1, [doneRow(1)]));
  const collide = (content: string | Uint8Array) => pipeline.hash(content === 'p7' ? 'p1' : content);
  const [found] = await findInRosters({ ...pipeline, ...pipeline.ledger, hash: collide }, 'p7', SOURCE);
  expect(found?.person?.record).toEqual({ kind: 'other' });
});

test('nothing is said of a person before the whole file was found sound', async () => {
  const pipeline = await memoryPipeline();
  await noteInRoster(pipeline, over(pipeline, R1, [doneRow(1)]));
  const pin = (await pipeline.rosters.current(SOURCE))!.value;
  pipeline.rosters.spoil(pin, (content) => content.fill(0, content.length - 4));
  expect(await find(pipeline, 'p1')).toEqual({ source: SOURCE, person: null, trouble: 'roster-damaged' });
});
