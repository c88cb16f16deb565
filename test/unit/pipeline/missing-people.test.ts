// People without a row in HR's full files: counted always, disabled if the settings say so, never too early, and never while a file may have
// had a row of them.
import { foldId } from '../../../shared/columns/id';
import { DAY_MS } from '../../../shared/core/clock';
import type { MissingCounts } from '../../../shared/run/missing-people';
import type { Run } from '../../../shared/run/run';
import { csvOf, eventsOf, person, SOURCE } from './contoso';
import type { Nights } from './nights';
import { nights } from './nights';

const AFTER = 3;
/** A source of full files whose missing people are disabled after three days. */
const open = (missingPeople: unknown = { disableAfterDays: AFTER }): Promise<Nights> =>
  nights({ content: 'full' }, { missingPeople });

/** A file with these people, and one who changes every time: an exact copy of an older file would be held. */
const drop = (world: Nights, ...lines: readonly string[]): Promise<Run> =>
  world.drop(csvOf(...lines, person('P0', 'Active', `p0-${world.pipeline.clock.now()}@contoso.example`)));

/** The next day at the same hour: a file with these people, and everything that follows from it. */
async function night(world: Nights, ...lines: readonly string[]): Promise<Run> {
  const { clock } = world.pipeline;
  clock.pass((Math.floor(clock.now() / DAY_MS) + 1) * DAY_MS + 8 * 3_600_000 - clock.now());
  const run = await drop(world, ...lines);
  await world.rest();
  return run;
}
const heldOf = (world: Nights, id: string): { readonly active: boolean } =>
  JSON.parse(world.tenant.directory.get(foldId(id)) ?? 'null') as { readonly active: boolean };
const reportOf = (world: Nights, run: Run, name: string): string | undefined =>
  world.pipeline.reports.reports.get(`${SOURCE}/${run.run}/${name}`);
const missingIn = (world: Nights, run: Run): MissingCounts | null =>
  (JSON.parse(reportOf(world, run, 'summary.json') ?? '{}') as { readonly missing: MissingCounts | null }).missing;
/** Lines of the list, `id since code`. */
const listOf = (world: Nights, run: Run): readonly string[] =>
  (reportOf(world, run, 'people.csv.missing.csv') ?? '')
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(',').slice(0, 3).join(' '));
const runsOfRecords = async (world: Nights): Promise<readonly Run[]> =>
  (await world.pipeline.ledger.runs.all()).map(({ value }) => value).filter(({ origin }) => origin !== 'file');

test('somebody is disabled on the day that the settings name, by the last confirmed record, complete', async () => {
  const world = await open();
  await night(world, person('P1'), person('P2'));
  const before = heldOf(world, 'P2');
  for (let day = 0; day < AFTER; day++) {
    const early = await night(world, person('P1'));
    expect(heldOf(world, 'P2').active).toBe(true);
    expect(listOf(world, early)).toEqual(['P2 2026-11-23 missing-not-yet']);
    expect(missingIn(world, early)).toMatchObject({ people: 1, disabled: 0, run: null });
  }
  const last = await night(world, person('P1'));
  expect(heldOf(world, 'P2')).toEqual({ ...before, active: false });
  const [made, ...more] = await runsOfRecords(world);
  expect(more).toEqual([]);
  expect(made).toMatchObject({ origin: 'missing', state: 'settled', rows: 1, content: 'changes' });
  expect(missingIn(world, last)).toEqual({
    ...{ people: 1, disabled: 1, run: made?.run, deleted: 0, hasRowWithoutId: false },
  });
  expect(reportOf(world, last, 'people.csv.missing.csv')).toContain(`P2,2026-11-23,missing-disabled,`);
  // The person is in no count and no verdict of the file itself.
  expect(world.run(last)).toMatchObject({ rows: 2, verdicts: { disabled: 0 } });
  expect(eventsOf(world.pipeline, 'rollcall.missing.found').at(-1)).toMatchObject({ people: 1, disabled: 1 });
  // Who is disabled is missing no more.
  expect(missingIn(world, await night(world, person('P1')))).toMatchObject({ people: 0, disabled: 0 });
  expect(await runsOfRecords(world)).toHaveLength(1);
});

