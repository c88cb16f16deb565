// The compare-and-swap on the tenant's pace, and what one process learns by it: the storage service's time, and whether it is alone.
import type { Clock } from '../core/clock';
import { RollcallError } from '../core/errors';
import type { JobKey } from '../run/run';
import type { GateReading, GateStore } from './gate-store';
import type { JobGate } from './job-gate';
import type { Pace } from './pace';

/** Pause between two tries at the compare-and-swap, at random: up to so many round trips, doubled at each try; at least and at most ms. What takes the storage long is what others come between. */
const CONTENTION_PAUSE_TRIPS = 3;
const CONTENTION_PAUSE_MS = { least: 40, most: 1_500 } as const;
/** How often a swap is tried before the message goes back to the queue. */
export const MAX_SWAPS = 50;
/** So long what was read of a job's pause is taken for true, ms: half of what slots are taken ahead anyway. The pace itself needs no such trust: the swap fails if it changed. */
const TRUSTED_MS = 1_000;

/** Changes the pace. */
export interface PaceSwap {
  /** `change` returns null to leave things as they are. Resolves to what then stands; rejects with `gate-contended` (retry). */
  swap(job: JobKey, change: (pace: Pace, jobGate: JobGate) => Pace | null): Promise<Pace>;
  /** The storage service's time, ms, as far as it is known from our own writes. */
  now(): number;
  /** Storage time minus our time, ms. */
  offsetMs(): number;
  /** 429 answers since the last accepted call, as last seen. */
  strikesSeen(): number;
}

/** `random` gives 0..1, for jitter. */
export function openPaceSwap(store: GateStore, clock: Clock, random: () => number): PaceSwap {
  // Learned from the Timestamp of our own writes; the middle of the round trip is taken for its moment.
  let offsetMs = 0;
  let strikesSeen = 0;
  // What we wrote last, as long as nobody else writes: then the next swap needs no reading before it.
  let ours: { readonly jobId: string; readonly readAt: number; readonly reading: GateReading } | null = null;
  let writtenEtag = '';
  let isAlone = false;
  let tripMs = 0;

  const contentionPauseMs = (tries: number): number =>
    random() *
    Math.min(
      Math.max(CONTENTION_PAUSE_TRIPS * tripMs, CONTENTION_PAUSE_MS.least) * 2 ** (tries - 1),
      CONTENTION_PAUSE_MS.most,
    );

  const trusted = (job: JobKey): GateReading | null =>
    isAlone && ours?.jobId === job.jobId && clock.now() - ours.readAt < TRUSTED_MS ? ours.reading : null;

  async function read(job: JobKey): Promise<{ readonly readAt: number; readonly reading: GateReading }> {
    const readAt = clock.now();
    const reading = await store.read(job);
    strikesSeen = reading.pace.value.strikes;
    isAlone = reading.pace.etag === writtenEtag;
    return { readAt, reading };
  }

  async function write(seen: GateReading, next: Pace): Promise<string | null> {
    const before = clock.now();
    const written = await store.replacePace(seen.pace, next);
    tripMs = clock.now() - before;
    if (written === null) return null;
    offsetMs = written.writtenAt - (before + clock.now()) / 2;
    strikesSeen = next.strikes;
    return written.etag;
  }

  return {
    now: () => clock.now() + offsetMs,
    offsetMs: () => offsetMs,
    strikesSeen: () => strikesSeen,
    async swap(job, change) {
      const known = trusted(job);
      let next = known && change(known.pace.value, known.job.value);
      let seen = known && next && { readAt: ours?.readAt ?? 0, reading: known };
      for (let tries = 1; tries <= MAX_SWAPS; tries++) {
        // "Not now" is never said on trust: it may have changed.
        seen ??= await read(job);
        next ??= change(seen.reading.pace.value, seen.reading.job.value);
        if (next === null) return seen.reading.pace.value;
        const etag = await write(seen.reading, next);
        if (etag !== null) {
          ours = { ...seen, jobId: job.jobId, reading: { ...seen.reading, pace: { value: next, etag } } };
          writtenEtag = etag;
          return next;
        }
        isAlone = false;
        seen = null;
        next = null;
        await clock.sleep(contentionPauseMs(tries));
      }
      throw new RollcallError('gate-contended', 'retry', 'the gate changed at every try to swap it');
    },
  };
}
