// The gate on a hand clock: when slots are granted, how often storage is called, and how long a sender sleeps. The storage's clock is five
// minutes ahead of ours.
import type { Gate, SlotGrant } from '../../../shared/delivery/gate';
import { openGate } from '../../../shared/delivery/gate';
import { openJobGate, pauseJob, REFUSALS_UNTIL_HALT } from '../../../shared/delivery/job-gate';
import { closeForHalt, freshPace } from '../../../shared/delivery/pace';
import { jobText } from '../../../shared/graph/job-key';
import { HandClock } from '../memory/hand-clock';
import { MemoryGateStore } from '../memory/memory-gate-store';
import { seededRandom } from '../memory/seeded-random';

// Written a second time by hand, not our constants.
const INTERVAL_MS = 145;
const AHEAD_MS = 2_000;
const MAX_WAIT_MS = 10_000;
const STORAGE_AHEAD_MS = 300_000;

const job = { servicePrincipalId: 'sp', jobId: 'job-1' };
const other = { servicePrincipalId: 'sp', jobId: 'job-2' };
const BY = '20261121T080000Z-0123456789/000001';
const ample = { calls: 10_000, leaverShare: 0.1 };

/** One table, and the gates of this many processes on it. `random` is 0 unless a test says otherwise: no wait is longer than needed. */
function newGates(processes = 1, options: { tripMs?: number; budget?: typeof ample; random?: () => number } = {}) {
  const clock = new HandClock();
  const store = new MemoryGateStore(clock, { offsetMs: STORAGE_AHEAD_MS, tripMs: options.tripMs ?? 0 });
  const gates = Array.from({ length: processes }, () =>
    openGate(store, clock, options.budget ?? ample, options.random ?? (() => 0)),
  );
  const trips = () => store.calls.made.length;
  return { clock, store, gates, gate: gates[0]!, begun: clock.now(), trips };
}
const slotOf = (grant: SlotGrant): number => {
  if (grant.kind !== 'slot') throw new Error(`no slot was given: ${grant.code}`);
  return grant.at;
};
const takeMany = (gate: Gate, count: number, leavers = false): Promise<readonly SlotGrant[]> =>
  Promise.all(Array.from({ length: count }, () => gate.take(job, leavers)));
const gapsOf = (slots: readonly number[]): readonly number[] => slots.slice(1).map((at, i) => at - slots[i]!);

describe('slots', () => {
  test("are given in our time, although they are kept in the storage's", async () => {
    const { gate, store, begun } = newGates();
    expect((await takeMany(gate, 3)).map(slotOf)).toEqual([begun, begun + INTERVAL_MS, begun + 2 * INTERVAL_MS]);
    expect(store.peek(job).pace.value.nextSlotAt).toBe(begun + STORAGE_AHEAD_MS + 3 * INTERVAL_MS);
    expect(gate.now()).toBe(begun + STORAGE_AHEAD_MS);
  });
  test.each([STORAGE_AHEAD_MS, -STORAGE_AHEAD_MS])(
    "of a process that has never written are in the storage's time too, with its clock %i ms off",
    async (offsetMs) => {
      const { gates, store, begun } = newGates(2);
      store.offsetMs = offsetMs;
      await takeMany(gates[0]!, 3);
      expect(slotOf(await gates[1]!.take(job, false))).toBe(begun + 3 * INTERVAL_MS);
      expect(store.peek(job).pace.value.nextSlotAt).toBe(begun + offsetMs + 4 * INTERVAL_MS);
    },
  );
  test('are not taken by a sender that loses the race to learn the time: it reads again', async () => {
    const { gate, store, begun } = newGates();
    let inTheWay = 1;
    store.calls.before = ({ method }) => {
      if (method === 'replacePace' && inTheWay-- > 0)
        store.putPace({ ...freshPace, nextSlotAt: begun + STORAGE_AHEAD_MS + 1_000 });
    };
    expect(slotOf(await gate.take(job, false))).toBe(begun + 1_000);
    expect(store.calls.made.map((call) => call.method)).toEqual([
      'read',
      'replacePace',
      'read',
      'replacePace',
      'replacePace',
    ]);
  });
  test('are tried for again after losing to another process, with a pause that doubles; given up after fifty tries', async () => {
    const { gate, store, clock } = newGates(1, { random: () => 1 });
    await gate.take(job, false);
    let inTheWay = 3;
    store.calls.before = ({ method }) => {
      if (method === 'replacePace' && inTheWay-- > 0) store.putPace(store.peek(job).pace.value);
    };
    expect((await gate.take(job, false)).kind).toBe('slot');
    expect(clock.sleeps).toEqual([40, 80, 160]);
    inTheWay = 1_000;
    const before = store.calls.count('replacePace');
    await expect(gate.take(job, false)).rejects.toMatchObject({ code: 'gate-contended', disposition: 'retry' });
    expect(store.calls.count('replacePace') - before).toBe(50);
    expect(Math.max(...clock.sleeps)).toBe(1_500);
  });
  test('are at least three round trips ahead: a slot must be written before it can be used', async () => {
    const { gate, clock } = newGates(1, { tripMs: 40 });
    await gate.take(job, false);
    clock.pass(10_000);
    const asked = clock.now();
    expect(slotOf(await gate.take(job, false)) - asked).toBeGreaterThanOrEqual(3 * 40);
  });
  test('of two processes are never closer than the interval, and none is lost', async () => {
    const { gates } = newGates(2, { tripMs: 20, random: seededRandom(1) });
    const slots: number[] = [];
    // Each taker takes, then takes again: the two gates compete in every swap.
    const takers = gates.flatMap((gate) => Array.from({ length: 4 }, () => gate));
    await Promise.all(
      takers.map(async (gate) => {
        for (let n = 0; n < 4; n++) slots.push(slotOf(await gate.take(job, false)));
      }),
    );
    expect(slots).toHaveLength(32);
    for (const gap of gapsOf(slots.sort((a, b) => a - b))) expect(gap).toBeGreaterThanOrEqual(INTERVAL_MS);
  });
});

