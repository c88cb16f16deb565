// A leaver now: the last confirmed record with `active: false`, as a run that is newer than all others; or a reason why it cannot be made.
import { foldId } from '../../../../shared/columns/id';
import { disablePerson, type Disabling } from '../../../../shared/pipeline/disable/disable-person';
import { needsOf } from '../../../../shared/pipeline/status/needs';
import { reconcile } from '../../../../shared/pipeline/reconcile/reconcile';
import type { Run } from '../../../../shared/run/run';
import { csvOf, eventsOf, person, settingsOf, SOURCE } from '../contoso';
import type { Nights } from '../nights';
import { nights } from '../nights';

const REASON = 'left today, says Maria Keller';
const disable = (world: Nights, id = 'p2', reason = REASON): Promise<Disabling> => {
  const { pipeline } = world;
  const order = { source: SOURCE, id, by: 'operator@contoso.example', reason };
  return disablePerson({ ...pipeline, ...pipeline.ledger }, order, pipeline.clock.now());
};
const heldOf = (world: Nights, id: string): { readonly active: boolean } =>
  JSON.parse(world.tenant.directory.get(foldId(id)) ?? 'null') as { readonly active: boolean };
const runOf = (world: Nights, made: Disabling): Run =>
  world.run({ source: SOURCE, run: 'run' in made ? made.run : '' } as Run);

async function settled(...lines: readonly string[]): Promise<Nights> {
  const world = await nights();
  await world.drop(csvOf(...lines));
  await world.rest();
  return world;
}

test('the account is disabled by the record that Entra held, complete; nobody else is touched', async () => {
  const world = await settled(person('P1'), person('P2'));
  const before = heldOf(world, 'P2');
  const calls = world.tenant.calls;
  const made = await disable(world);
  expect(made).toMatchObject({ kind: 'made', others: [] });
  await world.rest();
  expect(heldOf(world, 'P2')).toEqual({ ...before, active: false });
  expect(heldOf(world, 'P1').active).toBe(true);
  expect(world.tenant.calls).toBe(calls + 1);
  const run = runOf(world, made);
  expect(run).toMatchObject({
    origin: 'disable',
    state: 'settled',
    rows: 1,
    content: 'changes',
    job: expect.anything(),
  });
  expect((await world.fates(run)).map(({ id, verdict }) => [id, verdict])).toEqual([['P2', 'disabled']]);
  // It rests in the roster, so that nobody is asked twice.
  expect(await disable(world)).toMatchObject({ kind: 'disabled-already' });
});

test('who and why are beside the run, and in no event and no name', async () => {
  const world = await settled(person('P1'), person('P2'));
  const run = runOf(world, await disable(world));
  await world.rest();
  const order = JSON.parse(world.pipeline.files.peek(run, 'order.json') ?? '') as unknown;
  expect(order).toMatchObject({ by: 'operator@contoso.example', reason: REASON });
  expect(run.blobName).toMatch(/^contoso-hr\/disable-[0-9a-f]{8}\.json$/);
  const told = JSON.stringify(world.pipeline.events);
  expect(told).not.toMatch(/Maria|operator@|p2@/i);
  expect(eventsOf(world.pipeline, 'rollcall.intake.staged').at(-1)).toMatchObject({ users: 1 });
});

test('the next file that lists the person as active enables the account, also one with the same content as before', async () => {
  const content = csvOf(person('P1'), person('P2'));
  const world = await nights();
  await world.drop(content);
  await world.rest();
  await disable(world);
  await world.rest();
  const again = await world.drop(content);
  await world.rest();
  expect((await world.fates(again)).map(({ verdict }) => verdict)).toEqual(['unchanged', 'updated']);
  expect(heldOf(world, 'P2').active).toBe(true);
});

test('a header that has changed is compared with that of the last file', async () => {
  const world = await settled(person('P1'), person('P2'));
  await disable(world);
  await world.rest();
  const run = await world.drop('Id,Status,Email,Room\nP1,Active,p1@contoso.example,7\n');
  expect(world.pipeline.files.peek(run, 'findings.json')).toContain('header-changed');
});

