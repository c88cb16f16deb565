// The end of holds: what goes, what stays, what never goes; and that a look which dies at any point is repeated without harm.
import { ServedRuns } from '../../../../shared/pipeline/serve/served-runs';
import { endHolds } from '../../../../shared/pipeline/reconcile/end-holds';
import { reconcile } from '../../../../shared/pipeline/reconcile/reconcile';
import type { Batch } from '../../../../shared/run/batch';
import { noteSending, recordAccepted } from '../../../../shared/run/batch';
import { graphAnswer } from '../../memory/scripted-graph';
import { batchOf, rowOf } from '../../run/made-batch';
import { putRun } from '../contoso';
import { HoldWorld, person, SOURCE } from '../hold-world';

const DAY_MS = 86_400_000;
/** The hand clock begins on 21 November at 8 o'clock. */
const END = Date.parse('2026-11-30') + DAY_MS;
const ENTRY = 'p1,2026-11-30,x';

/** A settled run with p1 on hold and p2 sent. */
async function held(status = 'Active', entry = ENTRY) {
  const world = await HoldWorld.open();
  world.list(entry);
  const run = await world.drop([person('p1', status), person('p2')]);
  await world.settle();
  expect([world.ids(), world.run(run).state]).toEqual([['p2'], 'settled']);
  return { world, run };
}
const look = async (world: HoldWorld): Promise<void> => {
  const served = new ServedRuns(world.pipeline);
  await endHolds(world.pipeline, served);
  served.throwFirst();
};
const rowsOf = (world: HoldWorld, run: string) =>
  world.pipeline.ledger.batches.peekAll(run).flatMap((batch) => batch.rows.map((row) => ({ ...row, batch })));
const rowIn = (world: HoldWorld, run: string, id: string) => rowsOf(world, run).find((row) => row.id === id)!;

describe('a hold ends', () => {
  test('when its day is over in UTC, not a millisecond before: the row goes, file or not, and the report says so', async () => {
    const { world, run } = await held();
    world.passTo(END - 1);
    await look(world);
    expect(rowIn(world, run, 'p1').work).toBe('done');
    world.passTo(END);
    await world.settle();
    expect(world.sent().slice(1)).toMatchObject([{ id: 'p1', active: true, run }]);
    expect(world.sent()[1]!.at).toBeGreaterThanOrEqual(END);
    expect(world.run(run)).toMatchObject({ state: 'settled', onHold: null, verdicts: { created: 2, held: 0 } });
    expect(world.report(run).rows).toEqual(['p1 created', 'p2 created']);
    expect(world.events('rollcall.hold.ended')).toEqual([{ source: SOURCE, run, rows: 1, superseded: 0 }]);
    await world.settle();
    expect(world.ids()).toEqual(['p2', 'p1']);
  });
  test.each([
    ['taken off the list', ['p9,2026-12-31,x']],
    ['the list is empty', []],
    ['the list is gone', [null]],
    ['the day was moved into the past', ['p1,2026-11-20,x']],
  ] as const)('at the next tick when %s', async (_, entries) => {
    const { world, run } = await held();
    world.list(...(entries as readonly string[]));
    await world.settle();
    expect(world.ids()).toEqual(['p2', 'p1']);
    expect(world.run(run)).toMatchObject({ state: 'settled', onHold: null });
  });
  test('at the new day when the day was moved; until then the report names it', async () => {
    const { world, run } = await held();
    world.list('P1,2026-12-10,Court "again"');
    await world.settle();
    world.passTo(END);
    await world.settle();
    expect(world.ids()).toEqual(['p2']);
    expect(world.report(run).rows[0]).toBe('p1 held on-hold-list');
    expect(world.report(run).sentences[0]).toMatch(/until the end of 2026-12-10\. .*"Court "again""\.$/);
    expect(world.run(run)).toMatchObject({ state: 'settled', onHold: { people: 1 } });
    world.passTo(Date.parse('2026-12-10') + DAY_MS);
    await world.settle();
    expect(world.ids()).toEqual(['p2', 'p1']);
  });
  test('for each person on their own day', async () => {
    const world = await HoldWorld.open();
    world.list('p1,2026-11-22,x', 'p2,2026-11-23,x', 'p3,2026-11-23,x');
    await world.drop([person('p1'), person('p2'), person('p3', 'Left')]);
    await world.settle();
    for (const [day, ids] of [
      ['2026-11-21', []],
      ['2026-11-22', ['p1']],
      ['2026-11-23', ['p1', 'p3', 'p2']],
    ] as const) {
      world.passTo(Date.parse(day) + DAY_MS);
      await world.settle();
      expect(world.ids()).toEqual(ids);
    }
  });
  test('also in a run that was parked; it ends as parked', async () => {
    const { world, run } = await held();
    const reason = { code: 'delivery-poisoned', values: { part: 'file' }, line: null, column: null };
    world.pipeline.ledger.runs.put({ ...world.run(run), state: 'parked', reason });
    world.passTo(END);
    await world.settle();
    expect(world.ids()).toEqual(['p2', 'p1']);
    expect(world.run(run).state).toBe('parked');
  });
  test('not in a run whose batches are still being made', async () => {
    const { world, run } = await held();
    world.pipeline.ledger.runs.put({ ...world.run(run), state: 'staged' });
    world.passTo(END);
    await look(world);
    expect(rowIn(world, run, 'p1').verdict).toBe('held');
  });
});