describe('round trips', () => {
  test('are none for a sender that only waits: all that ask at once are served by one swap', async () => {
    const { gate, store, trips } = newGates();
    await gate.take(job, false);
    await gate.take(job, false);
    const before = trips();
    expect(new Set((await takeMany(gate, 5)).map(slotOf)).size).toBe(5);
    expect(trips() - before).toBe(1);
    expect(store.calls.made.at(-1)).toEqual({ method: 'replacePace', key: 'pace' });
  });
  test('are one per slot, as long as no other process takes any', async () => {
    const { gate, trips } = newGates();
    for (let n = 0; n < 3; n++) await gate.take(job, false);
    const before = trips();
    for (let n = 0; n < 5; n++) await gate.take(job, false);
    expect(trips() - before).toBe(5);
  });
  test('what is known about a pause is trusted for a second, no longer', async () => {
    const { gate, store, clock, begun } = newGates();
    for (let n = 0; n < 3; n++) await gate.take(job, false);
    store.putJob(job, pauseJob(openJobGate, begun + STORAGE_AHEAD_MS + 60_000, 'graph-bucket-full', BY));
    clock.pass(999);
    expect((await gate.take(job, false)).kind).toBe('slot');
    clock.pass(1);
    expect(await gate.take(job, false)).toEqual({
      kind: 'closed',
      until: begun + STORAGE_AHEAD_MS + 60_000,
      code: 'graph-bucket-full',
    });
  });
  test('looking takes no slot and writes nothing', async () => {
    const { gate, store } = newGates();
    expect(await gate.look(job)).toEqual({ leavers: null, others: null });
    expect(store.calls.made.map((call) => call.method)).toEqual(['read']);
  });
});