test('nobody is disabled in a job that was taken off the list: the run is held, and a later file tries again', async () => {
  let isListed = true;
  const world = await nights(
    { content: 'full' },
    { missingPeople: { disableAfterDays: 1 } },
    { allowsJob: () => isListed },
  );
  await night(world, person('P1'), person('P2'));
  await night(world, person('P1'));
  world.pipeline.files.calls.before = ({ key }) => {
    if (key.endsWith('/order.json')) isListed = false;
  };
  await night(world, person('P1'));
  expect(await runsOfRecords(world)).toMatchObject([{ state: 'held', reason: { code: 'job-not-allowed' } }]);
  expect(heldOf(world, 'P2').active).toBe(true);
  world.pipeline.files.calls.before = () => undefined;
  isListed = true;
  for (let day = 0; day < 3; day++) await night(world, person('P1'));
  expect(heldOf(world, 'P2').active).toBe(false);
});

test('the run of the missing people has a report of its own, under a name that names nobody', async () => {
  const world = await open({ disableAfterDays: 1 });
  await night(world, person('P1'), person('P2'));
  await night(world, person('P1'));
  await night(world, person('P1'));
  const [made] = await runsOfRecords(world);
  const name = made?.blobName.slice(SOURCE.length + 1) ?? '';
  expect(name).toMatch(/^missing-[0-9a-f]{8}\.json$/);
  expect(reportOf(world, made as Run, `${name}.verdicts.csv`)).toContain('1,P2,disabled,,');
  expect(reportOf(world, made as Run, 'summary.json')).toContain('"origin": "missing"');
});

test.each([
  ['a row', person('P2')],
  ['a row that is rejected', person('P2', 'Unknown word')],
  ['a row of anybody without an id', ',Active,x@contoso.example'],
  ['a row whose id Excel has damaged', '4.7E+05,Active,x@contoso.example'],
])('%s in between: the days count from the beginning again', async (_, line) => {
  const world = await open();
  await night(world, person('P1'), person('P2'));
  for (let day = 0; day < AFTER; day++) await night(world, person('P1'));
  await night(world, person('P1'), line);
  for (let day = 0; day < AFTER; day++) await night(world, person('P1'));
  expect(await runsOfRecords(world)).toEqual([]);
  await night(world, person('P1'));
  expect(await runsOfRecords(world)).toHaveLength(1);
  expect(heldOf(world, 'P2').active).toBe(false);
});

test('a full file with a row without an id says so: nobody counts as missing', async () => {
  const world = await open();
  await night(world, person('P1'), person('P2'));
  const doubtful = await night(world, person('P1'), ',Active,x@contoso.example');
  expect(missingIn(world, doubtful)).toMatchObject({ people: 0, hasRowWithoutId: true });
  expect(reportOf(world, doubtful, 'people.csv.missing.csv')).toBeUndefined();
});

test('"nothing", the default: missing people are listed, and nobody is disabled', async () => {
  const world = await open('nothing');
  await night(world, person('P1'), person('P2'));
  let last = await night(world, person('P1'));
  for (let day = 0; day < 40; day++) last = await night(world, person('P1'));
  expect(listOf(world, last)).toEqual(['P2 2026-11-23 missing-kept']);
  expect(heldOf(world, 'P2').active).toBe(true);
  expect(await runsOfRecords(world)).toEqual([]);
});

test('a file of changes says nothing about others', async () => {
  const world = await nights({ content: 'changes' }, { missingPeople: { disableAfterDays: 1 } });
  await night(world, person('P1'), person('P2'));
  for (let day = 0; day < 3; day++) expect(missingIn(world, await night(world, person('P1')))).toBeNull();
  expect(await runsOfRecords(world)).toEqual([]);
});

test('people on the hold list are left alone, and the next full file after it decides', async () => {
  const world = await open({ disableAfterDays: 1 });
  await night(world, person('P1'), person('P2'));
  world.pipeline.sources.putHoldList(SOURCE, 'id,until,why\np2,2026-11-25,parental leave\n');
  await night(world, person('P1'));
  const held = await night(world, person('P1'));
  expect(listOf(world, held)).toEqual(['P2 2026-11-23 missing-on-hold']);
  expect(reportOf(world, held, 'people.csv.missing.csv')).toContain('until the end of 2026-11-25');
  await night(world, person('P1'));
  expect(heldOf(world, 'P2').active).toBe(true);
  await night(world, person('P1'));
  expect(heldOf(world, 'P2').active).toBe(false);
});

