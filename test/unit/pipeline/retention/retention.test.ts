// Retention: what is deleted and when, what others need, the records of the roster that outlive their run, and a process that dies at any call.
import { foldId } from '../../../../shared/columns/id';
import { DAY_MS } from '../../../../shared/core/clock';
import { reconcile } from '../../../../shared/pipeline/reconcile/reconcile';
import { deleteOldRuns } from '../../../../shared/pipeline/retention/retention';
import { findInRosters } from '../../../../shared/pipeline/roster/find-in-roster';
import { disablePerson } from '../../../../shared/pipeline/disable/disable-person';
import type { Run } from '../../../../shared/run/run';
import { noVerdicts } from '../../../../shared/verdict/verdict';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import type { Call } from '../../memory/recorded-calls';
import { batchOf, rowOf } from '../../run/made-batch';
import { csvOf, eventsOf, person, putRun, SOURCE } from '../contoso';
import type { Nights } from '../nights';
import { nights } from '../nights';

/** What is stored of a run, in every place. */
async function tracesOf(
  { ledger, files, evidence, reports, exports }: MemoryPipeline,
  run: Run,
): Promise<readonly string[]> {
  const folder = `${run.source}/${run.run}/`;
  const head = await exports.head(run.blobName);
  return [
    ...(head?.etag === run.exportEtag ? ['export'] : []),
    ...files.names().filter((name) => name.startsWith(folder)),
    ...(evidence.peek(run).length > 0 ? ['evidence'] : []),
    ...[...reports.reports.keys()].filter((name) => name.startsWith(folder)),
    ...ledger.batches.peekAll(run.run).map(({ batch }) => `batch ${batch}`),
    ...(ledger.runs.peek(run) === null ? [] : ['receipt']),
  ];
}

const P1 = person('P1');
const P2 = person('P2');

/** A first file with two people, and a second one without P2, which has ended so long ago that nothing of it can be reopened. */
async function twoFiles(): Promise<{ readonly world: Nights; readonly first: Run; readonly second: Run }> {
  const world = await nights({ content: 'full' });
  const first = await world.drop(csvOf(P1, P2));
  await world.rest();
  world.pass(80 * DAY_MS);
  const second = await world.drop(csvOf(P1));
  await world.rest();
  world.pass(9 * DAY_MS);
  return { world, first: world.run(first), second: world.run(second) };
}

test('90 days after its end a run is deleted, with its export, files, evidence, reports and batches; the newest one stays', async () => {
  const { world, first, second } = await twoFiles();
  const { pipeline } = world;
  await world.tick();
  const before = await tracesOf(pipeline, first);
  expect(before).toEqual(expect.arrayContaining(['evidence', 'receipt', 'batch 000001']));
  const ofSecond = await tracesOf(pipeline, second);
  world.pass(2 * DAY_MS);
  await world.tick();
  expect(await tracesOf(pipeline, first)).toEqual([]);
  expect(eventsOf(pipeline, 'rollcall.retention.deleted')).toEqual([{ source: SOURCE, run: first.run }]);
  expect(ofSecond).toContain('export');
  expect(await tracesOf(pipeline, second)).toEqual(ofSecond);
  world.pass(200 * DAY_MS);
  await world.tick();
  expect(await tracesOf(pipeline, second)).toEqual(ofSecond);
});

test('a newer file of the same name in the folder of HR stays', async () => {
  const { world, first } = await twoFiles();
  const newer = world.pipeline.exports.drop(first.blobName, csvOf(P1, P2));
  world.pass(2 * DAY_MS);
  await deleteOldRuns(world.pipeline);
  expect(world.pipeline.ledger.runs.peek(first)).toBeNull();
  expect((await world.pipeline.exports.head(first.blobName))?.etag).toBe(newer.etag);
});

test('an old file whose receipt is gone is not taken in again', async () => {
  const { pipeline, ...world } = await nights();
  pipeline.exports.drop(`${SOURCE}/old.csv`, csvOf(P1));
  world.pass(91 * DAY_MS);
  pipeline.exports.drop(`${SOURCE}/new.csv`, csvOf(P1));
  world.pass(DAY_MS);
  await reconcile(pipeline);
  expect((await pipeline.ledger.runs.all()).map(({ value }) => value.blobName)).toEqual([`${SOURCE}/new.csv`]);
});