describe('a newer file', () => {
  test('with the person on hold too: only its row goes', async () => {
    const { world, run } = await held();
    const newer = await world.drop([person('p1', 'Left')]);
    world.passTo(END);
    await world.settle();
    expect(world.sent().slice(1)).toMatchObject([{ id: 'p1', active: false, run: newer }]);
    expect(world.report(run).rows).toEqual(['p1 superseded', 'p2 created']);
    expect(world.run(run)).toMatchObject({ state: 'settled', onHold: null });
  });
  test('is noticed within a day: the older row is superseded, and its run is looked at no more', async () => {
    const { world, run } = await held();
    await world.drop([person('p1')]);
    world.passTo(Date.UTC(2026, 10, 22));
    await world.settle();
    expect(world.report(run).rows).toEqual(['p1 superseded', 'p2 created']);
    expect(world.run(run).onHold).toBeNull();
    expect(world.ids()).toEqual(['p2']);
  });
  test('that was sent because the person had been taken off the list: the older row never goes', async () => {
    const { world, run } = await held();
    world.list();
    const newer = await world.drop([person('p1', 'Left')]);
    await world.settle();
    expect(world.sent().slice(1)).toMatchObject([{ id: 'p1', active: false, run: newer }]);
    expect(world.report(run).rows[0]).toBe('p1 superseded');
  });
  test('that becomes staged between the look and the release wins', async () => {
    const { world, run } = await held();
    world.passTo(END);
    await look(world);
    expect(rowIn(world, run, 'p1').work).toBe('todo');
    const newer = await world.drop([person('p1', 'Left')]);
    await world.settle();
    expect(world.sent().slice(1)).toMatchObject([{ id: 'p1', run: newer }]);
    expect(world.report(run).rows[0]).toBe('p1 superseded');
  });
  test.each([
    ['changes', person('p1', 'Asleep')],
    ['changes', `${person('p1')}\n${person('p1', 'Left')}`],
    ['full', person('P1', 'Asleep')],
  ] as const)(
    '(%s) whose row of the person was rejected: neither goes, and the report says which one to correct',
    async (content, line) => {
      const { world, run } = await held('Left');
      await world.drop([line, person('p3')], content);
      await world.drop([person('p4')]);
      world.passTo(END);
      await world.settle();
      expect(world.ids()).toEqual(['p2', 'p3', 'p4']);
      expect(world.report(run).rows).toEqual(['p1 superseded newer-row-rejected', 'p2 created']);
      expect(world.report(run).sentences[0]).toMatch(/a newer row for the person was rejected/);
    },
  );
  test('that rejected the person does not count once a full file without them has come after it', async () => {
    const { world } = await held('Left');
    await world.drop([person('p1', 'Asleep'), person('p3')]);
    await world.drop([person('p2')], 'full');
    world.passTo(END);
    await world.settle();
    expect(world.ids()).toEqual(['p2', 'p1']);
  });
  test('that rejected somebody else, or did not name the person, does not count', async () => {
    const { world } = await held();
    await world.drop([person('p3', 'Asleep'), person('p4')]);
    world.passTo(END);
    await world.settle();
    expect(world.ids()).toEqual(['p2', 'p4', 'p1']);
  });
});

