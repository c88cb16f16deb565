// The gate as senders use it: ask for a slot, report what the service answered. One process asks once for all its waiters.
import type { Clock } from '../core/clock';
import { RollcallError } from '../core/errors';
import type { JobKey } from '../graph/job-key';
import type { GateStore } from './gate-store';
import type { JobGate } from './job-gate';
import { countRefusal, pauseJob, pauseOf, REFUSALS_UNTIL_HALT } from './job-gate';
import type { Closure, DailyBudget, Pace, SlotAnswer } from './pace';
import { closeForHalt, closeForThrottling, closureOf, forgetStrikes, slotsFreeAt, takeSlots, usedToday } from './pace';
import { MAX_SWAPS, openPaceSwap } from './pace-swap';

/** The longest a sender waits for its slot inside the function (docs/design.md §3.8), ms. */
export const MAX_SLOT_WAIT_MS = 10_000;
/**
 * If no slot is free, back off until enough are free for all local waiters, plus a random spread of up to this many ms, doubled at each
 * failed attempt: sixteen processes that ask at every free slot would cost ten round trips per call (measured, 2026-11).
 */
const FIRST_SPREAD_MS = 250;
const MAX_SPREAD_MS = 2_000;

/** A call may be made at `at` (ms on our own clock), at most `MAX_SLOT_LATENESS_MS` later; or not now, with the reason and the time. */
export type SlotGrant = { readonly kind: 'slot'; readonly at: number } | ({ readonly kind: 'closed' } & Closure);

/** The shared gate of one tenant. `by` names the batch whose answer closes it, `<run>/<batch>`, for people who read the entity. */
export interface Gate {
  take(job: JobKey, leavers: boolean): Promise<SlotGrant>;
  /** What keeps leavers, and what keeps all others, from being released for this job now; null = nothing. Takes no slot. */
  look(job: JobKey): Promise<{ readonly leavers: Closure | null; readonly others: Closure | null }>;
  /** The closure that this process has learned of since a slot was granted, if any; makes no call. */
  knownClosure(job: JobKey): Closure | null;
  /** 429: closed for all sources. Returns until when. */
  throttled(job: JobKey, retryAfterMs: number | null, by: string): Promise<number>;
  /** Only a person can fix it: closed for all sources, checked again after `pauseMs`. Returns until when. */
  halted(job: JobKey, code: string, pauseMs: number, by: string): Promise<number>;
  /** Pauses this job only. Returns until when. */
  pauseJob(job: JobKey, code: string, pauseMs: number, by: string): Promise<number>;
  /** A request was refused for its content. Too many in a row pause the job: then until when, else null. */
  refused(job: JobKey, pauseMs: number, by: string): Promise<number | null>;
  /** A call was accepted. */
  accepted(job: JobKey): Promise<void>;
  /** Calls of the tenant in the last 24 hours, rounded up to whole hours. Takes no slot; `job` is any of the tenant's. */
  callsUsed(job: JobKey): Promise<number>;
  /** The storage service's time, ms, as far as our own writes have shown it. */
  now(): number;
}

interface Waiter {
  readonly job: JobKey;
  readonly leavers: boolean;
  /** On our own clock: the storage service's may be learned during the wait. */
  readonly since: number;
  readonly grant: (grant: SlotGrant) => void;
  readonly fail: (error: unknown) => void;
}