describe('a record that the roster points to', () => {
  const recordOf = async ({ pipeline }: Nights, id: string) =>
    (await findInRosters({ ...pipeline, ...pipeline.ledger }, id, SOURCE))[0]?.person?.record;

  test('outlives its run, and is what a leaver is sent from', async () => {
    const { world, first } = await twoFiles();
    const { pipeline, tenant } = world;
    const before = await recordOf(world, 'P2');
    world.pass(2 * DAY_MS);
    await deleteOldRuns(pipeline);
    expect(pipeline.ledger.runs.peek(first)).toBeNull();
    expect(await recordOf(world, 'P2')).toEqual(before);
    expect(pipeline.rosters.peekKeptRecords(SOURCE)).not.toContain('p1@contoso.example');
    const order = { source: SOURCE, id: 'P2', by: 'ops', reason: 'left' };
    expect(await disablePerson({ ...pipeline, ...pipeline.ledger }, order, pipeline.clock.now())).toMatchObject({
      kind: 'made',
    });
    await world.rest();
    expect(tenant.directory.get(foldId('P2'))).toContain('"active":false');
  });
  test('goes once the roster points to a newer one', async () => {
    const { world } = await twoFiles();
    const { pipeline } = world;
    world.pass(2 * DAY_MS);
    await deleteOldRuns(pipeline);
    expect(pipeline.rosters.peekKeptRecords(SOURCE)).toContain('p2@contoso.example');
    await world.drop(csvOf(P1, person('P2', 'Active', 'new@contoso.example')));
    await world.rest();
    world.pass(100 * DAY_MS);
    await world.drop(csvOf(P1, person('P3')));
    await world.rest();
    world.pass(9 * DAY_MS);
    await deleteOldRuns(pipeline);
    const kept = pipeline.rosters.peekKeptRecords(SOURCE)!;
    expect(kept).not.toContain('p2@contoso.example');
    expect(kept).toContain('new@contoso.example');
  });
  test('keeps its run while the roster cannot be read', async () => {
    const { world, first } = await twoFiles();
    const { pipeline } = world;
    const pin = (await pipeline.rosters.current(SOURCE))!.value;
    pipeline.rosters.spoil(pin, (bytes) => bytes.subarray(0, -1));
    world.pass(2 * DAY_MS);
    await deleteOldRuns(pipeline);
    expect(await tracesOf(pipeline, first)).toContain('receipt');
    expect(eventsOf(pipeline, 'rollcall.retention.failed')).toEqual([
      { source: SOURCE, run: '', code: 'roster-damaged' },
    ]);
  });
});

