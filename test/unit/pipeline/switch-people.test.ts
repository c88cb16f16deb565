// The day comes without a file: whose it is, and who is left alone because a file, a person or the settings say otherwise.
import { approveRun, refuseRun } from '../../../shared/pipeline/decide/decide-held';
import { forgetPerson } from '../../../shared/pipeline/roster/forget-person';
import { rebuildRoster } from '../../../shared/pipeline/roster/rebuild-roster';
import { switchPeople } from '../../../shared/pipeline/records/switch-people';
import { eventsOf, settingsOf, SOURCE } from './contoso';
import {
  dated,
  datedFile,
  datedNights,
  datedSettings,
  daysToCome,
  dayText,
  enabled,
  runsOfDates,
  toDay,
} from './dated';
import type { Nights } from './nights';

const OPS = { by: 'ops@contoso.example', why: 'it is right' };

/** A source with one leaver on day 2, somebody who stays, and one who begins on day 3. */
async function settled(file: object = {}, more: object = {}): Promise<Nights> {
  const world = await datedNights(file, more);
  await world.drop(datedFile(dated('P0'), dated('P1', { last: 2 }), dated('P2', { first: 3 })));
  await world.rest();
  return world;
}

test('a leaver is disabled when the last day is over, by the complete record, and once', async () => {
  const world = await settled();
  const before = JSON.parse(world.tenant.directory.get('p1') ?? '') as object;
  await toDay(world, 2);
  expect([enabled(world, 'P1'), await runsOfDates(world)]).toEqual([true, []]);
  await toDay(world, 3);
  expect(JSON.parse(world.tenant.directory.get('p1') ?? '')).toEqual({ ...before, active: false });
  const [run] = await runsOfDates(world);
  expect(run).toMatchObject({ state: 'settled', rows: 2, content: 'changes', verdicts: { disabled: 1, created: 1 } });
  expect(eventsOf(world.pipeline, 'rollcall.dates.come')).toEqual([
    { source: SOURCE, run: run?.run, disabled: 1, enabled: 1 },
  ]);
  for (const day of [4, 5, 40]) await toDay(world, day);
  expect([await runsOfDates(world), await daysToCome(world)]).toEqual([[run], {}]);
});

test('a joiner waits, and gets an account on the first day', async () => {
  const world = await settled();
  await toDay(world, 2);
  expect(enabled(world, 'P2')).toBeNull();
  await toDay(world, 3);
  expect(enabled(world, 'P2')).toBe(true);
});

test('the run has a report of its own, under a name that names nobody', async () => {
  const world = await settled();
  await toDay(world, 3);
  const [run] = await runsOfDates(world);
  const name = run?.blobName.slice(SOURCE.length + 1) ?? '';
  expect(name).toMatch(/^dates-[0-9a-f]{8}\.json$/);
  const report = (suffix: string) => world.pipeline.reports.reports.get(`${SOURCE}/${run?.run}/${suffix}`);
  expect(report(`${name}.verdicts.csv`)).toContain('P1,disabled');
  expect(report('summary.json')).toContain('"origin": "dates"');
});

test('a day that came while nobody looked is made up for; a first and a last day that are both over mean the last', async () => {
  const world = await datedNights();
  await world.drop(datedFile(dated('P0'), dated('P1', { first: 2, last: 4 })));
  await world.rest();
  await toDay(world, 9);
  expect([enabled(world, 'P1'), await daysToCome(world)]).toEqual([false, {}]);
});

test('after the first day the last one comes, too', async () => {
  const world = await datedNights();
  await world.drop(datedFile(dated('P0'), dated('P1', { first: 2, last: 4 })));
  await world.rest();
  expect(await daysToCome(world)).toEqual({ P1: 2 });
  await toDay(world, 2);
  expect([enabled(world, 'P1'), await daysToCome(world)]).toEqual([true, { P1: 1 }]);
  await toDay(world, 5);
  expect([enabled(world, 'P1'), (await runsOfDates(world)).length]).toEqual([false, 2]);
});

