// The gate on real storage: the table behind it, and two gates that race on one table.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../../shared/core/clock';
import { azureGateTable } from '../../../shared/delivery/azure-gate-table';
import { openGate } from '../../../shared/delivery/gate';
import type { GateStore } from '../../../shared/delivery/gate-store';
import { openJobGate, pauseJob, REFUSALS_UNTIL_HALT } from '../../../shared/delivery/job-gate';
import { freshPace, SLOT_INTERVAL_MS } from '../../../shared/delivery/pace';
import type { TestStorage } from './storage-under-test';
import { startStorage } from './storage-under-test';

let storage: TestStorage;
beforeAll(async () => {
  storage = await startStorage();
});
afterAll(() => storage.end());

const job = { servicePrincipalId: 'sp', jobId: 'job-1' };
const other = { servicePrincipalId: 'sp', jobId: 'job-2' };
const BY = '20261121T080000Z-0123456789/000001';
const budget = { calls: 10_000, leaverShare: 0.1 };
const clock: Clock = { now: () => performance.timeOrigin + performance.now(), sleep: (ms) => sleep(ms) };
const newStore = async (): Promise<GateStore> => azureGateTable(await storage.newTable(), 'tenant-1');

describe('the table', () => {
  test('an empty one reads as a fresh pace and an open job', async () => {
    const store = await newStore();
    expect(await store.read(job)).toEqual({
      pace: { value: freshPace, etag: '' },
      job: { value: openJobGate, etag: '' },
    });
  });
  test('one read gives pace and job; jobs do not see each other, nor tenants', async () => {
    const table = await storage.newTable();
    const store = azureGateTable(table, 'tenant-1');
    const first = await store.read(job);
    await store.replacePace(first.pace, { ...freshPace, nextSlotAt: 77 });
    await store.replaceJob(job, first.job, pauseJob(openJobGate, 99, 'graph-conflict', BY));
    expect(await store.read(job)).toMatchObject({
      pace: { value: { nextSlotAt: 77 } },
      job: { value: { pausedUntil: 99, pausedFor: 'graph-conflict', pausedBy: BY } },
    });
    expect((await store.read(other)).job.value).toEqual(openJobGate);
    expect((await azureGateTable(table, 'tenant-2').read(job)).pace.value).toEqual(freshPace);
  });
  test('a write tells the time of the storage service, from its ETag', async () => {
    const store = await newStore();
    const before = Date.now();
    const written = await store.replacePace((await store.read(job)).pace, freshPace);
    expect(written!.writtenAt).toBeGreaterThanOrEqual(before - 1_000);
    expect(written!.writtenAt).toBeLessThanOrEqual(Date.now() + 1_000);
    const again = await store.replacePace({ value: freshPace, etag: written!.etag }, freshPace);
    expect(again!.writtenAt).toBeGreaterThanOrEqual(written!.writtenAt);
  });
  test('of many who write the first version, and of many who write the next, one succeeds', async () => {
    const store = await newStore();
    for (let round = 0; round < 2; round++) {
      const { pace, job: gate } = await store.read(job);
      const told = await Promise.all(Array.from({ length: 5 }, () => store.replacePace(pace, freshPace)));
      expect(told.filter((one) => one !== null)).toHaveLength(1);
      const paused = await Promise.all(Array.from({ length: 5 }, () => store.replaceJob(job, gate, openJobGate)));
      expect(paused.filter(Boolean)).toHaveLength(1);
    }
  });
});

/** Counts the round trips. */
function counted(store: GateStore) {
  const calls = { read: 0, write: 0 };
  const counting: GateStore = {
    read: (key) => (calls.read++, store.read(key)),
    replacePace: (read, next) => (calls.write++, store.replacePace(read, next)),
    replaceJob: (key, read, next) => (calls.write++, store.replaceJob(key, read, next)),
  };
  return { store: counting, calls };
}
const slotOf = (grant: { kind: string; at?: number }): number => {
  if (grant.kind !== 'slot' || grant.at === undefined) throw new Error('no slot was given');
  return grant.at;
};