describe('a process that dies', () => {
  class Death extends Error {}
  /** Deletes the first run; the process dies at the `nth` call, or not (null), and another one begins again. */
  async function play(nth: number | null) {
    const { world, first, second } = await twoFiles();
    const { pipeline } = world;
    world.pass(2 * DAY_MS);
    const { ledger, files, reports, rosters, evidence, exports } = pipeline;
    let made = 0;
    let order: string[] = [];
    for (const [port, { calls }] of Object.entries({ ...ledger, files, reports, rosters, evidence, exports }))
      calls.before = ({ method }: Call) => {
        made++;
        if (/^(delete|keep)/.test(method)) order.push(`${port}.${method}`);
        if (made === nth) throw new Death();
      };
    await deleteOldRuns(pipeline);
    const calls = made;
    const isWhole = nth === null || made < nth;
    if (!isWhole) {
      // What was deleted before is not there any more, and the receipt is the last to go.
      const left = await tracesOf(pipeline, first);
      if (left.length > 0) expect(left).toContain('receipt');
      pipeline.retainedUpTo.clear();
      pipeline.knownExports.clear();
      order = [];
      await deleteOldRuns(pipeline);
    }
    await reconcile(pipeline);
    const person2 = (await findInRosters({ ...pipeline, ...ledger }, 'P2', SOURCE))[0]?.person?.record.kind;
    const runs = (await ledger.runs.all()).map(({ value }) => value.run);
    const end = {
      traces: await tracesOf(pipeline, first),
      runs,
      person2,
      kept: pipeline.rosters.peekKeptRecords(SOURCE),
    };
    return { calls, order, end, second };
  }

  test('at any call leaves a run that the next turn deletes, and no export that is taken in again', async () => {
    const whole = await play(null);
    expect(whole.order).toEqual([
      'rosters.keepRecords',
      'exports.delete',
      'files.deleteAll',
      'evidence.deleteAll',
      'reports.deleteAll',
      'batches.deleteAll',
      'runs.delete',
    ]);
    expect(whole.end).toMatchObject({ traces: [], runs: [whole.second.run], person2: 'record' });
    const wrong: object[] = [];
    for (let nth = 1; nth <= whole.calls; nth++) {
      const { end } = await play(nth);
      if (JSON.stringify(end) !== JSON.stringify(whole.end)) wrong.push({ nth, end });
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});

describe('with runs that are put there', () => {
  const NOW = Date.UTC(2026, 10, 21, 8);
  const idOf = (day: number): string =>
    `${new Date(NOW - day * DAY_MS).toISOString().replace(/[-:]|\.\d+/g, '')}-0000000000`;
  /** A run that arrived so many days ago and ended an hour later. */
  const put = (pipeline: MemoryPipeline, daysAgo: number, more: Partial<Run> = {}): Run => {
    const arrivedAt = NOW - daysAgo * DAY_MS;
    const made = [batchOf([rowOf(1)])];
    return putRun(pipeline, idOf(daysAgo), {
      ...{ state: 'settled', arrivedAt, settledAt: arrivedAt + 3_600_000, verdicts: noVerdicts(), made, ...more },
    });
  };
  const idsLeft = async ({ ledger }: MemoryPipeline): Promise<readonly string[]> =>
    (await ledger.runs.all()).map(({ value }) => value.run);
  const left = async (...days: readonly (readonly [number, Partial<Run>?])[]): Promise<readonly number[]> => {
    const pipeline = await memoryPipeline();
    const runs = days.map(([day, more]) => [day, put(pipeline, day, more)] as const);
    await deleteOldRuns(pipeline);
    const ids = await idsLeft(pipeline);
    return runs.filter(([, { run }]) => ids.includes(run)).map(([day]) => day);
  };

  test('what has ended is deleted, also what was refused, or parked before it was read', async () => {
    expect(
      await left([100], [99, { state: 'refused', job: null }], [98, { state: 'parked', job: null }], [97], [1]),
    ).toEqual([97, 1]);
  });
  test.each([
    ['held', { state: 'held', job: null }],
    ['on its way', { state: 'confirming' }],
    [
      'stopped',
      {
        state: 'sending',
        stop: { kind: 'parked', reason: { code: 'x', values: {}, line: null, column: null }, at: 1 },
      },
    ],
  ] as const)(
    'one that is %s stays, however old, with all that ended after it came, and what it reads of before',
    async (_, more) => {
      const days = await left([130], [120], [110, { ...more, settledAt: 0 }], [100], [95], [30]);
      expect(days).toEqual([120, 110, 100, 95, 30]);
    },
  );
  test('while a file is being read nothing is deleted; the next tick looks again', async () => {
    const pipeline = await memoryPipeline();
    put(pipeline, 100);
    put(pipeline, 20);
    const reading = put(pipeline, 0.1, { state: 'checking', job: null, settledAt: 0 });
    await deleteOldRuns(pipeline);
    expect(await idsLeft(pipeline)).toHaveLength(3);
    pipeline.ledger.runs.put({ ...reading, state: 'refused', settledAt: NOW });
    await deleteOldRuns(pipeline);
    expect(await idsLeft(pipeline)).toHaveLength(2);
  });
  test('what a run that may be reopened repeats stays until it cannot be any more', async () => {
    expect(await left([120, { sha256: 'same' }], [110], [100], [3, { sameAs: idOf(120) }])).toEqual([120, 100, 3]);
    expect(await left([120], [110], [100], [10, { sameAs: idOf(120) }])).toEqual([10]);
  });
  test('the last full file stays for the numbers of the next one, and the last file of HR', async () => {
    const records = { origin: 'dates' } as const;
    expect(
      await left([130, { content: 'full' }], [120, { content: 'full' }], [110], [100], [95, records], [20, records]),
    ).toEqual([120, 100, 20]);
  });
  test('rows on hold are told before they are lost, and what they wait for stays as long as they do', async () => {
    const pipeline = await memoryPipeline();
    const onHold = { people: 2, leavers: 1, looksAt: NOW + DAY_MS, list: null };
    const kept = put(pipeline, 100, { onHold });
    put(pipeline, 95);
    put(pipeline, 20);
    await deleteOldRuns(pipeline);
    expect(eventsOf(pipeline, 'rollcall.hold.lost')).toEqual([
      { source: SOURCE, run: kept.run, people: 2, leavers: 1 },
    ]);
    expect(await idsLeft(pipeline)).toEqual([idOf(95), idOf(20)]);
    expect(eventsOf(pipeline, 'rollcall.retention.waiting')).toEqual([{ source: SOURCE, runs: 1 }]);
    pipeline.clock.pass(DAY_MS);
    await deleteOldRuns(pipeline);
    expect(await idsLeft(pipeline)).toEqual([idOf(20)]);
  });
  test('one that cannot be deleted keeps no other from its turn, and no tick from its end; it is tried again a day later', async () => {
    const pipeline = await memoryPipeline();
    const bad = put(pipeline, 100);
    const good = put(pipeline, 99);
    put(pipeline, 20);
    let isBroken = true;
    pipeline.files.calls.before = ({ method, key }) => {
      if (isBroken && method === 'deleteAll' && key.includes(bad.run)) throw new Error('no');
    };
    await reconcile(pipeline);
    expect(eventsOf(pipeline, 'rollcall.retention.failed')).toEqual([
      { source: SOURCE, run: bad.run, code: 'unexpected' },
    ]);
    expect(await idsLeft(pipeline)).toEqual([bad.run, idOf(20)]);
    expect(await idsLeft(pipeline)).not.toContain(good.run);
    isBroken = false;
    await deleteOldRuns(pipeline);
    expect(await idsLeft(pipeline)).toHaveLength(2);
    pipeline.clock.pass(DAY_MS);
    await deleteOldRuns(pipeline);
    expect(await idsLeft(pipeline)).toEqual([idOf(20)]);
  });
  test('a table that fails makes no tick fail', async () => {
    const pipeline = await memoryPipeline();
    put(pipeline, 100);
    pipeline.ledger.runs.calls.before = ({ method }) => {
      if (method === 'endedBefore') throw new Error('no');
    };
    await reconcile(pipeline);
    expect(eventsOf(pipeline, 'rollcall.retention.failed')).toEqual([{ source: SOURCE, run: '', code: 'unexpected' }]);
  });
  test('a tick looks at a hundred runs of a source; the next one goes on; once all had their turn, the day costs no call', async () => {
    const pipeline = await memoryPipeline();
    for (let one = 0; one < 250; one++) put(pipeline, 100 + one / 100);
    put(pipeline, 20);
    const counts: number[] = [];
    for (let tick = 0; tick < 4; tick++) {
      await deleteOldRuns(pipeline);
      counts.push((await idsLeft(pipeline)).length);
    }
    expect(counts).toEqual([151, 51, 1, 1]);
    const { calls } = pipeline.ledger.runs;
    const before = calls.made.length;
    await deleteOldRuns(pipeline);
    expect(calls.made.length).toBe(before);
  });
  test('after twenty seconds the next tick goes on', async () => {
    const pipeline = await memoryPipeline();
    for (const day of [103, 102, 101, 20]) put(pipeline, day);
    pipeline.files.calls.before = ({ method }) => {
      if (method === 'deleteAll') pipeline.clock.pass(15_000);
    };
    await deleteOldRuns(pipeline);
    expect(await idsLeft(pipeline)).toHaveLength(2);
    await deleteOldRuns(pipeline);
    expect(await idsLeft(pipeline)).toHaveLength(1);
  });
  test('one that was changed since it was read is left alone', async () => {
    const pipeline = await memoryPipeline();
    const run = put(pipeline, 100);
    put(pipeline, 20);
    pipeline.rosters.calls.before = ({ method }) => {
      if (method === 'keptRecords') pipeline.ledger.runs.put({ ...run, state: 'confirming' });
    };
    await deleteOldRuns(pipeline);
    expect(await tracesOf(pipeline, run)).toEqual(['contoso-hr/' + run.run + '/people.idx', 'batch 000001', 'receipt']);
  });
  test('nothing of the last days is looked at', async () => {
    const pipeline = await memoryPipeline();
    put(pipeline, 89);
    put(pipeline, 20);
    await deleteOldRuns(pipeline);
    const asked = pipeline.ledger.runs.calls.made.map(({ method }) => method);
    expect(asked).toEqual(['sources', 'endedBefore']);
  });
});