describe('all slots of two seconds are taken', () => {
  // As many as fit: at 0, 145 … 1,885 ms, and the next one at 2,030.
  const FITTING = Math.floor(AHEAD_MS / INTERVAL_MS) + 1;

  test('a sender that finds none sleeps until one is free, and no longer', async () => {
    const { gate, clock, begun } = newGates();
    await takeMany(gate, FITTING);
    expect(clock.sleeps).toEqual([]);
    expect(slotOf(await gate.take(job, false))).toBe(begun + FITTING * INTERVAL_MS);
    expect(clock.sleeps).toEqual([FITTING * INTERVAL_MS - AHEAD_MS]);
  });
  test('of more senders than slots, the first are served at once, the others as soon as there is a slot for each', async () => {
    const { gate, clock, begun, trips } = newGates();
    await gate.take(job, false);
    await gate.take(job, false);
    const before = trips();
    const slots = (await takeMany(gate, FITTING)).map(slotOf);
    expect(slots).toEqual(slots.map((_, i) => begun + (i + 2) * INTERVAL_MS));
    // Two were left: they slept until two slots were free.
    expect(clock.sleeps).toEqual([(FITTING + 1) * INTERVAL_MS - AHEAD_MS]);
    expect(trips() - before).toBe(2);
  });
  test('leavers are served first, in whatever order they asked', async () => {
    const { gate, begun } = newGates();
    await takeMany(gate, FITTING - 1);
    const told: string[] = [];
    const take = async (name: string, leavers: boolean): Promise<void> => {
      told.push(`${name} at ${slotOf(await gate.take(job, leavers)) - begun}`);
    };
    await Promise.all([take('joiner', false), take('changed', false), take('leaver', true)]);
    expect(told).toEqual([
      `leaver at ${(FITTING - 1) * INTERVAL_MS}`,
      `joiner at ${FITTING * INTERVAL_MS}`,
      `changed at ${(FITTING + 1) * INTERVAL_MS}`,
    ]);
  });
  test('a sender that has waited ten seconds in vain is told when to try again', async () => {
    const { gate, store, clock, begun } = newGates();
    await gate.take(job, false);
    // Another process takes every slot that becomes free.
    store.calls.before = ({ method }) => {
      if (method !== 'read') return;
      const nextSlotAt = clock.now() + STORAGE_AHEAD_MS + AHEAD_MS + INTERVAL_MS;
      store.putPace({ ...store.peek(job).pace.value, nextSlotAt });
    };
    store.putPace({ ...store.peek(job).pace.value, strikes: 0 });
    const grant = await gate.take(job, false);
    const told = clock.now();
    expect(told - begun).toBeGreaterThanOrEqual(MAX_WAIT_MS);
    expect(told - begun).toBeLessThan(MAX_WAIT_MS + INTERVAL_MS);
    expect(grant).toEqual({ kind: 'closed', until: told + STORAGE_AHEAD_MS + INTERVAL_MS, code: 'pace' });
  });
  test('a sender that has waited exactly ten seconds waits no longer', async () => {
    const { gate, store, clock, begun } = newGates();
    await gate.take(job, false);
    store.calls.before = ({ method }) => {
      if (method !== 'read') return;
      const nextSlotAt = clock.now() + STORAGE_AHEAD_MS + AHEAD_MS + 2_500;
      store.putPace({ ...store.peek(job).pace.value, nextSlotAt });
    };
    expect(await gate.take(job, false)).toMatchObject({ kind: 'closed', code: 'pace' });
    expect(clock.sleeps).toEqual([2_500, 2_500, 2_500, 2_500]);
    expect(clock.now() - begun).toBe(MAX_WAIT_MS);
  });
  test('a sender that comes later does not let the first one wait longer', async () => {
    const { gate, store, clock } = newGates(1, { random: () => 1 });
    await gate.take(job, false);
    let reads = 0;
    const later: Promise<SlotGrant>[] = [];
    store.calls.before = ({ method }) => {
      if (method !== 'read') return;
      // While the first one has waited for a few seconds already.
      if (++reads === 6) later.push(gate.take(job, false));
      const nextSlotAt = clock.now() + STORAGE_AHEAD_MS + AHEAD_MS;
      store.putPace({ ...store.peek(job).pace.value, nextSlotAt: nextSlotAt + 1 });
    };
    expect(await gate.take(job, false)).toMatchObject({ kind: 'closed', code: 'pace' });
    const slept = clock.sleeps.slice(0, 6).reduce((sum, ms) => sum + ms, 0);
    expect(clock.sleeps.slice(0, 6)).toEqual([1, 251, 501, 1_001, 2_001, 1 + (MAX_WAIT_MS - 3_755) / 4]);
    // From here on both wait, for two slots, and the spread is a quarter of what is left to the first one.
    expect(clock.sleeps[6]).toBeCloseTo(1 + INTERVAL_MS + (MAX_WAIT_MS - slept) / 4, 6);
    expect(await Promise.all(later)).toMatchObject([{ kind: 'closed', code: 'pace' }]);
  });
  test('after repeated failures the sleeps spread: a quarter second at first, doubled, up to two, and never past the ten seconds', async () => {
    const { gate, store, clock } = newGates(1, { random: () => 1 });
    await gate.take(job, false);
    store.calls.before = ({ method }) => {
      if (method !== 'read') return;
      const nextSlotAt = clock.now() + STORAGE_AHEAD_MS + AHEAD_MS + INTERVAL_MS;
      store.putPace({ ...store.peek(job).pace.value, nextSlotAt });
    };
    await gate.take(job, false);
    const spreads = clock.sleeps.map((ms) => ms - INTERVAL_MS);
    expect(spreads.slice(0, 4)).toEqual([0, 250, 500, 1_000]);
    // From here on a quarter of what is left of the ten seconds is less than two seconds.
    const slept = [...spreads.keys()].map((n) => clock.sleeps.slice(0, n).reduce((sum, ms) => sum + ms, 0));
    for (const n of spreads.keys())
      expect(spreads[n]).toBeLessThanOrEqual(Math.min(2_000, Math.max(MAX_WAIT_MS - slept[n]!, 0) / 4) + 0.01);
  });
  test('a slot for one of two senders halves the spread of the other, and does not end it', async () => {
    const { gate, store, clock } = newGates(1, { random: () => 1 });
    await gate.take(job, false);
    let reads = 0;
    store.calls.before = ({ method }) => {
      if (method !== 'read') return;
      // At the fifth look one slot is free.
      const beyond = ++reads === 5 ? 0 : INTERVAL_MS;
      const nextSlotAt = clock.now() + STORAGE_AHEAD_MS + AHEAD_MS + beyond;
      store.putPace({ ...store.peek(job).pace.value, nextSlotAt });
    };
    await takeMany(gate, 2);
    // Both wait for two slots, then one of them for one.
    expect(clock.sleeps.slice(0, 4).map((ms) => ms - 2 * INTERVAL_MS)).toEqual([0, 250, 500, 1_000]);
    expect(clock.sleeps[4]).toBe(INTERVAL_MS);
    expect(clock.sleeps[5]).toBe(INTERVAL_MS + 500);
  });
});