describe('gates that share a table', () => {
  test('never give slots closer than the interval, and each slot once', async () => {
    const store = await newStore();
    const gates = [1, 2].map(() => openGate(store, clock, budget, Math.random));
    const takers = gates.flatMap((gate) => Array.from({ length: 4 }, () => gate));
    const slots: number[] = [];
    // Each taker takes, then takes again: the two gates swap against each other all the time. One clock, so times compare.
    await Promise.all(
      takers.map(async (gate) => {
        for (let n = 0; n < 4; n++) slots.push(slotOf(await gate.take(job, false)));
      }),
    );
    slots.sort((a, b) => a - b);
    expect(slots).toHaveLength(32);
    const gaps = slots.slice(1).map((at, i) => at - slots[i]!);
    // The two gates learn the offset of the storage clock each from its own round trips: some ms apart, inside the arrival jitter.
    for (const gap of gaps) expect(gap).toBeGreaterThan(SLOT_INTERVAL_MS - 100);
    expect((slots.at(-1)! - slots[0]!) / (slots.length - 1)).toBeGreaterThanOrEqual(SLOT_INTERVAL_MS - 5);
  });
  test('cost at most two round trips for a slot when nobody contends, and two for all who ask at once', async () => {
    const { store, calls } = counted(await newStore());
    const gate = openGate(store, clock, budget, Math.random);
    for (let n = 0; n < 5; n++) await gate.take(job, false);
    expect(calls.read + calls.write).toBeLessThanOrEqual(10);
    const before = calls.read + calls.write;
    await new Promise((resolve) => setTimeout(resolve, 10 * SLOT_INTERVAL_MS));
    await Promise.all(Array.from({ length: 5 }, () => gate.take(job, false)));
    expect(calls.read + calls.write - before).toBe(2);
  });
  test('429: what one gate was told stops the other, with until when and why', async () => {
    const store = await newStore();
    const [told, asks] = [openGate(store, clock, budget, Math.random), openGate(store, clock, budget, Math.random)];
    const until = await told.throttled(job, 60_000, BY);
    expect(await asks.take(job, true)).toEqual({ kind: 'closed', until, code: 'throttled' });
    expect(await asks.look(other)).toEqual({
      leavers: { until, code: 'throttled' },
      others: { until, code: 'throttled' },
    });
  });
  test('a paused job stops itself, not its neighbours', async () => {
    const store = await newStore();
    const gate = openGate(store, clock, budget, Math.random);
    const until = await gate.pauseJob(job, 'graph-bucket-full', 60_000, BY);
    expect(await gate.take(job, false)).toEqual({ kind: 'closed', until, code: 'graph-bucket-full' });
    expect(await gate.take(other, false)).toMatchObject({ kind: 'slot' });
    expect(await gate.look(other)).toEqual({ leavers: null, others: null });
  });
  test('refused a hundred times in a row, by whomever, the job is paused; an accepted call begins the count anew', async () => {
    const store = await newStore();
    const [one, two] = [openGate(store, clock, budget, Math.random), openGate(store, clock, budget, Math.random)];
    for (let i = 1; i < REFUSALS_UNTIL_HALT; i++) expect(await (i % 2 ? one : two).refused(job, 60_000, BY)).toBeNull();
    await one.take(job, false);
    await one.accepted(job);
    for (let i = 1; i < REFUSALS_UNTIL_HALT; i++) expect(await (i % 2 ? one : two).refused(job, 60_000, BY)).toBeNull();
    const until = await two.refused(job, 60_000, BY);
    expect(await one.take(job, false)).toEqual({ kind: 'closed', until, code: 'graph-refuses-everything' });
    expect(await one.take(other, false)).toMatchObject({ kind: 'slot' });
    // When the pause is over one call looks; refused again, everybody waits again at once.
    expect(await one.refused(job, 60_000, BY)).not.toBeNull();
  });
  test('looking takes no slot and writes nothing', async () => {
    const { store, calls } = counted(await newStore());
    expect(await openGate(store, clock, budget, Math.random).look(job)).toEqual({ leavers: null, others: null });
    expect(calls).toEqual({ read: 1, write: 0 });
  });
  test('a spent budget is closed for all but leavers, then for them too', async () => {
    const store = await newStore();
    const gate = openGate(store, clock, { calls: 2, leaverShare: 0.5 }, Math.random);
    expect((await gate.take(job, false)).kind).toBe('slot');
    expect(await gate.take(job, false)).toMatchObject({ kind: 'closed', code: 'daily-budget-spent' });
    expect(await gate.look(job)).toMatchObject({ leavers: null, others: { code: 'daily-budget-spent' } });
    expect((await gate.take(job, true)).kind).toBe('slot');
    expect(await gate.take(job, true)).toMatchObject({ kind: 'closed', code: 'daily-budget-spent' });
  });
  test('an accepted call forgets strikes, and costs nothing when there are none', async () => {
    const { store, calls } = counted(await newStore());
    const gate = openGate(store, clock, budget, Math.random);
    await gate.accepted(job);
    expect(calls).toEqual({ read: 0, write: 0 });
    await gate.throttled(job, 0, BY);
    await gate.accepted(job);
    expect((await store.read(job)).pace.value.strikes).toBe(0);
  });
  test('a storage that fails is told to everybody who waits', async () => {
    const fails: GateStore = {
      read: () => Promise.reject(new Error('storage is away')),
      replacePace: () => Promise.reject(new Error('never')),
      replaceJob: () => Promise.reject(new Error('never')),
    };
    const gate = openGate(fails, clock, budget, Math.random);
    const told = await Promise.allSettled([gate.take(job, false), gate.take(job, false)]);
    expect(told.map((one) => one.status)).toEqual(['rejected', 'rejected']);
  });
});
