// The compare-and-swap on the tenant's pace, and what a process learns from it: the storage service's time, and whether it is alone.
import type { Clock } from '../core/clock';
import { RollcallError } from '../core/errors';
import type { Versioned } from '../storage/versioned';
import type { JobKey } from '../graph/job-key';
import type { GateStore } from './gate-store';
import type { JobGate } from './job-gate';
import { openJobGate } from './job-gate';
import type { Pace } from './pace';
import { freshPace } from './pace';

/**
 * Pause between two attempts at a swap: a random part of this many round trips, doubled at each attempt; lower and upper bound in ms.
 * It depends on the round trip because slow storage leaves others more time to write in between.
 */
const CONTENTION_PAUSE_TRIPS = 3;
const CONTENTION_PAUSE_MS = { least: 40, most: 1_500 } as const;
/** Attempts at a swap before the message goes back to the queue. */
export const MAX_SWAPS = 50;
/**
 * A slot that we take is at least this many round trips ahead: first come the swap itself and the note of the call, and with slow storage
 * a nearer slot would always pass unused. Bounded (ms), so that some of `MAX_SLOTS_AHEAD_MS` is left.
 */
const LEAD_TRIPS = 3;
const MAX_LEAD_MS = 1_200;
/** A slow round trip is remembered; each quicker one reduces it by this factor. */
const TRIP_FADES = 0.8;
/** The quickest round trip shows the storage service's time best; each slower one ages it by this factor, because clocks drift. */
const BEST_TRIP_AGES = 1.1;
/**
 * How long a job's pause, once read, is trusted, ms: half of how far ahead slots are taken anyway. The pace needs no such trust: the swap
 * fails if it changed.
 */
const TRUSTED_MS = 1_000;

/** Changes the pace. */
export interface PaceSwap {
  /** `change` returns null to leave things as they are. Resolves to what is now stored; rejects with `gate-contended` (retry). */
  swap(job: JobKey, change: (pace: Pace, jobGate: JobGate) => Pace | null): Promise<Pace>;
  /** The pause of a job, read again if what we know is older than a second. */
  jobGate(job: JobKey): Promise<JobGate>;
  /** How long to pause after the given attempt, at random, ms. */
  contentionPauseMs(tries: number): number;
  /** Remembers the job's entity after we changed it. */
  noteJob(job: JobKey, gate: JobGate): void;
  /** The storage service's time, ms, as far as our own writes have shown it. */
  now(): number;
  /** Storage time minus our time, ms. */
  offsetMs(): number;
  /** How far ahead a slot must be, ms: the time it takes to record that we have it, judged by the round trips so far. */
  leadMs(): number;
  /** Pace and job as last read or written by this process, however long ago. */
  lastSeen(job: JobKey): { readonly pace: Pace; readonly job: JobGate };
}

interface Seen {
  readonly pace: Versioned<Pace>;
  readonly job: JobGate;
}

/** `random` gives 0..1, for jitter. */
export function openPaceSwap(store: GateStore, clock: Clock, random: () => number): PaceSwap {
  // Learned from the Timestamp of our own writes, assumed to be the middle of the round trip: the quicker the trip, the better the estimate.
  let offsetMs = 0;
  let bestTripMs = Number.POSITIVE_INFINITY;
  let lastPace = freshPace;
  // What we wrote last. As long as nobody else writes, the next swap needs no read.
  let ours: Versioned<Pace> = { value: freshPace, etag: '' };
  let isAlone = false;
  const jobGates = new Map<string, { readonly readAt: number; readonly gate: JobGate }>();
  let tripMs = 0;

  const contentionPauseMs = (tries: number): number =>
    random() *
    Math.min(
      Math.max(CONTENTION_PAUSE_TRIPS * tripMs, CONTENTION_PAUSE_MS.least) * 2 ** (tries - 1),
      CONTENTION_PAUSE_MS.most,
    );

  const noteJob = (job: JobKey, gate: JobGate, readAt: number): void => {
    jobGates.set(job.jobId, { readAt, gate });
  };

  const knownGate = (job: JobKey): JobGate | null => {
    const known = jobGates.get(job.jobId);
    return known !== undefined && clock.now() - known.readAt < TRUSTED_MS ? known.gate : null;
  };

  function trusted(job: JobKey): Seen | null {
    const gate = isAlone ? knownGate(job) : null;
    return gate && { pace: ours, job: gate };
  }

  const noteTrip = (begun: number): void => {
    tripMs = Math.max(clock.now() - begun, tripMs * TRIP_FADES);
  };

  function learnTime(writtenAt: number, before: number, after: number): void {
    const isBest = after - before <= bestTripMs;
    if (isBest) offsetMs = writtenAt - (before + after) / 2;
    bestTripMs = isBest ? after - before : bestTripMs * BEST_TRIP_AGES;
  }

  async function read(job: JobKey): Promise<Seen> {
    const readAt = clock.now();
    const reading = await store.read(job);
    noteTrip(readAt);
    lastPace = reading.pace.value;
    isAlone = reading.pace.etag === ours.etag && ours.etag !== '';
    noteJob(job, reading.job.value, readAt);
    return { pace: reading.pace, job: reading.job.value };
  }

  async function write(seen: Seen, next: Pace): Promise<string | null> {
    const before = clock.now();
    const written = await store.replacePace(seen.pace, next);
    noteTrip(before);
    if (written === null) return null;
    learnTime(written.writtenAt, before, clock.now());
    lastPace = next;
    return written.etag;
  }

  /**
   * Decides nothing before the storage service's time is known: a slot taken by our own clock could be in the tenant's past, or so far ahead
   * that everybody waits for it. So a process first writes what it read, unchanged: the answer has the time. Null if it changed in between.
   */
  async function readWithTime(job: JobKey): Promise<Seen | null> {
    const seen = await read(job);
    if (Number.isFinite(bestTripMs)) return seen;
    const etag = await write(seen, seen.pace.value);
    return etag === null ? null : { ...seen, pace: { value: seen.pace.value, etag } };
  }

  return {
    now: () => clock.now() + offsetMs,
    offsetMs: () => offsetMs,
    leadMs: () => Math.min(LEAD_TRIPS * tripMs, MAX_LEAD_MS),
    lastSeen: (job) => ({ pace: lastPace, job: jobGates.get(job.jobId)?.gate ?? openJobGate }),
    contentionPauseMs,
    jobGate: async (job) => knownGate(job) ?? (await read(job)).job,
    noteJob: (job, gate) => noteJob(job, gate, clock.now()),
    async swap(job, change) {
      const known = trusted(job);
      let next = known && change(known.pace.value, known.job);
      // "Not now" is never answered from trusted values: they may have changed.
      let seen = next && known;
      for (let tries = 1; tries <= MAX_SWAPS; tries++) {
        seen ??= await readWithTime(job);
        if (seen !== null) {
          next ??= change(seen.pace.value, seen.job);
          if (next === null) return seen.pace.value;
          const etag = await write(seen, next);
          if (etag !== null) {
            ours = { value: next, etag };
            return next;
          }
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