describe('a newer file', () => {
  test.each([
    ['moves the day', dated('P1', { last: 8 }), true, 1],
    ['has no last day any more', dated('P1'), true, 0],
    ['has a row that is rejected: it may say the opposite', dated('P1', { status: 'Unknown' }), true, 0],
    ['says that the person has left already', dated('P1', { status: 'Left' }), false, 0],
  ])('%s', async (_, row, isEnabled, left) => {
    const world = await settled();
    await toDay(world, 1);
    await world.drop(datedFile(row));
    await world.rest();
    await toDay(world, 3);
    expect([enabled(world, 'P1'), (await daysToCome(world))['P1'] ?? 0]).toEqual([isEnabled, left]);
  });

  test('that is being read or sent on the day is waited for', async () => {
    const world = await settled();
    await toDay(world, 2);
    world.tenant.nextOperations.push('slow');
    world.pass(86_400_000 - 120_000);
    await world.drop(datedFile(dated('P1', { last: 9 }), dated('P0', { status: 'Left' })));
    await toDay(world, 3);
    await toDay(world, 4);
    expect([enabled(world, 'P1'), enabled(world, 'P2')]).toEqual([true, true]);
    for (const { value } of await world.pipeline.ledger.runs.all())
      if (value.origin === 'dates')
        expect(await world.fates(value)).not.toContainEqual(expect.objectContaining({ id: 'P1' }));
  });

  test('that arrives at the moment of the tick wins, although nobody has seen it yet', async () => {
    const world = await settled();
    await toDay(world, 2);
    world.pass(86_400_000);
    const { pipeline } = world;
    // It is in the container before the tick looks, and its event comes later.
    pipeline.exports.drop(`${SOURCE}/people.csv`, datedFile(dated('P1', { last: 9 })));
    await switchPeople(pipeline);
    const [run] = await runsOfDates(world);
    expect(run?.state).toBe('received');
    await pipeline.arrivals.put({ version: 1, blob: `${SOURCE}/people.csv` }, 0);
    await world.rest();
    expect([enabled(world, 'P1'), enabled(world, 'P2'), await daysToCome(world)]).toEqual([true, true, { P1: 1 }]);
  });

  test('that is full and lacks the person: HR’s last word disables, and does not enable', async () => {
    const world = await settled({ content: 'full' });
    await toDay(world, 1);
    await world.drop(datedFile(dated('P0'), dated('P9')));
    await world.rest();
    expect(await daysToCome(world)).toEqual({ P1: 1 });
    await toDay(world, 5);
    expect([enabled(world, 'P1'), enabled(world, 'P2')]).toEqual([false, null]);
  });
});