describe('it is newer than everything that is known', () => {
  test('a row of the person that was not sent yet is superseded', async () => {
    const world = await settled(person('P1'), person('P2'));
    const older = await world.drop(csvOf(person('P2', 'Active', 'new@contoso.example')));
    const made = await disable(world);
    expect(made).toMatchObject({ kind: 'made', others: [{ run: { run: older.run }, isRead: true }] });
    await world.rest();
    expect(heldOf(world, 'P2').active).toBe(false);
    expect(world.run(older).verdicts).toMatchObject({ superseded: 1 });
  });
  test('a row that is on its way is waited for', async () => {
    const world = await settled(person('P1'), person('P2'));
    world.tenant.nextOperations = ['slow'];
    await world.drop(csvOf(person('P2', 'Active', 'new@contoso.example')));
    await world.tick();
    await disable(world);
    await world.rest();
    expect(heldOf(world, 'P2').active).toBe(false);
  });
  test('a file that arrived in the same second, or by a clock that is ahead, is older all the same', async () => {
    const world = await settled(person('P1'), person('P2'));
    const ahead = await world.drop(csvOf(person('P2', 'Active', 'new@contoso.example')));
    world.pipeline.clock.pass(-300_000);
    const made = runOf(world, await disable(world));
    expect(made.run > ahead.run).toBe(true);
    expect(made.arrivedAt).toBe(ahead.arrivedAt);
    world.pipeline.clock.pass(300_000);
    await world.rest();
    expect(heldOf(world, 'P2').active).toBe(false);
  });
  test('a file that is not read yet is told, because it may have a row', async () => {
    const world = await settled(person('P1'), person('P2'));
    const { files } = world.pipeline;
    files.calls.before = ({ method }) => {
      if (method === 'keepExport') throw new Error('killed');
    };
    await expect(world.drop(csvOf(person('P2', 'Active', 'new@contoso.example')))).rejects.toThrow('killed');
    files.calls.before = () => undefined;
    expect(await disable(world)).toMatchObject({
      kind: 'made',
      others: [{ run: { state: 'checking' }, isRead: false }],
    });
    world.pass(3_600_000);
    await world.rest();
    expect(heldOf(world, 'P2').active).toBe(false);
  });
});

test('two equal orders, at once or one after the other, are one run', async () => {
  const world = await settled(person('P1'), person('P2'));
  const [one, other] = await Promise.all([disable(world), disable(world, 'P2', 'another reason')]);
  expect(new Set([one, other].map((made) => runOf(world, made).run)).size).toBe(1);
  expect(await disable(world)).toEqual({ kind: 'under-way', run: runOf(world, one).run });
  world.tenant.nextOperations = ['slow'];
  await world.tick();
  expect(runOf(world, one).state).toBe('confirming');
  expect(await disable(world)).toEqual({ kind: 'under-way', run: runOf(world, one).run });
  await world.rest();
  expect((await world.pipeline.ledger.runs.all()).filter(({ value }) => value.origin === 'disable')).toHaveLength(1);
  expect(world.tenant.taken.flat().filter((id) => id === 'P2')).toHaveLength(2);
});

