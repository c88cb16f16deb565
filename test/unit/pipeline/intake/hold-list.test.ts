// The hold list in intake: nothing of its people is sent, everybody else proceeds, and every attempt at a run reads the same list.
import * as fc from 'fast-check';
import { intake } from '../../../../shared/pipeline/intake/intake';
import { pinHoldList } from '../../../../shared/pipeline/read/pin-hold-list';
import { foldId } from '../../../../shared/columns/id';
import type { RunKey } from '../../../../shared/core/run-key';
import { MAX_HOLD_LIST_BYTES } from '../../../../shared/holdlist/hold-list';
import type { RunFile } from '../../../../shared/run/run-files';
import { settingsOf } from '../contoso';
import { HoldWorld, person, SOURCE } from '../hold-world';

const DAY_MS = 86_400_000;
const endOf = (day: string): number => Date.parse(day) + DAY_MS;

test('people on the list are held, each with the day and the reason, and everybody else proceeds', async () => {
  const world = await HoldWorld.open();
  world.list('P2,2026-12-31,Court case', '03,2026-11-30,', 'p9,2026-12-31,not in the file');
  const run = await world.drop([person('p1'), person('p2'), person('3', 'Left'), person('p4', 'Asleep')]);
  await world.settle();
  expect(world.ids()).toEqual(['p1']);
  expect(world.run(run)).toMatchObject({ state: 'settled', verdicts: { created: 1, held: 2, rejected: 1 } });
  const { rows, sentences } = world.report(run);
  expect(rows).toEqual(['p1 created', 'p2 held on-hold-list', '3 held on-hold-list', 'p4 rejected status-unknown']);
  expect(sentences.slice(1, 3)).toEqual([
    'Nothing was sent: this person is on the hold list until the end of 2026-12-31. The reason given is "Court case".',
    'Nothing was sent: this person is on the hold list until the end of 2026-11-30. This is a leaver, whose account was not disabled.',
  ]);
  expect(world.run(run).onHold).toMatchObject({ people: 2, leavers: 1 });
});
test('identical rows of a person share the verdict; rows that are rejected for another reason stay rejected', async () => {
  const world = await HoldWorld.open();
  world.list('p1,2026-12-31,x', 'p2,2026-12-31,x');
  const run = await world.drop([person('p1'), person('p1'), person('p2'), person('p2', 'Left'), person('p3')]);
  await world.settle();
  expect(world.ids()).toEqual(['p3']);
  expect(world.report(run).rows).toEqual([
    'p1 held on-hold-list',
    'p1 held on-hold-list',
    'p2 rejected duplicate-id',
    'p2 rejected duplicate-id',
    'p3 created',
  ]);
});
test('who is unchanged stays so, on the list or not; a changed row of the person is held', async () => {
  const world = await HoldWorld.open();
  await world.drop([person('p1'), person('p2')], 'full');
  await world.settle();
  world.list('p1,2026-12-31,x');
  const same = await world.drop([person('p1'), person('p2')], 'full', 'same.csv');
  const changed = await world.drop([person('p1', 'Left'), person('p2')], 'full', 'changed.csv');
  await world.settle();
  expect(world.ids()).toEqual(['p1', 'p2']);
  expect(world.report(same, 'same.csv').rows).toEqual(['p1 unchanged', 'p2 unchanged']);
  expect(world.report(changed, 'changed.csv').rows).toEqual(['p1 held on-hold-list', 'p2 unchanged']);
});
test('a file of nobody else settles without a call', async () => {
  const world = await HoldWorld.open();
  world.list('p1,2026-12-31,x');
  const run = await world.drop([person('p1', 'Left')]);
  await world.settle();
  expect(world.ids()).toEqual([]);
  expect(world.run(run)).toMatchObject({ state: 'settled', verdicts: { held: 1 } });
});
test('an entry whose day is over keeps nobody out; a run without held rows is not looked at again', async () => {
  const world = await HoldWorld.open();
  world.list('p1,2026-11-20,x');
  const run = await world.drop([person('p1')]);
  await world.settle();
  expect(world.ids()).toEqual(['p1']);
  expect(world.run(run).onHold).toBeNull();
});
test('a held row counts as the newest of its person: an older one that was not sent is superseded', async () => {
  const world = await HoldWorld.open();
  const older = await world.drop([person('p1'), person('p2')]);
  world.list('p1,2026-12-31,x');
  const newer = await world.drop([person('p1', 'Left')]);
  await world.settle();
  expect(world.ids()).toEqual(['p2']);
  expect([world.report(older).rows, world.report(newer).rows]).toEqual([
    ['p1 superseded', 'p2 created'],
    ['p1 held on-hold-list'],
  ]);
});