describe('nothing is sent', () => {
  test('while a file waits for a person; when a newer one makes up for it, so is the day', async () => {
    const world = await settled();
    const held = await world.drop('Id,Status\n');
    expect(world.run(held).state).toBe('held');
    await toDay(world, 5);
    expect([enabled(world, 'P1'), await runsOfDates(world)]).toEqual([true, []]);
    await world.drop(datedFile(dated('P0')));
    await world.rest();
    await world.rest();
    expect(enabled(world, 'P1')).toBe(false);
  });

  test('for somebody on the hold list; after the hold the day is made up for', async () => {
    const world = await settled();
    world.pipeline.sources.putHoldList(SOURCE, `id,until,why\np1,${dayText(4)},a promise\n`);
    await toDay(world, 4);
    expect([enabled(world, 'P1'), enabled(world, 'P2')]).toEqual([true, true]);
    expect(eventsOf(world.pipeline, 'rollcall.dates.waiting')).toContainEqual({
      ...{ source: SOURCE, code: null, people: 1, otherSettings: 0, onHold: 1, tried: 0 },
    });
    await toDay(world, 5);
    expect(enabled(world, 'P1')).toBe(false);
  });

  test('of a row that the hold list kept back beyond its own last day: what holds now is sent instead', async () => {
    const world = await datedNights();
    world.pipeline.sources.putHoldList(SOURCE, `id,until,why\np1,${dayText(4)},a promise\n`);
    await world.drop(datedFile(dated('P0'), dated('P1', { last: 2 })));
    await toDay(world, 4);
    expect(enabled(world, 'P1')).toBeNull();
    await toDay(world, 5);
    await toDay(world, 6);
    expect(world.tenant.taken.flat().filter((id) => id === 'P1')).toHaveLength(1);
    expect(enabled(world, 'P1')).toBe(false);
  });

  test.each([
    [
      'the hold list cannot be used',
      (world: Nights) => world.pipeline.sources.putHoldList(SOURCE, 'nonsense'),
      'hold-list-broken',
    ],
    ['the settings have a mistake', (world: Nights) => world.pipeline.sources.put(SOURCE, '{'), 'source-invalid'],
  ])('while %s', async (_, spoil, code) => {
    const world = await settled();
    spoil(world);
    await toDay(world, 5);
    expect([enabled(world, 'P1'), enabled(world, 'P2')]).toEqual([true, null]);
    expect(eventsOf(world.pipeline, 'rollcall.dates.waiting')).toContainEqual({ source: SOURCE, code });
  });

  test('if the settings have no dates any more', async () => {
    const world = await settled();
    world.pipeline.sources.put(SOURCE, settingsOf());
    await toDay(world, 5);
    expect([enabled(world, 'P1'), enabled(world, 'P2'), await runsOfDates(world)]).toEqual([true, null, []]);
  });

  test('that enables, if the mapping was changed: the record is not the one of today; a leaver has left all the same', async () => {
    const world = await settled();
    world.pipeline.sources.put(SOURCE, datedSettings({}, { mapping: { userName: 'Email', displayName: 'Id' } }));
    await toDay(world, 5);
    expect([enabled(world, 'P1'), enabled(world, 'P2')]).toEqual([false, null]);
    expect(await daysToCome(world)).toEqual({ P2: 1 });
  });

  test('to another job', async () => {
    const world = await settled();
    world.pipeline.sources.put(
      SOURCE,
      datedSettings({}, { job: { servicePrincipalId: 'sp', jobId: 'API2AAD.other' } }),
    );
    await toDay(world, 5);
    expect([enabled(world, 'P1'), await runsOfDates(world)]).toEqual([true, []]);
  });

  test('if the settings were changed between the tick and the reading of its run', async () => {
    const world = await settled();
    await toDay(world, 2);
    world.pass(86_400_000);
    await switchPeople(world.pipeline);
    world.pipeline.sources.put(SOURCE, datedSettings({}, { mapping: { userName: 'Email', displayName: 'Id' } }));
    await world.rest();
    expect(await runsOfDates(world)).toMatchObject([{ state: 'refused', reason: { code: 'dates-outdated' } }]);
    expect(enabled(world, 'P1')).toBe(true);
    await toDay(world, 5);
    expect(enabled(world, 'P1')).toBe(false);
  });
});

describe('the guard', () => {
  const strict = { guard: { disabled: { hold: { count: 0 } } } };
  test('holds the run like any other: it goes when a person says so', async () => {
    const world = await settled({}, strict);
    await toDay(world, 3);
    const [run] = await runsOfDates(world);
    expect(run).toMatchObject({ state: 'held', reason: { code: 'guard-tripped' } });
    // While a person decides, nothing is sent beside it.
    await toDay(world, 6);
    expect((await runsOfDates(world)).length).toBe(1);
    expect([enabled(world, 'P1'), enabled(world, 'P2')]).toEqual([true, null]);
    world.pass(3_600_000);
    await approveRun(world.pipeline, world.run(run!), OPS);
    await world.rest();
    expect([enabled(world, 'P1'), enabled(world, 'P2'), await daysToCome(world)]).toEqual([false, true, {}]);
  });
  test('a run that is refused is asked for again a day later, not at once', async () => {
    const world = await settled({}, strict);
    await toDay(world, 3);
    const [run] = await runsOfDates(world);
    await refuseRun(world.pipeline, world.run(run!), OPS);
    world.pass(3_600_000 * 2);
    await world.rest();
    expect((await runsOfDates(world)).length).toBe(1);
    await toDay(world, 5);
    expect(await runsOfDates(world)).toMatchObject([{ state: 'refused' }, { state: 'held' }]);
  });
});