describe('nothing is done', () => {
  const nothingDone = (world: Nights): Promise<number> =>
    world.pipeline.ledger.runs.all().then((runs) => runs.filter(({ value }) => value.origin !== 'file').length);

  test('for somebody whom the roster does not have, or of whom nothing was confirmed', async () => {
    const world = await nights();
    expect(await disable(world)).toEqual({ kind: 'unknown' });
    world.tenant.nextOperations = ['well', 'fails'];
    await world.drop(csvOf(person('P1'), person('P2')));
    await world.rest();
    expect(await disable(world)).toEqual({ kind: 'not-confirmed' });
    expect(await disable(world, 'P9')).toEqual({ kind: 'unknown' });
    expect(await nothingDone(world)).toBe(0);
  });
  test('for somebody on the hold list, or if the list cannot be read', async () => {
    const world = await settled(person('P1'), person('P2'));
    world.pipeline.sources.putHoldList(SOURCE, 'id,until,why\nP2,2026-12-31,\n');
    expect(await disable(world)).toEqual({ kind: 'on-hold', until: '2026-12-31' });
    world.pipeline.sources.putHoldList(SOURCE, 'id,until,why\nP1,,\n');
    expect(await disable(world)).toMatchObject({ kind: 'hold-list-broken', fault: { line: 2 } });
    expect(await nothingDone(world)).toBe(0);
    world.pipeline.sources.putHoldList(SOURCE, 'id,until,why\nP1,2026-12-31,\n');
    expect(await disable(world)).toMatchObject({ kind: 'made' });
  });
  test('if retention took the record: one with nothing but active would clear values', async () => {
    const world = await nights();
    const run = await world.drop(csvOf(person('P1'), person('P2')));
    await world.rest();
    world.pipeline.files.remove(run, 'users.jsonl');
    expect(await disable(world)).toEqual({ kind: 'record-gone', run: run.run });
    expect(await nothingDone(world)).toBe(0);
  });
  test('if the roster is damaged', async () => {
    const world = await settled(person('P1'), person('P2'));
    const pin = await world.pipeline.rosters.current(SOURCE);
    world.pipeline.rosters.spoil(pin!.value, (bytes) => bytes.subarray(0, -1));
    expect(await disable(world)).toEqual({ kind: 'roster-trouble', trouble: 'roster-damaged' });
  });
});

test('somebody disabled who is about to be enabled is not called disabled', async () => {
  const world = await settled(person('P1'), person('P2', 'Left'));
  expect(await disable(world)).toMatchObject({ kind: 'disabled-already' });
  await world.drop(csvOf(person('P2')));
  expect(await disable(world)).toMatchObject({ kind: 'made' });
  await world.rest();
  expect(heldOf(world, 'P2').active).toBe(false);
});

test('a crash at any step: the order given again is carried out once', async () => {
  const outcome = async (failAt: number): Promise<{ readonly calls: number; readonly made: unknown }> => {
    const world = await settled(person('P1'), person('P2'));
    const { ledger, files, arrivals, sources, rosters } = world.pipeline;
    let calls = 0;
    for (const port of [ledger.runs, files, arrivals, sources, rosters])
      port.calls.before = () => {
        if (++calls === failAt) throw new Error('killed');
      };
    const isKilled = await disable(world).then(
      () => false,
      () => true,
    );
    const first = calls;
    expect(isKilled).toBe(failAt > 0);
    await disable(world);
    await world.rest();
    const runs = (await ledger.runs.all()).filter(({ value }) => value.origin === 'disable');
    return { calls: first, made: runs.map(({ value }) => [value.state, value.verdicts?.disabled]) };
  };
  const whole = await outcome(0);
  expect(whole.made).toEqual([['settled', 1]]);
  for (let failAt = 1; failAt <= whole.calls; failAt++)
    expect({ failAt, made: (await outcome(failAt)).made }).toEqual({ failAt, made: whole.made });
});

test('somebody whom another job confirmed may have an account elsewhere: no order is made', async () => {
  const world = await settled(person('P1'), person('P2'));
  const job = (jobId: string): void =>
    world.pipeline.sources.put(SOURCE, settingsOf({}, { job: { servicePrincipalId: 'sp', jobId } }));
  job('API2AAD.other');
  expect(await disable(world)).toEqual({ kind: 'in-other-job' });
  expect(await world.pipeline.ledger.runs.ofSource(SOURCE, ['received'])).toEqual([]);
  job('api2aad.CONTOSO');
  expect(await disable(world)).toMatchObject({ kind: 'made' });
});

test('without settings that can be used, or with mistakes in them, no order is made', async () => {
  const world = await settled(person('P1'), person('P2'));
  world.pipeline.sources.put(SOURCE, { name: SOURCE });
  expect(await disable(world)).toMatchObject({ kind: 'settings-unusable', faults: { ok: false, more: 0 } });
});