describe('a newer full file without the person', () => {
  test('does not keep a leaver enabled: the row is told every day, goes at the end, and is sent again if it fails', async () => {
    const { world, run } = await held('Left');
    await world.drop([person('p2')], 'full');
    await world.settle();
    world.passTo(END - DAY_MS);
    await world.settle();
    expect(world.run(run)).toMatchObject({ onHold: { people: 1, leavers: 1 } });
    world.passTo(END);
    world.pipeline.graph.uploads.push(graphAnswer(503), graphAnswer(503));
    await world.settle();
    expect(world.sent().slice(1)).toMatchObject([
      { id: 'p1', active: false, run },
      { id: 'p1', active: false, run },
    ]);
    world.pipeline.clock.pass(3 * 3_600_000);
    await world.settle();
    expect(world.report(run).rows[0]).toBe('p1 disabled');
  });
  test('replaces anybody else: they may have left, and the old row could enable the account again', async () => {
    const { world, run } = await held('Active');
    await world.drop([person('p2')], 'full');
    world.passTo(END);
    await world.settle();
    expect(world.ids()).toEqual(['p2']);
    expect(world.report(run).rows[0]).toBe('p1 superseded');
  });
  test('that comes after the end, before the leaver was sent, does not take the row back; one with the person does', async () => {
    for (const [line, runs] of [
      [person('p3'), ['older']],
      [person('p1'), ['newer']],
    ] as const) {
      const { world, run } = await held('Left');
      await world.drop([person('p2')], 'full');
      world.passTo(END);
      await look(world);
      const newer = await world.drop([line], 'full');
      await world.settle();
      const sent = world.sent().filter(({ id }) => id === 'p1');
      expect(sent.map((one) => (one.run === run ? 'older' : one.run === newer ? 'newer' : '?'))).toEqual(runs);
    }
  });
});

describe('a list that cannot be used', () => {
  test('ends no hold: everybody stays until it can be read again', async () => {
    const { world, run } = await held();
    world.list('p1,soon,x');
    await look(world);
    expect(world.events('rollcall.hold.broken')).toEqual([{ source: SOURCE, run, mistake: 'until-form', line: 2 }]);
    await look(world);
    expect(world.events('rollcall.hold.broken')).toHaveLength(1);
    world.passTo(END);
    await world.settle();
    expect(world.ids()).toEqual(['p2']);
    expect(world.events('rollcall.hold.broken')).toHaveLength(2);
    expect(world.run(run)).toMatchObject({ onHold: { people: 1 } });
    world.list(ENTRY);
    await world.settle();
    expect(world.ids()).toEqual(['p2', 'p1']);
  });
  test('is not asked about other sources: a fault of one is no fault of the next', async () => {
    const { world } = await held();
    const { pipeline } = world;
    putRun(pipeline, 'r9', {
      source: 'other-hr',
      state: 'settled',
      onHold: { people: 1, leavers: 0, looksAt: 0, list: null },
    });
    pipeline.sources.calls.before = ({ key }) => {
      if (key === 'other-hr') throw new Error('storage fails');
    };
    world.passTo(END);
    await expect(look(world)).rejects.toThrow('storage fails');
    pipeline.sources.calls.before = () => undefined;
    pipeline.ledger.runs.put({ ...pipeline.ledger.runs.peek({ source: 'other-hr', run: 'r9' })!, onHold: null });
    await world.settle();
    expect(world.ids()).toEqual(['p2', 'p1']);
  });
});