describe('the list of a run', () => {
  test('is the one that was there when it began, also if there was none', async () => {
    for (const entries of [['p1,2026-12-31,x'], [null]] as const) {
      const world = await HoldWorld.open();
      world.list(...entries);
      const { pipeline } = world;
      pipeline.files.calls.before = ({ method, key }) => {
        if (method !== 'commit' || !key.endsWith('rows.jsonl')) return;
        pipeline.files.calls.before = () => undefined;
        world.list('p2,2026-12-31,x');
        throw new Error('the process dies');
      };
      await expect(world.drop([person('p1'), person('p2')])).rejects.toThrow('dies');
      const run = (await pipeline.ledger.runs.all())[0]!.value;
      await intake(pipeline, { version: 1, blob: run.blobName, run: run.run });
      await world.deliverAll();
      expect(world.ids()).toEqual(entries[0] === null ? ['p1', 'p2'] : ['p2']);
      expect(pipeline.sources.calls.count('readHoldList')).toBe(1);
    }
  });
  test('of the faster of two attempts counts for both', async () => {
    const world = await HoldWorld.open();
    world.list('p1,2026-12-31,slower');
    const { pipeline } = world;
    pipeline.files.calls.before = ({ method, key }) => {
      if (method !== 'commit' || !key.endsWith('hold.csv')) return;
      const [source = '', run = ''] = key.split('/');
      pipeline.files.put({ source, run }, 'hold.csv', 'id,until,why\np2,2026-12-31,faster\n');
    };
    await world.drop([person('p1'), person('p2')]);
    await world.deliverAll();
    expect(world.ids()).toEqual(['p1']);
  });
  test('decides by the day on which the file arrived, however late an attempt is', async () => {
    const world = await HoldWorld.open();
    world.passTo(endOf('2026-11-21') - 60_000);
    world.list('p1,2026-11-21,x');
    const { pipeline } = world;
    pipeline.ledger.batches.calls.before = () => {
      pipeline.ledger.batches.calls.before = () => undefined;
      throw new Error('the process dies');
    };
    await expect(world.drop([person('p1'), person('p2')])).rejects.toThrow('dies');
    const run = (await pipeline.ledger.runs.all())[0]!.value;
    world.passTo(endOf('2026-11-21') + 60_000);
    await intake(pipeline, { version: 1, blob: run.blobName, run: run.run });
    expect(world.run(run.run).onHold).toMatchObject({ people: 1 });
    await world.settle();
    expect(world.ids()).toEqual(['p2', 'p1']);
    expect(world.run(run.run)).toMatchObject({ state: 'settled', onHold: null, verdicts: { created: 2 } });
  });
  test('of a run that an earlier version staged is empty', async () => {
    const world = await HoldWorld.open();
    const run = await world.drop([person('p1')]);
    const { pipeline } = world;
    pipeline.ledger.runs.put({ ...world.run(run), state: 'staged' });
    const files = Object.assign(Object.create(pipeline.files) as typeof pipeline.files, {
      readWhole: (key: RunKey, file: RunFile) =>
        file === 'hold.csv' ? Promise.resolve(null) : pipeline.files.readWhole(key, file),
    });
    await intake({ ...pipeline, files }, { version: 1, blob: `${SOURCE}/people.csv`, run });
    expect(world.run(run).state).toBe('sending');
  });
});

test('an intake that dies at any write, and is started again, keeps the same people back', async () => {
  for (let failing = 0; ; failing++) {
    const world = await HoldWorld.open();
    world.list('p2,2026-12-31,x', 'p3,2026-12-31,x');
    const { pipeline } = world;
    let writes = 0;
    const dies = ({ method }: { readonly method: string }): void => {
      if (['replace', 'insertNew', 'insert', 'commit', 'put'].includes(method) && writes++ === failing)
        throw new Error('the process dies');
    };
    const ports = [pipeline.ledger.runs, pipeline.ledger.batches, pipeline.files, pipeline.deliveries];
    for (const { calls } of ports) calls.before = dies;
    const isWhole = await world.drop([person('p1'), person('p2'), person('p3', 'Left')]).then(
      () => true,
      () => false,
    );
    for (const { calls } of ports) calls.before = () => undefined;
    await intake(pipeline, { version: 1, blob: `${SOURCE}/people.csv` });
    // A message may be lost.
    pipeline.clock.pass(pipeline.delays.lostMessageMs);
    await world.settle();
    expect(world.ids()).toEqual(['p1']);
    const [run] = await pipeline.ledger.runs.all();
    expect(run?.value).toMatchObject({ state: 'settled', onHold: { people: 2, leavers: 1 }, verdicts: { held: 2 } });
    if (isWhole) {
      expect(failing).toBeGreaterThan(8);
      return;
    }
  }
});
test('an attempt that is late does not undo what the sweep has counted', async () => {
  const world = await HoldWorld.open();
  world.list('p1,2026-12-31,x');
  const { pipeline } = world;
  pipeline.ledger.runs.calls.before = ({ method, key }) => {
    const run = pipeline.ledger.runs.peek({ source: SOURCE, run: key });
    if (method !== 'replace' || run?.state !== 'staged') return;
    pipeline.ledger.runs.calls.before = () => undefined;
    pipeline.ledger.runs.put({ ...run, state: 'sending' });
  };
  const run = await world.drop([person('p1')]);
  expect(world.run(run).onHold).toBeNull();
});

