// The swap of the pace: when it reads first, and what it trusts.
import type { Clock } from '../../../shared/core/clock';
import type { GateStore } from '../../../shared/delivery/gate-store';
import type { JobGate } from '../../../shared/delivery/job-gate';
import { openJobGate } from '../../../shared/delivery/job-gate';
import type { Pace } from '../../../shared/delivery/pace';
import { freshPace, MAX_SLOTS_AHEAD_MS, SLOT_INTERVAL_MS, slotsFreeAt, takeSlots } from '../../../shared/delivery/pace';
import type { PaceSwap } from '../../../shared/delivery/pace-swap';
import { openPaceSwap } from '../../../shared/delivery/pace-swap';

/** How far the storage's clock is ahead of ours, ms. */
const AHEAD_MS = 5_000;
const job = { servicePrincipalId: 'sp', jobId: 'job' };

/** One partition in memory that counts round trips; each takes as long as `slowness` says, and its clock is five seconds ahead. */
function memory() {
  const slowness = { ms: 0 };
  let time = 1_000_000;
  let version = 0;
  let pace: Pace = freshPace;
  let gate: JobGate = openJobGate;
  const trips = { reads: 0, writes: 0 };
  const clock: Clock = {
    now: () => time,
    sleep: (ms) => {
      time += ms;
      return Promise.resolve();
    },
  };
  const store: GateStore = {
    read() {
      trips.reads++;
      time += slowness.ms;
      return Promise.resolve({
        pace: { value: pace, etag: version === 0 ? '' : String(version) },
        job: { value: gate, etag: 'j' },
      });
    },
    replacePace(read, next) {
      trips.writes++;
      if (read.etag !== (version === 0 ? '' : String(version))) return Promise.resolve(null);
      pace = next;
      version++;
      // The write takes effect at once and the answer is slow: the worst case for estimating its time.
      const writtenAt = time + AHEAD_MS;
      time += slowness.ms;
      return Promise.resolve({ etag: String(version), writtenAt });
    },
    replaceJob(_job, _read, next) {
      gate = next;
      return Promise.resolve(true);
    },
  };
  const pause = (): void => {
    gate = { ...openJobGate, pausedUntil: time + 60_000, pausedFor: 'graph-bucket-full' };
  };
  return { clock, store, trips, pause, slowness, strikes: () => pace.strikes };
}

const strike = (swap: PaceSwap): Promise<Pace> => swap.swap(job, (pace) => ({ ...pace, strikes: pace.strikes + 1 }));
const noJitter = (): number => 0;

test('a lone process reads twice and writes once more than it swaps, to learn the time; then it only writes', async () => {
  const { clock, store, trips, strikes } = memory();
  const swap = openPaceSwap(store, clock, noJitter);
  for (let i = 0; i < 10; i++) await strike(swap);
  expect(trips).toEqual({ reads: 2, writes: 11 });
  expect(strikes()).toBe(10);
});

test('if two processes write by turns, nothing is lost', async () => {
  const { clock, store, strikes } = memory();
  const swaps = [openPaceSwap(store, clock, noJitter), openPaceSwap(store, clock, noJitter)];
  for (const turn of [0, 0, 0, 1, 0, 1, 1, 1, 0, 1]) await strike(swaps[turn]!);
  expect(strikes()).toBe(10);
});

test('"not now" is never answered without a read', async () => {
  const { clock, store, trips } = memory();
  const swap = openPaceSwap(store, clock, noJitter);
  for (let i = 0; i < 3; i++) await strike(swap);
  const before = trips.reads;
  await swap.swap(job, () => null);
  expect(trips.reads).toBe(before + 1);
});

test("another process's pause of the job is seen after a second, one's own at once", async () => {
  const { clock, store, pause } = memory();
  const swap = openPaceSwap(store, clock, noJitter);
  for (let i = 0; i < 3; i++) await strike(swap);
  pause();
  await clock.sleep(1_000);
  expect((await swap.jobGate(job)).pausedFor).toBe('graph-bucket-full');

  const own = memory();
  const other = openPaceSwap(own.store, own.clock, noJitter);
  for (let i = 0; i < 3; i++) await strike(other);
  own.pause();
  other.noteJob(job, (await own.store.read(job)).job.value);
  expect((await other.jobGate(job)).pausedFor).toBe('graph-bucket-full');
});

test('the time of the storage is learned from quick round trips; a slow one does not spoil it', async () => {
  const { clock, store, slowness } = memory();
  const swap = openPaceSwap(store, clock, noJitter);
  slowness.ms = 20;
  await strike(swap);
  expect(swap.offsetMs()).toBe(AHEAD_MS - 10);
  slowness.ms = 2_000;
  await strike(swap);
  expect(swap.offsetMs()).toBe(AHEAD_MS - 10);
  // Clocks drift: in the end, a slow sample is better than an old one.
  for (let i = 0; i < 60; i++) await strike(swap);
  expect(swap.offsetMs()).toBe(AHEAD_MS - 1_000);
});

test('the slower the storage, the further ahead a slot is taken: it must be written before it can be used', async () => {
  const { clock, store, slowness } = memory();
  const swap = openPaceSwap(store, clock, noJitter);
  slowness.ms = 150;
  await strike(swap);
  expect(swap.leadMs()).toBe(450);
  slowness.ms = 5_000;
  await strike(swap);
  expect(swap.leadMs()).toBeLessThan(MAX_SLOTS_AHEAD_MS);
  slowness.ms = 10;
  for (let i = 0; i < 40; i++) await strike(swap);
  expect(swap.leadMs()).toBe(30);
});

test('slots can be taken exactly when they are said to be free, not before', () => {
  const budget = { calls: 1_000, leaverShare: 0 };
  const now = 5_000_000;
  const full = takeSlots(freshPace, now, 100, budget, false);
  if (full.kind !== 'slots') throw new Error('a fresh pace has slots');
  for (const want of [1, 2, 5]) {
    const at = slotsFreeAt(full.pace, want);
    expect(takeSlots(full.pace, at, 100, budget, false)).toMatchObject({ kind: 'slots', slots: { length: want } });
    const early = takeSlots(full.pace, at - 1, 100, budget, false);
    expect(early.kind === 'slots' ? early.slots.length : 0).toBe(want - 1);
  }
  // No sender waits for more slots than fit into half of the time ahead.
  expect(slotsFreeAt(full.pace, 100) - slotsFreeAt(full.pace, 1)).toBeLessThan(MAX_SLOTS_AHEAD_MS / 2);
  expect(slotsFreeAt(full.pace, 100) - slotsFreeAt(full.pace, 1)).toBeGreaterThan(SLOT_INTERVAL_MS);
});