test('orders made within a second are not dated ahead of the clock, and each is a run of its own', async () => {
  const ids = Array.from({ length: 60 }, (_, i) => `P${i}`);
  const world = await settled(...ids.map((id) => person(id)));
  const now = world.pipeline.clock.now();
  const made: Run[] = [];
  for (const id of ids) made.push(runOf(world, await disable(world, id)));
  expect(new Set(made.map(({ run }) => run)).size).toBe(60);
  expect(made.map(({ run }) => run)).toEqual(made.map(({ run }) => run).sort());
  expect(Math.max(...made.map(({ arrivedAt }) => arrivedAt))).toBeLessThanOrEqual(now + 1_000);
  await world.rest();
  expect(ids.filter((id) => heldOf(world, id).active)).toEqual([]);
});

describe('an order that is held', () => {
  const file = (room: number): string =>
    `Id,Status,Email,Room\nP1,Active,p1@contoso.example,${room}\nP2,Active,p2@contoso.example,1\n`;
  const strict = { guard: { disabled: { hold: { count: 0 } } } };
  async function held(): Promise<{ readonly world: Nights; readonly order: Run }> {
    const world = await nights({ content: 'full' }, strict);
    await world.drop(file(1));
    await world.rest();
    const order = runOf(world, await disable(world));
    await world.tick();
    expect(world.run(order)).toMatchObject({ state: 'held', reason: { code: 'guard-tripped' } });
    return { world, order };
  }
  const needsIn = async ({ pipeline }: Nights): Promise<readonly string[]> => {
    const runs = (await pipeline.ledger.runs.all()).map(({ value }) => value).reverse();
    const seen = { runs, gates: [], logs: new Map(), queues: {}, kept: 0, dates: new Map(), overdue: [] };
    return needsOf(seen, pipeline.clock.now()).flatMap((need) => (need.kind === 'run' ? [need.run.run] : []));
  };
  test('says on its report that it has no plan, and why', async () => {
    const { world, order } = await held();
    const told = world.pipeline.reports.reports.get(
      `${SOURCE}/${order.run}/${order.blobName.split('/')[1]}.why-held.txt`,
    );
    expect(told).toContain('There is no plan of this run.');
  });
  test('is never lost in silence: a newer full file parks it, with an event, and it needs a person until it is given again', async () => {
    const { world, order } = await held();
    await world.drop(file(2));
    await world.rest();
    expect(world.run(order)).toMatchObject({ state: 'parked', reason: { code: 'order-overtaken' } });
    expect(eventsOf(world.pipeline, 'rollcall.held.parked')).toEqual([
      { source: SOURCE, run: order.run, code: 'order-overtaken' },
    ]);
    expect(await needsIn(world)).toEqual([order.run]);
    world.pipeline.sources.put(SOURCE, settingsOf({ content: 'full' }));
    await disable(world);
    await world.rest();
    expect(heldOf(world, 'P2').active).toBe(false);
    expect(await needsIn(world)).toEqual([]);
  });
  test('is held for a job that was taken off the list, and needs a person', async () => {
    let isListed = true;
    const world = await nights({}, {}, { allowsJob: () => isListed });
    await world.drop(csvOf(person('P1'), person('P2')));
    await world.rest();
    isListed = false;
    const order = runOf(world, await disable(world));
    const calls = world.tenant.calls;
    await world.rest();
    expect(world.run(order)).toMatchObject({ state: 'held', reason: { code: 'job-not-allowed' } });
    expect(world.tenant.calls).toBe(calls);
    expect(await needsIn(world)).toEqual([order.run]);
    isListed = true;
    await disable(world);
    await world.rest();
    expect(heldOf(world, 'P2').active).toBe(false);
    expect(await needsIn(world)).toEqual([]);
  });
  test.each(['guard', 'settings'])('is told of every day from the first on, whatever holds it: %s', async (what) => {
    const world = await settled(person('P1'), person('P2'));
    if (what === 'guard') world.pipeline.sources.put(SOURCE, settingsOf({}, strict));
    const order = runOf(world, await disable(world));
    if (what === 'settings') world.pipeline.sources.put(SOURCE, { name: SOURCE });
    await world.tick();
    expect(world.run(order).state).toBe('held');
    for (let day = 0; day < 3; day++) {
      world.pass(86_400_000);
      await reconcile(world.pipeline);
    }
    expect(eventsOf(world.pipeline, 'rollcall.held.waiting')).toMatchObject([{ days: 1 }, { days: 2 }, { days: 3 }]);
  });
});