describe('a closed gate', () => {
  test('429: what one process was told stops the other, with the time and the reason', async () => {
    const { gates, begun } = newGates(2);
    const [told, asks] = [gates[0]!, gates[1]!];
    await told.take(job, false);
    await asks.take(job, false);
    const until = begun + STORAGE_AHEAD_MS + 60_000;
    expect(await told.throttled(job, 60_000, BY)).toBe(until);
    expect(await asks.take(job, true)).toEqual({ kind: 'closed', until, code: 'throttled' });
    expect(await asks.look(other)).toEqual({
      leavers: { until, code: 'throttled' },
      others: { until, code: 'throttled' },
    });
  });
  test('429 without a time: the pause is jittered by the random number, up to a quarter', async () => {
    const { gate, begun } = newGates(1, { random: () => 1 });
    await gate.take(job, false);
    expect(await gate.throttled(job, null, BY)).toBe(begun + STORAGE_AHEAD_MS + 6_250);
  });
  test('is closed for exactly that long', async () => {
    const { gate, clock } = newGates();
    await gate.take(job, false);
    await gate.throttled(job, 60_000, BY);
    clock.pass(59_999);
    expect((await gate.take(job, false)).kind).toBe('closed');
    clock.pass(1);
    expect(slotOf(await gate.take(job, false))).toBe(clock.now());
  });
  test('a halt has a time and a cause', async () => {
    const { gate, store, begun } = newGates();
    await gate.take(job, false);
    const until = begun + STORAGE_AHEAD_MS + 900_000;
    expect(await gate.halted(job, 'graph-forbidden', 900_000, BY)).toBe(until);
    expect(store.peek(job).pace.value).toMatchObject({
      closedUntil: until,
      closedFor: 'graph-forbidden',
      closedBy: BY,
    });
    expect(await gate.take(other, true)).toEqual({ kind: 'closed', until, code: 'graph-forbidden' });
  });
  test('a process knows of a closure from its own answer, without a call', async () => {
    const { gate, trips, begun } = newGates();
    await gate.take(job, false);
    expect(gate.knownClosure(job)).toBeNull();
    await gate.throttled(job, 60_000, BY);
    const before = trips();
    expect(gate.knownClosure(job)).toEqual({ until: begun + STORAGE_AHEAD_MS + 60_000, code: 'throttled' });
    expect(gate.knownClosure(other)).toEqual({ until: begun + STORAGE_AHEAD_MS + 60_000, code: 'throttled' });
    expect(trips()).toBe(before);
  });
  test('a process knows of a closure from its last read, for whatever reason it read', async () => {
    const { gate, store, begun } = newGates();
    await gate.take(job, false);
    const until = begun + STORAGE_AHEAD_MS + 60_000;
    store.putPace(closeForHalt(store.peek(job).pace.value, until - 60_000, 'graph-forbidden', 60_000, BY));
    expect(gate.knownClosure(job)).toBeNull();
    await gate.take(job, false);
    expect(gate.knownClosure(job)).toEqual({ until, code: 'graph-forbidden' });
  });
  test('a known closure ends when its time is over', async () => {
    const { gate, clock } = newGates();
    await gate.take(job, false);
    await gate.throttled(job, 60_000, BY);
    clock.pass(59_999);
    expect(gate.knownClosure(job)).not.toBeNull();
    clock.pass(1);
    expect(gate.knownClosure(job)).toBeNull();
  });
});

