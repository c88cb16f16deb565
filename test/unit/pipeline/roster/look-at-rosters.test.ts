// The roster in numbers: everybody counted once, and a roster that cannot be read told beside the others.
import { lookAtRosters } from '../../../../shared/pipeline/roster/look-at-rosters';
import { noteInRoster } from '../../../../shared/pipeline/reconcile/note-in-roster';
import { dayOf } from '../../../../shared/roster/roster-entry';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { settingsOf } from '../contoso';
import { doneRow, HOUR, NOW, over, R1, R2, R3, SOURCE } from '../told-ledger';

const TODAY = dayOf(NOW - HOUR);
const look = (pipeline: MemoryPipeline, source: string | null = null) =>
  lookAtRosters({ ...pipeline, ...pipeline.ledger }, source);
const countsOf = async (pipeline: MemoryPipeline) => (await look(pipeline))[0]?.counts;
const full = { content: 'full' } as const;

test('everybody is counted once: confirmed, never confirmed, sent in vain since, missing', async () => {
  const pipeline = await memoryPipeline();
  const first = over(pipeline, R1, [doneRow(1), doneRow(2), doneRow(3), doneRow(4, { verdict: 'failed' })], full);
  await noteInRoster(pipeline, first);
  const gone = over(pipeline, R2, [doneRow(1), doneRow(2, { verdict: 'skipped' }), doneRow(4, { verdict: 'failed' })], {
    ...full,
  });
  await noteInRoster(pipeline, gone);
  const pin = (await pipeline.rosters.current(SOURCE))?.value;
  expect(await look(pipeline)).toEqual([
    {
      source: SOURCE,
      trouble: null,
      counts: {
        ...{ name: pin?.name, bytes: pin?.bytes, writtenAt: NOW },
        ...{ people: 4, active: 3, inactive: 0, neverConfirmed: 1, oldestConfirmation: TODAY },
        unconfirmed: { 'not-seen': 0, failed: 1, skipped: 1, 'manager-not-resolved': 0 },
        epochs: [{ epoch: expect.objectContaining({ job: expect.any(String) as string }) as object, people: 4 }],
        settings: 'unusable',
        missing: [{ since: TODAY, people: 1 }],
        dates: null,
      },
    },
  ]);
});

test('inactive people, and the oldest confirmation', async () => {
  const pipeline = await memoryPipeline();
  const older = over(pipeline, R1, [doneRow(1, { sentAt: [NOW - 50 * HOUR] }), doneRow(2)]);
  const users = pipeline.files.peek(older, 'users.jsonl') ?? '';
  pipeline.files.put(older, 'users.jsonl', users.replace('"active":true', '"active":false'));
  await noteInRoster(pipeline, older);
  expect(await countsOf(pipeline)).toMatchObject({
    oldestConfirmation: dayOf(NOW - 50 * HOUR),
    active: 1,
    inactive: 1,
  });
});

test.each([
  ['of the newest epoch', [settingsOf(), settingsOf()], settingsOf(), 'newest', [0, 1]],
  ['of none that was sent', [settingsOf()], settingsOf({}, { id: 'Other' }), 'other', [1]],
  ['of an older one', [settingsOf(), settingsOf({}, { id: 'Other' })], settingsOf(), 'other', [0, 1]],
  ['unusable', [settingsOf()], '{', 'unusable', [1]],
])('the settings of the source are %s', async (_, sent, now, said, people) => {
  const pipeline = await memoryPipeline();
  for (const [at, settings] of sent.entries()) {
    const run = over(pipeline, [R1, R2][at] ?? R3, [doneRow(1)]);
    pipeline.files.put(run, 'source.json', JSON.stringify(settings));
    await noteInRoster(pipeline, run);
  }
  pipeline.sources.put(SOURCE, now);
  const counts = await countsOf(pipeline);
  expect(counts?.settings).toBe(said);
  expect(counts?.epochs.map((one) => one.people)).toEqual(people.slice(-(counts?.epochs.length ?? 0)));
});

test('a source that has settled nothing has no roster yet, and one that nobody knows has none either', async () => {
  const pipeline = await memoryPipeline();
  over(pipeline, R1, [doneRow(1)]);
  expect(await look(pipeline)).toEqual([{ source: SOURCE, counts: null, trouble: null }]);
  expect(await look(pipeline, 'other')).toEqual([{ source: 'other', counts: null, trouble: null }]);
});

test('a roster that is damaged or gone is told, and the others are shown', async () => {
  const pipeline = await memoryPipeline();
  await noteInRoster(pipeline, over(pipeline, R1, [doneRow(1)]));
  const other = over(pipeline, R2, [doneRow(1)], { source: 'second' });
  pipeline.files.put(other, 'source.json', JSON.stringify(settingsOf({}, { name: 'second' })));
  await noteInRoster(pipeline, other);
  const pin = (await pipeline.rosters.current(SOURCE))!.value;
  pipeline.rosters.spoil(pin, (content) => content.subarray(0, content.length - 1));
  const second = { source: 'second', trouble: null, counts: expect.objectContaining({ people: 1 }) as object };
  expect(await look(pipeline)).toEqual([{ source: SOURCE, counts: null, trouble: 'roster-damaged' }, second]);
  pipeline.rosters.lose(pin);
  expect(await look(pipeline)).toEqual([{ source: SOURCE, counts: null, trouble: 'roster-missing' }, second]);
});

test('a fault of storage is no finding about a roster', async () => {
  const pipeline = await memoryPipeline();
  await noteInRoster(pipeline, over(pipeline, R1, [doneRow(1)]));
  pipeline.rosters.calls.before = ({ method }) => {
    if (method === 'read') throw new TypeError('no network');
  };
  await expect(look(pipeline)).rejects.toThrow('no network');
});
