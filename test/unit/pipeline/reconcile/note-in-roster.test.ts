// What a run writes into the roster of its source when it is over: whom Entra is confirmed to hold, who was sent in vain, who had a row.
import { foldId } from '../../../../shared/columns/id';
import { noteInRoster } from '../../../../shared/pipeline/reconcile/note-in-roster';
import { missingSince } from '../../../../shared/roster/compare-record';
import { loadRoster } from '../../../../shared/roster/read-roster';
import { dayOf } from '../../../../shared/roster/roster-entry';
import type { RosterTable } from '../../../../shared/roster/roster-table';
import type { Run } from '../../../../shared/run/run';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { batchOf, doneRow, HOUR, NOW, over, putFiles, putRun, R1, R2, rowOf, runOf, SOURCE } from '../told-ledger';

const TODAY = dayOf(NOW - HOUR);

async function rosterOf(pipeline: MemoryPipeline): Promise<RosterTable | null> {
  const pin = (await pipeline.rosters.current(SOURCE))?.value ?? null;
  return pin && loadRoster(await pipeline.rosters.read(pin), SOURCE, pin.bytes);
}
const entryOf = async (pipeline: MemoryPipeline, id = 'p1') =>
  (await rosterOf(pipeline))?.find(pipeline.hash(foldId(id))) ?? null;

describe('a row that was sent', () => {
  test.each(['created', 'updated', 'unchanged', 'disabled'] as const)('%s: Entra holds the record', async (verdict) => {
    const pipeline = await memoryPipeline();
    await noteInRoster(pipeline, over(pipeline, R1, [doneRow(1, { verdict })]));
    const entry = await entryOf(pipeline);
    expect(entry).toMatchObject({ run: R1, offset: 0, active: true, confirmedOn: TODAY, unconfirmed: null });
    const line = pipeline.files.peek({ source: SOURCE, run: R1 }, 'users.jsonl')?.split('\n')[0] ?? '';
    expect([entry?.bytes, entry?.recordHash]).toEqual([line.length, pipeline.hash(line)]);
  });
  test.each([
    ['failed', { verdict: 'failed' }, 'failed'],
    ['refused by the service', { verdict: 'rejected', deliveries: 0 }, 'failed'],
    ['skipped', { verdict: 'skipped' }, 'skipped'],
    ['not seen', { verdict: 'not-seen', deliveries: 0, unanswered: true }, 'not-seen'],
    ['a success, but one answer is missing', { verdict: 'created', unanswered: true }, 'not-seen'],
    ['superseded after it was sent', { verdict: 'superseded' }, 'not-seen'],
  ] as const)('%s: Entra is not known to hold it', async (_, row, why) => {
    const pipeline = await memoryPipeline();
    await noteInRoster(pipeline, over(pipeline, R1, [doneRow(1, row)]));
    expect(await entryOf(pipeline)).toMatchObject({ confirmedOn: null, unconfirmed: { run: R1, why, tries: 1 } });
  });
  test('without its manager is confirmed, and tried again', async () => {
    const pipeline = await memoryPipeline();
    await noteInRoster(pipeline, over(pipeline, R1, [doneRow(1, { code: 'manager-not-resolved' })]));
    const unconfirmed = { why: 'manager-not-resolved', tries: 1 };
    expect(await entryOf(pipeline)).toMatchObject({ confirmedOn: TODAY, unconfirmed });
  });
});

test.each([
  ['never sent', rowOf(1, { work: 'done', verdict: 'superseded' })],
  ['held', rowOf(1, { work: 'done', verdict: 'held' })],
])('a row that was %s says nothing about what Entra holds', async (_, row) => {
  const pipeline = await memoryPipeline();
  await noteInRoster(pipeline, over(pipeline, R1, [row, doneRow(2)]));
  expect([await entryOf(pipeline, 'p1'), (await entryOf(pipeline, 'p2'))?.run]).toEqual([null, R1]);
});
test('of a large file only who was sent is noted, however far behind the others stand', async () => {
  const pipeline = await memoryPipeline();
  const run = putRun(pipeline, runOf(R1), batchOf([doneRow(1)]));
  putFiles(pipeline, run, ...Array.from({ length: 16_400 }, (_, i) => i + 1));
  await noteInRoster(pipeline, run);
  expect((await rosterOf(pipeline))?.size).toBe(1);
});
test('a file of changes of which nothing was sent leaves the roster as it is', async () => {
  const pipeline = await memoryPipeline();
  await noteInRoster(pipeline, over(pipeline, R1, [rowOf(1, { work: 'done', verdict: 'superseded' })]));
  expect(await rosterOf(pipeline)).toBeNull();
});