describe('what is told', () => {
  test('once a day how many people are on hold, and how many of them are leavers; never who', async () => {
    const world = await HoldWorld.open();
    world.list('p1,2026-11-23,x', 'p2,2026-11-22,x');
    const run = await world.drop([person('p1', 'Left'), person('p2')]);
    for (const day of [21, 22, 23, 24]) {
      await world.settle();
      expect(world.events('rollcall.hold.kept')).toHaveLength(Math.min(day, 23) - 20);
      world.passTo(Date.UTC(2026, 10, day + 1));
    }
    expect(world.events('rollcall.hold.kept')).toEqual([
      { source: SOURCE, run, people: 2, leavers: 1 },
      { source: SOURCE, run, people: 2, leavers: 1 },
      { source: SOURCE, run, people: 1, leavers: 1 },
    ]);
    const told = JSON.stringify(world.pipeline.events.filter(({ name }) => name.startsWith('rollcall.hold.')));
    expect(told).not.toMatch(/p1|p2/);
  });
  test('a list that changes during the day is looked at, and tells nothing twice', async () => {
    const { world } = await held();
    for (const why of ['a', 'b']) {
      world.list(`p1,2026-11-30,${why}`);
      await look(world);
    }
    expect(world.events('rollcall.hold.kept')).toHaveLength(1);
  });
  test('that the records are gone, if the files of the run were deleted before the hold ended', async () => {
    const { world, run } = await held('Left');
    const { pipeline } = world;
    const files = Object.assign(Object.create(pipeline.files) as typeof pipeline.files, {
      exists: () => Promise.resolve(false),
    });
    world.passTo(END);
    await endHolds({ ...pipeline, files }, new ServedRuns(pipeline));
    expect(world.events('rollcall.hold.lost')).toEqual([{ source: SOURCE, run, people: 1, leavers: 1 }]);
    expect(world.run(run)).toMatchObject({ state: 'settled', onHold: null });
    expect(rowIn(world, run, 'p1').verdict).toBe('held');
  });
});

test('a tick without news costs one query and one read of the list', async () => {
  const { world } = await held();
  const { ledger, sources, files } = world.pipeline;
  const before = [ledger.runs, ledger.batches, sources, files].map(({ calls }) => calls.made.length);
  await look(world);
  const made = [ledger.runs, ledger.batches, sources, files].map(({ calls }, i) => calls.made.slice(before[i]));
  expect(made.flat()).toEqual([
    { method: 'onHold', key: '' },
    { method: 'readHoldList', key: SOURCE },
  ]);
});
test('runs of one source share the read of the list', async () => {
  const { world } = await held();
  await world.drop([person('p1'), person('p4')]);
  const before = world.pipeline.sources.calls.count('readHoldList');
  await look(world);
  expect(world.pipeline.sources.calls.count('readHoldList')).toBe(before + 1);
});