/** `random` gives 0..1, for jitter. */
export function openGate(store: GateStore, clock: Clock, budget: DailyBudget, random: () => number): Gate {
  const paceSwap = openPaceSwap(store, clock, random);
  const now = (): number => paceSwap.now();
  let waiting: Waiter[] = [];
  let serving = false;
  // Times in a row that others took the slots we were waiting for.
  let failedAttempts = 0;

  /** Serves all waiters in one swap, leavers first. Resolves to the time to ask again for the rest, or null. */
  async function serve(group: readonly Waiter[]): Promise<number | null> {
    const inOrder = [...group.filter((waiter) => waiter.leavers), ...group.filter((waiter) => !waiter.leavers)];
    const first = inOrder[0];
    if (first === undefined) return null;
    const jobGates = new Map<string, JobGate>();
    for (const { job } of inOrder)
      if (job.jobId !== first.job.jobId && !jobGates.has(job.jobId))
        jobGates.set(job.jobId, await paceSwap.jobGate(job));
    let answered: readonly (readonly [Waiter, SlotAnswer])[] = [];
    const current = await paceSwap.swap(first.job, (pace, jobGate) => {
      jobGates.set(first.job.jobId, jobGate);
      let next = pace;
      answered = inOrder.map((waiter) => {
        const answer = answerTo(waiter, next, jobGates.get(waiter.job.jobId));
        if (answer.kind === 'slots') next = answer.pace;
        return [waiter, answer];
      });
      return next === pace ? null : next;
    });
    const left = answered.filter(([waiter, answer]) => !settle(waiter, answer)).map(([waiter]) => waiter);
    waiting.push(...left);
    return left.length === 0 ? null : askAgainAt(current, left, left.length < group.length);
  }

  function answerTo(asking: Pick<Waiter, 'leavers'>, pace: Pace, jobGate: JobGate | undefined): SlotAnswer {
    const paused = jobGate === undefined ? null : pauseOf(jobGate, now());
    return paused === null
      ? takeSlots(pace, now(), 1, budget, asking.leavers, paceSwap.leadMs())
      : { kind: 'closed', ...paused };
  }

  /** Grants or refuses one waiter; false if it keeps waiting. */
  function settle(waiter: Waiter, answer: SlotAnswer): boolean {
    if (answer.kind === 'busy' && clock.now() - waiter.since < MAX_SLOT_WAIT_MS) return false;
    if (answer.kind === 'busy') waiter.grant({ kind: 'closed', until: answer.until, code: 'pace' });
    else if (answer.kind === 'closed') waiter.grant(answer);
    // One slot was asked for.
    else for (const slot of answer.slots) waiter.grant({ kind: 'slot', at: slot - paceSwap.offsetMs() });
    return true;
  }

  function askAgainAt(pace: Pace, left: readonly Waiter[], someWereServed: boolean): number {
    const spread =
      someWereServed || failedAttempts === 0 ? 0 : Math.min(FIRST_SPREAD_MS * 2 ** (failedAttempts - 1), MAX_SPREAD_MS);
    failedAttempts = someWereServed ? failedAttempts >> 1 : failedAttempts + 1;
    // The longer the wait so far, the smaller the spread.
    const longest = clock.now() - Math.min(...left.map((waiter) => waiter.since));
    return slotsFreeAt(pace, left.length) + random() * Math.min(spread, Math.max(MAX_SLOT_WAIT_MS - longest, 0) / 4);
  }

  async function serveAll(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const until = await serve(group);
        if (until !== null) await clock.sleep(Math.max(until - now(), 1));
      } catch (error) {
        for (const waiter of group) waiter.fail(error);
      }
    }
    serving = false;
  }

  /** Compare-and-swap on the job's entity. Resolves to what is now stored; rejects with `gate-contended` (retry). */
  async function changeJob(job: JobKey, change: (gate: JobGate) => JobGate): Promise<JobGate> {
    for (let tries = 1; tries <= MAX_SWAPS; tries++) {
      const reading = await store.read(job);
      const next = change(reading.job.value);
      if (await store.replaceJob(job, reading.job, next)) {
        paceSwap.noteJob(job, next);
        return next;
      }
      await clock.sleep(paceSwap.contentionPauseMs(tries));
    }
    throw new RollcallError('gate-contended', 'retry', 'the gate changed at every try to swap it');
  }

  return {
    now,
    take: (job, leavers) =>
      new Promise((grant, fail) => {
        waiting.push({ job, leavers, since: clock.now(), grant, fail });
        if (serving) return;
        serving = true;
        // One turn of the event loop later, so that one swap serves all who ask at once.
        setImmediate(() => void serveAll());
      }),
    async look(job) {
      const { pace, job: gate } = await store.read(job);
      const closureFor = (leavers: boolean): Closure | null => {
        const answer = answerTo({ leavers }, pace.value, gate.value);
        return answer.kind === 'closed' ? { until: answer.until, code: answer.code } : null;
      };
      return { leavers: closureFor(true), others: closureFor(false) };
    },
    callsUsed: async (job) => usedToday((await store.read(job)).pace.value, now()),
    knownClosure(job) {
      const { pace, job: gate } = paceSwap.lastSeen(job);
      return pauseOf(gate, now()) ?? closureOf(pace, now());
    },
    throttled: async (job, retryAfterMs, by) =>
      (await paceSwap.swap(job, (pace) => closeForThrottling(pace, now(), retryAfterMs, random(), by))).closedUntil,
    halted: async (job, code, pauseMs, by) =>
      (await paceSwap.swap(job, (pace) => closeForHalt(pace, now(), code, pauseMs, by))).closedUntil,
    async pauseJob(job, code, pauseMs, by) {
      const until = now() + pauseMs;
      await changeJob(job, (gate) => pauseJob(gate, until, code, by));
      return until;
    },
    async refused(job, pauseMs, by) {
      const until = now() + pauseMs;
      const { refusals } = await changeJob(job, (gate) => countRefusal(gate, until, by));
      return refusals < REFUSALS_UNTIL_HALT ? null : until;
    },
    async accepted(job) {
      const seen = paceSwap.lastSeen(job);
      if (seen.pace.strikes > 0) await paceSwap.swap(job, (pace) => (pace.strikes === 0 ? null : forgetStrikes(pace)));
      // What we know of the job may be a second old or more; an acceptance missed because of that is followed by others.
      if (seen.job.refusals > 0) await changeJob(job, (gate) => ({ ...gate, refusals: 0 }));
    },
  };
}