describe('a list that cannot be used holds the run', () => {
  test.each([
    ['id,until,why\nanna.lee,2026-12-31,x\nanna.lee,2026-12-30,x\n', 3, /\(line 3\): the id is on an earlier line too/],
    [
      'id,until,why\nanna.lee,31.12.2026,x\n',
      2,
      /\(line 2\): the day in the column "until" is not a date written like/,
    ],
    ['id,until,why\nanna.lee,,x\n', 2, /\(line 2\): the day in the column "until" is missing/],
    ['id,until,why\n,2026-12-31,Anna Lee\n', 2, /\(line 2\): the id is missing/],
    ['id,until\nanna.lee,2026-12-31\n', 1, /\(line 1\): it must begin with a line that names the columns/],
    ['', null, /cannot be used: it is damaged or not a CSV file/],
    ['too large', null, /cannot be used: it is larger than/],
  ])('with a sentence that names the line and nobody: %j', async (content, line, sentence) => {
    const world = await HoldWorld.open();
    const written = content === 'too large' ? 'x'.repeat(MAX_HOLD_LIST_BYTES + 1) : content;
    world.pipeline.sources.putHoldList(SOURCE, written);
    const run = await world.drop([person('p1')]);
    expect(world.run(run)).toMatchObject({ state: 'held', reason: { code: 'hold-list-broken', line } });
    const why = world.pipeline.reports.reports.get(`${SOURCE}/${run}/people.csv.why-held.txt`) ?? '';
    expect(why).toMatch(sentence);
    expect(why).not.toMatch(/anna/i);
    await world.settle();
    expect(world.ids()).toEqual([]);
  });
  test('for good: the copy is what counts', async () => {
    const world = await HoldWorld.open();
    world.pipeline.sources.putHoldList(SOURCE, 'nonsense');
    const run = await world.drop([person('p1')]);
    world.list();
    await expect(pinHoldList(world.pipeline, world.run(run))).rejects.toMatchObject({ code: 'hold-list-broken' });
  });
  test('after the settings: what is wrong with them is told first', async () => {
    const world = await HoldWorld.open();
    world.pipeline.sources.putHoldList(SOURCE, 'nonsense');
    world.pipeline.sources.put(SOURCE, { ...settingsOf(), job: null });
    world.pipeline.exports.drop(`${SOURCE}/people.csv`, 'x');
    await intake(world.pipeline, { version: 1, blob: `${SOURCE}/people.csv` });
    expect((await world.pipeline.ledger.runs.all())[0]?.value.reason?.code).toBe('source-invalid');
  });
});

describe('for any lists and files', () => {
  const ids = ['p1', 'P1', '0p1', 'p2', '03', '3', 'e4'];
  const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'];
  const entry = fc.record({ id: fc.constantFrom(...ids), until: fc.constantFrom(...days) });
  const list = fc.uniqueArray(entry, { selector: ({ id }) => foldId(id), maxLength: 4 });
  const row = fc.record({ id: fc.constantFrom(...ids), status: fc.constantFrom('Active', 'Left', 'Asleep') });
  const file = fc.record({
    entries: fc.option(list, { nil: null }),
    rows: fc.array(row, { minLength: 1, maxLength: 6 }),
    content: fc.constantFrom('full' as const, 'changes' as const),
    hoursAfter: fc.integer({ min: 0, max: 30 }),
    isSettled: fc.boolean(),
  });

  test('nobody is in a bulk request of a file before the day on its list is over, and rows are verdicts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), async (files) => {
        const world = await HoldWorld.open();
        const listOf = new Map<string, ReadonlyMap<string, string>>();
        for (const { entries, rows, content, hoursAfter, isSettled } of files) {
          world.list(...(entries?.map(({ id, until }) => `${id},${until},x`) ?? ([null] as const)));
          const run = await world.drop(
            rows.map(({ id, status }) => person(id, status, `${foldId(id)}@contoso.example`)),
            content,
          );
          listOf.set(run, new Map(entries?.map(({ id, until }) => [foldId(id), until])));
          if (isSettled) await world.settle();
          world.pipeline.clock.pass(hoursAfter * 3_600_000);
        }
        world.passTo(Date.UTC(2026, 10, 30));
        await world.settle();
        await world.settle();
        const runs = [...listOf.keys()];
        for (const { id, run, at } of world.sent()) {
          // The list of the file, or a later one that took the person off.
          const kept = runs
            .slice(runs.indexOf(run))
            .map((one) => listOf.get(one)?.get(foldId(id)))
            .map((until) => (until === undefined ? 0 : endOf(until)));
          expect(at).toBeGreaterThanOrEqual(Math.min(...kept));
        }
        for (const run of runs) {
          const { state, rows, verdicts, onHold, reason } = world.run(run);
          expect({ state, onHold, reason }).toEqual({
            state: reason === null ? 'settled' : 'held',
            onHold: null,
            reason,
          });
          expect(Object.values(verdicts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(rows);
          expect(world.report(run).rows).toHaveLength(rows);
        }
      }),
      { numRuns: 25, seed: 20261126 },
    );
  }, 120_000);
});