describe('a paused job', () => {
  test('stops its own calls, not those of others', async () => {
    const { gate, begun } = newGates();
    await gate.take(job, false);
    const until = begun + STORAGE_AHEAD_MS + 60_000;
    expect(await gate.pauseJob(job, 'graph-bucket-full', 60_000, BY)).toBe(until);
    expect(await gate.take(job, false)).toEqual({ kind: 'closed', until, code: 'graph-bucket-full' });
    expect(gate.knownClosure(job)).toEqual({ until, code: 'graph-bucket-full' });
    expect((await gate.take(other, false)).kind).toBe('slot');
    expect(gate.knownClosure(other)).toBeNull();
    expect(await gate.look(other)).toEqual({ leavers: null, others: null });
    expect(await gate.look(job)).toEqual({
      leavers: { until, code: 'graph-bucket-full' },
      others: { until, code: 'graph-bucket-full' },
    });
  });
  test('is stopped even when one swap serves it together with another job', async () => {
    const { gate, store, clock, begun } = newGates();
    await gate.take(job, false);
    const until = begun + STORAGE_AHEAD_MS + 60_000;
    store.putJob(other, pauseJob(openJobGate, until, 'graph-bucket-full', BY));
    const grants = await Promise.all([gate.take(job, false), gate.take(other, false), gate.take(other, false)]);
    expect(grants[0].kind).toBe('slot');
    // One read for all waiting senders of the job.
    expect(store.calls.count('read', jobText(other))).toBe(1);
    expect(grants.slice(1)).toEqual([
      { kind: 'closed', until, code: 'graph-bucket-full' },
      { kind: 'closed', until, code: 'graph-bucket-full' },
    ]);
    // The other way round: the job of the first request is the paused one.
    store.putJob(other, openJobGate);
    store.putJob(job, pauseJob(openJobGate, until, 'graph-conflict', BY));
    clock.pass(1_000);
    const again = await Promise.all([gate.take(job, false), gate.take(other, false)]);
    expect(again).toEqual([
      { kind: 'closed', until, code: 'graph-conflict' },
      { kind: 'slot', at: expect.any(Number) as number },
    ]);
  });
  test('a pause is written again, after a delay, when another process changed the job meanwhile', async () => {
    const { gate, store, clock, begun } = newGates(1, { tripMs: 10, random: () => 1 });
    await gate.take(job, false);
    let inTheWay = 2;
    store.calls.before = ({ method }) => {
      if (method === 'replaceJob' && inTheWay-- > 0) store.putJob(job, { ...openJobGate, refusals: inTheWay });
    };
    const slept = clock.sleeps.length;
    await gate.pauseJob(job, 'graph-conflict', 60_000, BY);
    expect(store.calls.count('replaceJob')).toBe(3);
    expect(store.peek(job).job.value).toMatchObject({ pausedFor: 'graph-conflict', refusals: 0 });
    // Round trips are two sleeps of 5 ms; between tries 40 ms at most, then 80.
    expect(clock.sleeps.slice(slept).filter((ms) => ms !== 5)).toEqual([40, 80]);
    expect(store.peek(job).job.value.pausedUntil).toBeGreaterThanOrEqual(begun + STORAGE_AHEAD_MS + 60_000);
  });
  test('is given up after fifty tries: the message goes back to the queue', async () => {
    const { gate, store } = newGates();
    store.calls.before = ({ method }) => {
      if (method === 'replaceJob') store.putJob(job, openJobGate);
    };
    await expect(gate.pauseJob(job, 'graph-conflict', 60_000, BY)).rejects.toMatchObject({
      code: 'gate-contended',
      disposition: 'retry',
    });
    expect(store.calls.count('replaceJob')).toBe(50);
  });
});