describe('the batch', () => {
  const hold = { until: '2026-11-21', why: { quote: 'x' } };
  const kept = (row: number) => rowOf(row, { work: 'done', verdict: 'held', code: 'on-hold-list', hold });
  /** A run with this batch, of which row 2 is on hold, and a list that names nobody. */
  async function withBatch(batch: Batch) {
    const world = await HoldWorld.open();
    const run = putRun(world.pipeline, 'r1', {
      people: ['p1', 'p2'],
      made: [batch],
      onHold: { people: 1, leavers: 0, looksAt: 0, list: null },
    });
    world.pipeline.files.put(run, 'users.jsonl', '');
    await look(world);
    return { world, batches: world.pipeline.ledger.batches.peekAll('r1'), run: world.run('r1') };
  }
  const short = (batches: readonly Batch[]) =>
    batches.map(({ batch, state, delivery, rows }) => [
      batch,
      state,
      delivery,
      rows.map(({ id, work }) => `${id} ${work}`),
    ]);

  test('that is settled comes back with a new delivery', async () => {
    const { batches } = await withBatch(
      batchOf([rowOf(1, { work: 'done', verdict: 'created' }), kept(2)], { delivery: 3 }),
    );
    expect(short(batches)).toEqual([['000001', 'staged', 4, ['p1 done', 'p2 todo']]]);
    expect(batches[0]?.rows[1]).toEqual(rowOf(2));
  });
  test.each([
    ['waits for evidence', recordAccepted(noteSending(batchOf([rowOf(1), kept(2)]), 5), 'graph'), 'sent', 'p1 open'],
    ['waits to be sent', batchOf([rowOf(1), kept(2)], { releasedAt: 7, notBefore: 9 }), 'staged', 'p1 todo'],
  ] as const)('that %s goes on as it is; the row goes alone', async (_, batch, state, first) => {
    const { batches, run } = await withBatch(batch);
    expect(short(batches)).toEqual([
      ['000001', state, 1, [first]],
      ['000001.1', 'staged', 1, ['p2 todo']],
    ]);
    expect(batches[0]).toMatchObject({ releasedAt: state === 'staged' ? 7 : 0, children: 1 });
    expect(run.onHold).toBeNull();
  });
  test('whose sender is at work is left to it, and looked at in the next tick', async () => {
    const { world, batches, run } = await withBatch(noteSending(batchOf([rowOf(1), kept(2)]), 5));
    expect(short(batches)).toEqual([['000001', 'sending', 1, ['p1 open', 'p2 done']]]);
    expect(run.onHold).toMatchObject({ people: 1, list: null });
    world.pipeline.ledger.batches.put({ ...recordAccepted(batches[0]!, 'graph') });
    await look(world);
    expect(short(world.pipeline.ledger.batches.peekAll('r1'))).toHaveLength(2);
    expect(world.events('rollcall.hold.kept')).toHaveLength(1);
  });
  test('that somebody else changed meanwhile is read again', async () => {
    const world = await HoldWorld.open();
    const made = { ...batchOf([rowOf(1), kept(2)]), run: 'r1' };
    const run = putRun(world.pipeline, 'r1', {
      people: ['p1', 'p2'],
      made: [made],
      onHold: { people: 1, leavers: 0, looksAt: 0, list: null },
    });
    world.pipeline.files.put(run, 'users.jsonl', '');
    const { batches } = world.pipeline.ledger;
    batches.calls.before = ({ method }) => {
      if (method !== 'replaceAndInsert') return;
      batches.calls.before = () => undefined;
      batches.put({ ...made, source: SOURCE, releasedAt: 77 });
    };
    await look(world);
    expect(batches.peekAll('r1').map(({ batch, releasedAt }) => [batch, releasedAt])).toEqual([
      ['000001', 77],
      ['000001.1', 0],
    ]);
  });
});

describe('a look that dies at any write', () => {
  test.each([
    ['the day is over', ['p1,2026-11-21,x'], Date.UTC(2026, 10, 22)],
    ['the day was moved', ['p1,2026-12-10,x'], Date.UTC(2026, 10, 21, 9)],
  ])(
    'and is repeated ends as one that did not: %s',
    async (_, entries, at) => {
      const ends: unknown[] = [];
      for (let failing = 0; ; failing++) {
        const { world, run } = await held('Left', 'p1,2026-11-21,x');
        const newer = await world.drop([person('p2', 'Left'), person('p1')]);
        await world.drop([person('p3')]);
        await world.settle();
        world.list(...entries);
        world.passTo(at);
        const { pipeline } = world;
        let writes = 0;
        const ports = [pipeline.ledger.runs, pipeline.ledger.batches, pipeline.deliveries, pipeline.reports];
        for (const { calls } of ports)
          calls.before = ({ method }) => {
            if (['replace', 'replaceAndInsert', 'put', 'commit'].includes(method) && writes++ === failing)
              throw new Error('the process dies');
          };
        const isWhole = await reconcile(pipeline).then(
          () => true,
          () => false,
        );
        for (const { calls } of ports) calls.before = () => undefined;
        pipeline.clock.pass(pipeline.delays.lostMessageMs);
        await world.settle();
        await world.settle();
        ends.push({
          sent: world.sent().map(({ id, active, run: of }) => [id, active, [run, newer].indexOf(of)]),
          reports: [world.report(run).rows, world.report(newer).rows],
          runs: [run, newer].map((one) => [world.run(one).state, world.run(one).onHold?.people ?? 0]),
        });
        if (!isWhole) continue;
        expect(failing).toBeGreaterThan(4);
        expect(ends.slice(0, -1)).toEqual(Array.from({ length: failing }, () => ends.at(-1)));
        return;
      }
    },
    60_000,
  );
});