test('what fails is tried again a day later, and not before; what was not confirmed stays to be done', async () => {
  const world = await settled();
  await toDay(world, 2);
  world.tenant.nextOperations.push('fails', 'fails');
  await toDay(world, 3);
  expect((await runsOfDates(world)).length).toBe(1);
  expect(await daysToCome(world)).toEqual({ P1: 1, P2: 1 });
  world.pass(3_600_000 * 3);
  await world.rest();
  expect((await runsOfDates(world)).length).toBe(1);
  await toDay(world, 5);
  expect([enabled(world, 'P1'), enabled(world, 'P2'), await daysToCome(world)]).toEqual([false, true, {}]);
});

test('two ticks at once make one run, and one delivery', async () => {
  const world = await settled();
  await toDay(world, 2);
  world.pass(86_400_000);
  const before = world.tenant.taken.length;
  await Promise.all([switchPeople(world.pipeline), switchPeople(world.pipeline)]);
  await world.rest();
  const sent = world.tenant.taken.slice(before).flat().sort();
  expect([(await runsOfDates(world)).length, sent]).toEqual([1, ['P1', 'P2']]);
});

test('the record is there after retention took the files of the run that said so', async () => {
  const world = await settled();
  const [{ value: first } = { value: undefined }] = await world.pipeline.ledger.runs.all();
  for (const file of ['export', 'users.jsonl', 'rows.jsonl', 'people.idx', 'source.json'] as const)
    world.pipeline.files.remove(first!, file);
  await toDay(world, 100);
  expect([enabled(world, 'P1'), enabled(world, 'P2')]).toEqual([false, true]);
});

test('whoever is forgotten has no days to come', async () => {
  const world = await settled();
  const ports = { ...world.pipeline, ...world.pipeline.ledger };
  expect(await forgetPerson(ports, SOURCE, 'P2')).toEqual({ kind: 'forgotten' });
  expect(await forgetPerson(ports, SOURCE, 'P2')).toEqual({ kind: 'unknown' });
  await toDay(world, 5);
  expect([enabled(world, 'P1'), enabled(world, 'P2')]).toEqual([false, null]);
});

test('a roster that is lost is rebuilt with its dates, and without what is done', async () => {
  const world = await datedNights();
  await world.drop(datedFile(dated('P0'), dated('P1', { first: 2, last: 9 }), dated('P2', { first: 2 })));
  await world.rest();
  await toDay(world, 2);
  const pin = (await world.pipeline.rosters.current(SOURCE))!.value;
  world.pipeline.rosters.lose(pin);
  world.pipeline.rosters.lose(pin.dates!);
  await rebuildRoster(world.pipeline, SOURCE, () => Promise.resolve());
  expect(await daysToCome(world)).toEqual({ P1: 1 });
});

test('a night on which nobody’s day comes costs one small read a source', async () => {
  const world = await settled();
  world.pass(3_600_000);
  const { rosters, ledger } = world.pipeline;
  const before = { reads: rosters.calls.count('read'), runs: ledger.runs.calls.count('ofSource') };
  await switchPeople(world.pipeline);
  expect({ reads: rosters.calls.count('read'), runs: ledger.runs.calls.count('ofSource') }).toEqual(before);
});

test('who cannot go is looked at once an hour, as long as nothing changes', async () => {
  const world = await settled();
  world.pipeline.sources.putHoldList(SOURCE, `id,until,why\np1,${dayText(20)},a promise\n`);
  await toDay(world, 5);
  const { rosters } = world.pipeline;
  world.pass(3_600_000);
  await switchPeople(world.pipeline);
  const reads = rosters.calls.count('read');
  for (let tick = 0; tick < 5; tick++) await switchPeople(world.pipeline);
  expect(rosters.calls.count('read')).toBe(reads);
  world.pass(3_600_000);
  await switchPeople(world.pipeline);
  expect(rosters.calls.count('read')).toBeGreaterThan(reads);
});