describe('a full file', () => {
  const full = { content: 'full' } as const;
  test('says who is missing', async () => {
    const pipeline = await memoryPipeline();
    await noteInRoster(pipeline, over(pipeline, R1, [doneRow(1), doneRow(2)], full));
    await noteInRoster(pipeline, over(pipeline, R2, [doneRow(2)], full));
    const roster = await rosterOf(pipeline);
    const since = async (id: string) => {
      const entry = await entryOf(pipeline, id);
      return roster === null || entry === null ? undefined : missingSince(entry, roster.header);
    };
    expect([await since('p1'), await since('p2')]).toEqual([TODAY, null]);
  });
  test('says so of nobody if a row has no id: it may be anybody’s', async () => {
    const pipeline = await memoryPipeline();
    await noteInRoster(pipeline, over(pipeline, R1, [doneRow(1), doneRow(2)], full));
    const run = over(pipeline, R2, [doneRow(2)], full);
    const nobody = { row: 9, line: 10, id: null, rejected: { code: 'id-empty', values: {}, column: 'Id' } };
    pipeline.files.put(run, 'rows.jsonl', `${pipeline.files.peek(run, 'rows.jsonl')}${JSON.stringify(nobody)}\n`);
    await noteInRoster(pipeline, run);
    const roster = await rosterOf(pipeline);
    const entry = await entryOf(pipeline, 'p1');
    expect(entry && roster && missingSince(entry, roster.header)).toBeNull();
  });
  test('counts a rejected row as a row of its person', async () => {
    const pipeline = await memoryPipeline();
    await noteInRoster(pipeline, over(pipeline, R1, [doneRow(1), doneRow(2)], full));
    const run = over(pipeline, R2, [doneRow(2)], full);
    const bad = { row: 9, line: 10, id: 'P1', rejected: { code: 'status-unknown', values: {}, column: 'Status' } };
    pipeline.files.put(run, 'rows.jsonl', `${pipeline.files.peek(run, 'rows.jsonl')}${JSON.stringify(bad)}\n`);
    await noteInRoster(pipeline, run);
    const roster = await rosterOf(pipeline);
    const entry = await entryOf(pipeline, 'p1');
    expect(entry && roster && missingSince(entry, roster.header)).toBeNull();
  });
});

describe('repeated and out of order', () => {
  const textOf = async (pipeline: MemoryPipeline) => (await rosterOf(pipeline))?.entries.toString('hex');
  test('a second time changes nothing', async () => {
    const pipeline = await memoryPipeline();
    const run = over(pipeline, R1, [doneRow(1), doneRow(2, { verdict: 'failed' })]);
    await noteInRoster(pipeline, run);
    const before = await textOf(pipeline);
    await noteInRoster(pipeline, run);
    expect(await textOf(pipeline)).toBe(before);
  });
  test.each([[[R1, R2]], [[R2, R1]]])(
    'runs that settle as %j leave the same roster: the newer one counts',
    async (order) => {
      const pipeline = await memoryPipeline();
      const runs = new Map([
        [R1, over(pipeline, R1, [doneRow(1, { verdict: 'created' }), doneRow(2)])],
        [R2, over(pipeline, R2, [doneRow(1, { verdict: 'failed' }), doneRow(2, { verdict: 'disabled' })])],
      ]);
      for (const run of order) await noteInRoster(pipeline, runs.get(run) as Run);
      expect(await entryOf(pipeline, 'p1')).toMatchObject({ run: R1, unconfirmed: { run: R2, why: 'failed' } });
      expect(await entryOf(pipeline, 'p2')).toMatchObject({ run: R2, unconfirmed: null });
    },
  );
  test('late evidence corrects it: who was not seen is confirmed after all', async () => {
    const pipeline = await memoryPipeline();
    const lost = doneRow(1, { verdict: 'not-seen', deliveries: 0, unanswered: true });
    await noteInRoster(pipeline, over(pipeline, R1, [lost]));
    expect((await entryOf(pipeline))?.unconfirmed?.why).toBe('not-seen');
    await noteInRoster(pipeline, over(pipeline, R1, [doneRow(1, { verdict: 'created' })]));
    expect(await entryOf(pipeline)).toMatchObject({ run: R1, confirmedOn: TODAY, unconfirmed: null });
  });
});

test('missing settings are a fault with a retry: an entry without its epoch would be worth nothing', async () => {
  const pipeline = await memoryPipeline();
  const run = putRun(pipeline, runOf(R1), batchOf([doneRow(1)]));
  await expect(noteInRoster(pipeline, run)).rejects.toMatchObject({ code: 'run-file-missing', disposition: 'retry' });
});

test('settings of a form that this version does not know have a code of their own', async () => {
  const pipeline = await memoryPipeline();
  const run = over(pipeline, R1, [doneRow(1)]);
  pipeline.files.put(run, 'source.json', '{"id":17}');
  const fault = { code: 'kept-settings-unreadable', disposition: 'retry', run: { run: R1 } };
  await expect(noteInRoster(pipeline, run)).rejects.toMatchObject(fault);
});

describe('old rosters', () => {
  const inIntake = (pipeline: MemoryPipeline, pinned: object | null): void => {
    const run = putRun(pipeline, runOf('20261121T080000Z-0000000009', { state: 'checking' }));
    if (pinned !== null) pipeline.files.put(run, 'roster.json', JSON.stringify(pinned));
  };
  const pinOf = async (pipeline: MemoryPipeline) => (await pipeline.rosters.current(SOURCE))?.value;
  async function afterThree(prepare: (pipeline: MemoryPipeline, first: object | undefined) => void) {
    const pipeline = await memoryPipeline();
    await noteInRoster(pipeline, over(pipeline, R1, [doneRow(1)]));
    prepare(pipeline, await pinOf(pipeline));
    await noteInRoster(pipeline, over(pipeline, R2, [doneRow(1)]));
    await noteInRoster(pipeline, over(pipeline, R2, [doneRow(2)]));
    return pipeline.rosters.names().length;
  }
  test('are deleted as soon as nobody can have pinned them', async () => {
    expect(await afterThree(() => undefined)).toBe(1);
  });
  test('stay as long as a run in intake compares with them', async () => {
    expect(await afterThree((pipeline, pin) => inIntake(pipeline, { pin, day: 1 }))).toBe(3);
  });
  test('stay as long as a run in intake may be about to pin them', async () => {
    expect(await afterThree((pipeline) => inIntake(pipeline, null))).toBe(3);
  });
  test('do not stay for a run that compares with none', async () => {
    expect(await afterThree((pipeline) => inIntake(pipeline, { pin: null, day: 1 }))).toBe(1);
  });
});