test('who could not be disabled is tried again after 1, 2, 4 days, not every day', async () => {
  const world = await open({ disableAfterDays: 1 });
  await night(world, person('P1'), person('P2'));
  await night(world, person('P1'));
  world.tenant.nextOperations = ['well', 'fails'];
  await night(world, person('P1'));
  const counts: number[] = [];
  for (let day = 0; day < 7; day++) {
    world.tenant.nextOperations = ['well', 'fails'];
    counts.push(missingIn(world, await night(world, person('P1')))?.disabled ?? -1);
  }
  expect(counts).toEqual([1, 0, 1, 0, 0, 0, 1]);
  world.tenant.nextOperations = [];
});

test('somebody who comes back while the record is on its way is not disabled by it', async () => {
  const world = await open({ disableAfterDays: 1 });
  await night(world, person('P1'), person('P2'));
  await night(world, person('P1'));
  world.pass(DAY_MS);
  await drop(world, person('P1'));
  // The file settles and makes the run, whose arrival waits on the queue; meanwhile HR drops the next file.
  const { arrivals } = world.pipeline;
  const take = arrivals.take.bind(arrivals);
  arrivals.take = () => null;
  for (let tick = 0; tick < 4; tick++) await world.tick();
  arrivals.take = take;
  const [made] = await runsOfRecords(world);
  expect(made?.state).toBe('received');
  await drop(world, person('P1'), person('P2'));
  await world.rest();
  expect(heldOf(world, 'P2').active).toBe(true);
  expect((await world.fates(made as Run)).map(({ verdict }) => verdict)).toEqual(['superseded']);
});

test('an older file that is not finished may have a row of anybody: nobody is disabled before it is', async () => {
  const world = await open({ disableAfterDays: 1 });
  await night(world, person('P1'), person('P2'));
  await night(world, person('P1'));
  // The service is silent about a person of this file for hours, and the next file is finished before.
  world.pass(DAY_MS);
  world.tenant.nextOperations = ['entry-lost'];
  const slow = await drop(world, person('P1'), person('P3'));
  await world.tick();
  const quick = await drop(world, person('P1'));
  for (let tick = 0; tick < 3; tick++) await world.tick();
  expect([world.run(slow).state, world.run(quick).state]).toEqual(['confirming', 'settled']);
  expect(listOf(world, quick)).toEqual(['P2 2026-11-23 missing-behind-older-file']);
  await world.rest();
  // The slow file is finished now, and leaves it to the newer one.
  expect(listOf(world, slow)).toContain('P2 2026-11-23 missing-left-to-newer-file');
  expect(await runsOfRecords(world)).toEqual([]);
  await night(world, person('P1'));
  expect(heldOf(world, 'P2').active).toBe(false);
});

test('a person of another job is not disabled by this one', async () => {
  const world = await open({ disableAfterDays: 1 });
  await night(world, person('P1'), person('P2'));
  const text = JSON.parse((await world.pipeline.sources.read(SOURCE)) ?? '') as object;
  world.pipeline.sources.put(SOURCE, { ...text, job: { servicePrincipalId: 'sp', jobId: 'API2AAD.other' } });
  await night(world, person('P1'));
  const last = await night(world, person('P1'));
  expect(listOf(world, last)).toEqual(['P2 2026-11-23 missing-in-other-job']);
  expect(await runsOfRecords(world)).toEqual([]);
});

test('people whose records retention deleted are listed without an id, and not disabled', async () => {
  const world = await open({ disableAfterDays: 1 });
  const first = await night(world, person('P1'), person('P2'));
  await night(world, person('P1'));
  world.pipeline.files.remove(first, 'users.jsonl');
  const last = await night(world, person('P1'));
  expect(missingIn(world, last)).toMatchObject({ people: 1, disabled: 0, deleted: 1 });
  expect(listOf(world, last)).toEqual([expect.stringMatching(/^ 2026-11-\d\d missing-record-gone$/)]);
  expect(await runsOfRecords(world)).toEqual([]);
});

test('too many at once: their run is held by the guard, with no call, and nobody is disabled', async () => {
  const guard = { missing: false, rows: false };
  const world = await nights({ content: 'full' }, { missingPeople: { disableAfterDays: 1 }, guard });
  const people = Array.from({ length: 12 }, (_, at) => person(`Q${at}`));
  await night(world, ...people);
  await night(world, ...people.slice(6));
  const calls = world.tenant.calls;
  await night(world, ...people.slice(6));
  const [made] = await runsOfRecords(world);
  expect(made).toMatchObject({ state: 'held', reason: { code: 'guard-tripped' } });
  // One for the person who changes every day.
  expect(world.tenant.calls).toBe(calls + 1);
  expect(heldOf(world, 'Q0').active).toBe(true);
});