describe('refused for its content', () => {
  const refuseBut = async (gates: readonly Gate[], times: number): Promise<void> => {
    for (let i = 0; i < times; i++) expect(await gates[i % gates.length]!.refused(job, 60_000, BY)).toBeNull();
  };
  test('a hundred times in a row, by any senders, the job is paused', async () => {
    const { gates, gate, begun } = newGates(2);
    for (const one of gates) await one.take(job, false);
    await refuseBut(gates, REFUSALS_UNTIL_HALT - 1);
    const until = begun + STORAGE_AHEAD_MS + 60_000;
    expect(await gates[1]!.refused(job, 60_000, BY)).toBe(until);
    expect(gates[1]!.knownClosure(job)).toEqual({ until, code: 'graph-refuses-everything' });
    expect(await gate.look(job)).toMatchObject({ leavers: { until, code: 'graph-refuses-everything' } });
    expect((await gate.take(other, false)).kind).toBe('slot');
    // When the pause is over, one call tries; if it is refused, all wait again at once.
    expect(await gate.refused(job, 60_000, BY)).not.toBeNull();
  });
  test('an accepted call resets the count', async () => {
    const { gate, store } = newGates();
    await refuseBut([gate], REFUSALS_UNTIL_HALT - 1);
    await gate.accepted(job);
    expect(store.peek(job).job.value.refusals).toBe(0);
    await refuseBut([gate], REFUSALS_UNTIL_HALT - 1);
  });
});

describe('an accepted call', () => {
  test('costs nothing when there is nothing to forget', async () => {
    const { gate, trips } = newGates();
    await gate.accepted(job);
    expect(trips()).toBe(0);
  });
  test('forgets strikes', async () => {
    const { gate, store } = newGates();
    await gate.throttled(job, 0, BY);
    expect(store.peek(job).pace.value.strikes).toBe(1);
    await gate.accepted(job);
    expect(store.peek(job).pace.value.strikes).toBe(0);
  });
  test('writes nothing if another process has forgotten them already', async () => {
    const { gate, store, clock } = newGates();
    await gate.throttled(job, 0, BY);
    store.putPace(freshPace);
    // What was read before is no longer trusted.
    clock.pass(2_000);
    const before = store.calls.count('replacePace');
    await gate.accepted(job);
    expect(store.peek(job).pace.value).toEqual(freshPace);
    expect(store.calls.count('replacePace')).toBe(before);
  });
});

test('a spent budget stops all but leavers, then leavers too', async () => {
  const { gate, begun } = newGates(1, { budget: { calls: 2, leaverShare: 0.5 } });
  expect((await gate.take(job, false)).kind).toBe('slot');
  const until = Math.floor((begun + STORAGE_AHEAD_MS) / 3_600_000 + 25) * 3_600_000;
  expect(await gate.take(job, false)).toEqual({ kind: 'closed', until, code: 'daily-budget-spent' });
  expect(await gate.look(job)).toEqual({ leavers: null, others: { until, code: 'daily-budget-spent' } });
  expect((await gate.take(job, true)).kind).toBe('slot');
  expect(await gate.take(job, true)).toEqual({ kind: 'closed', until, code: 'daily-budget-spent' });
});

test('a storage failure reaches everyone waiting, and the next sender calls storage again', async () => {
  const { gate, store } = newGates();
  store.calls.before = () => {
    throw new Error('storage is away');
  };
  const told = await Promise.allSettled([gate.take(job, false), gate.take(job, true)]);
  expect(told.map((one) => one.status)).toEqual(['rejected', 'rejected']);
  store.calls.before = () => undefined;
  expect((await gate.take(job, false)).kind).toBe('slot');
});
