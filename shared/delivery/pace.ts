// The pace of the tenant as arithmetic: which slots a sender may take, and when the gate is closed. `now` is a parameter, so this is
// tested without a clock. Generic cell rate algorithm without burst: slots are `SLOT_INTERVAL_MS` apart, whichever sender takes them.
import { HOUR_MS } from '../core/clock';
import { CALL_WINDOW_MS, MAX_CALLS_PER_WINDOW } from '../graph/limits';
import { MAX_RETRY_AFTER_MS } from '../graph/retry-after';

/** A slot that is more than this late is forfeited, never used (docs/design.md §7.5), ms. */
export const MAX_SLOT_LATENESS_MS = 100;
/** Slots are taken at most this far ahead (docs/design.md §7.5), ms. */
export const MAX_SLOTS_AHEAD_MS = 2_000;
/** How much a call may be delayed on its way to the service, beyond the lateness (network, a busy event loop), ms. Ours, 2026-11. */
const ARRIVAL_JITTER_MS = 700;

/**
 * Distance between two slots, ms. Of 41 calls in a row, the first may arrive as late as possible and the last as early as possible, and
 * still they must not fall into one window. So 40 intervals cover the window and all jitter: 145 ms, 86 % of the allowed rate.
 */
export const SLOT_INTERVAL_MS = Math.ceil(
  (CALL_WINDOW_MS + MAX_SLOT_LATENESS_MS + ARRIVAL_JITTER_MS) / MAX_CALLS_PER_WINDOW,
);

/** The most slots to wait for at once: those of half the time ahead. The other half is used meanwhile. */
const MAX_SLOTS_AWAITED = Math.floor(MAX_SLOTS_AHEAD_MS / SLOT_INTERVAL_MS / 2);

/** Hours that a rolling day touches: the current one and 24 before it, so the count is never below the true rolling count. */
const BUDGET_HOURS = 25;

/** Backoff after a 429 without Retry-After, ms: from 5 s (the window) doubling to 10 minutes. docs/reference/graph-provisioning.md §2, retry policy. */
const FIRST_THROTTLE_PAUSE_MS = 5_000;
const MAX_THROTTLE_PAUSE_MS = 600_000;
/** After this many 429s in a row (over 5 minutes of pauses) the daily budget counts as spent: try again in an hour. */
const STRIKES_UNTIL_SPENT = 7;

/** What all senders of a tenant share; one entity. Times are ms on the storage service's clock. */
export interface Pace {
  /** The next free slot. */
  readonly nextSlotAt: number;
  readonly closedUntil: number;
  /** Why it is closed: a code of the error catalogue. */
  readonly closedFor: string | null;
  /** The batch whose answer closed it, `<run>/<batch>`. */
  readonly closedBy: string | null;
  /** 429 answers since the last accepted call. */
  readonly strikes: number;
  /** Calls taken per hour (number of the hour since the epoch). */
  readonly usedPerHour: Readonly<Record<string, number>>;
}

/** The tenant's calls per 24 hours, and the share of them kept for leavers (0..1). */
export interface DailyBudget {
  readonly calls: number;
  readonly leaverShare: number;
}

export const freshPace: Pace = {
  nextSlotAt: 0,
  closedUntil: 0,
  closedFor: null,
  closedBy: null,
  strikes: 0,
  usedPerHour: {},
};

/** Why nothing is sent now, as a code of the error catalogue, and until when; ms on the storage service's clock. */
export interface Closure {
  readonly until: number;
  readonly code: string;
}

export type SlotAnswer =
  | { readonly kind: 'slots'; readonly slots: readonly number[]; readonly pace: Pace }
  /** No slot within `MAX_SLOTS_AHEAD_MS`: ask again at `until`. */
  | { readonly kind: 'busy'; readonly until: number }
  | ({ readonly kind: 'closed' } & Closure);

/** Why the gate is closed for the whole tenant; null if it is open. Does not consider the daily budget. */
export const closureOf = (pace: Pace, now: number): Closure | null =>
  pace.closedUntil > now ? { until: pace.closedUntil, code: pace.closedFor ?? 'throttled' } : null;

const hourOf = (ms: number): number => Math.floor(ms / HOUR_MS);

/** Calls in the rolling day before `now`, rounded up to whole hours. */
export function usedToday(pace: Pace, now: number): number {
  const oldest = hourOf(now) - (BUDGET_HOURS - 1);
  return Object.entries(pace.usedPerHour).reduce(
    (sum, [hour, calls]) => (Number(hour) >= oldest ? sum + calls : sum),
    0,
  );
}

/** When the first calls of the rolling day drop out of it. */
function budgetFreesAt(pace: Pace, now: number): number {
  const oldest = hourOf(now) - (BUDGET_HOURS - 1);
  const hours = Object.keys(pace.usedPerHour)
    .map(Number)
    .filter((hour) => hour >= oldest);
  return (Math.min(...hours, hourOf(now)) + BUDGET_HOURS) * HOUR_MS;
}

/**
 * Takes up to `want` slots, none earlier than `leadMs` from now: a slot must be recorded as taken before it can be used. Leavers may use
 * the whole daily budget, everybody else what is not kept for them.
 */
export function takeSlots(
  pace: Pace,
  now: number,
  want: number,
  budget: DailyBudget,
  leavers: boolean,
  leadMs = 0,
): SlotAnswer {
  const closure = closureOf(pace, now);
  if (closure !== null) return { kind: 'closed', ...closure };
  const allowed = leavers ? budget.calls : Math.floor(budget.calls * (1 - budget.leaverShare));
  const left = allowed - usedToday(pace, now);
  if (left <= 0) return { kind: 'closed', until: budgetFreesAt(pace, now), code: 'daily-budget-spent' };
  const first = Math.max(pace.nextSlotAt, now + leadMs);
  const fitting = Math.floor((now + MAX_SLOTS_AHEAD_MS - first) / SLOT_INTERVAL_MS) + 1;
  if (fitting <= 0) return { kind: 'busy', until: first - MAX_SLOTS_AHEAD_MS };
  const slots = Array.from({ length: Math.min(want, fitting, left) }, (_, i) => first + i * SLOT_INTERVAL_MS);
  return {
    kind: 'slots',
    slots,
    pace: {
      ...pace,
      nextSlotAt: first + slots.length * SLOT_INTERVAL_MS,
      usedPerHour: countCalls(pace, now, slots),
    },
  };
}

/** When `want` slots (or as many as one should wait for) can be taken at once, if nobody else takes them; ms. */
export const slotsFreeAt = (pace: Pace, want: number): number =>
  pace.nextSlotAt - MAX_SLOTS_AHEAD_MS + (Math.max(1, Math.min(want, MAX_SLOTS_AWAITED)) - 1) * SLOT_INTERVAL_MS;

// By the hour of the slot, not the hour it was taken: a slot in the next hour leaves the rolling day an hour later too.
function countCalls(pace: Pace, now: number, slots: readonly number[]): Readonly<Record<string, number>> {
  const kept = Object.entries(pace.usedPerHour).filter(([h]) => Number(h) > hourOf(now) - BUDGET_HOURS);
  const counted: Record<string, number> = Object.fromEntries(kept);
  for (const slot of slots) counted[hourOf(slot)] = (counted[hourOf(slot)] ?? 0) + 1;
  return counted;
}

/**
 * The service said 429: nobody sends until the pause is over. `retryAfterMs` is what it asked for, or null; `jitter` is 0..1. Calls that were
 * under way when the gate closed report the same throttling: their answers may lengthen the pause, but are not a further strike.
 */
export function closeForThrottling(
  pace: Pace,
  now: number,
  retryAfterMs: number | null,
  jitter: number,
  by: string,
): Pace {
  const isSame = pace.closedUntil > now;
  const strikes = isSame ? pace.strikes : pace.strikes + 1;
  const spent = strikes >= STRIKES_UNTIL_SPENT;
  const growing = Math.min(FIRST_THROTTLE_PAUSE_MS * 2 ** (strikes - 1), MAX_THROTTLE_PAUSE_MS) * (1 + jitter / 4);
  const asked = Math.min(retryAfterMs ?? (isSame ? 0 : growing), MAX_RETRY_AFTER_MS);
  // The first pause is what the service asks for. If that did not help, the pause is never shorter than our own.
  const pause = isSame || strikes === 1 ? asked : spent ? HOUR_MS : Math.max(asked, growing);
  const until = now + pause;
  if (until <= pace.closedUntil) return { ...pace, strikes };
  return { ...pace, strikes, closedUntil: until, closedFor: spent ? 'daily-budget-spent' : 'throttled', closedBy: by };
}

/** Something that only a person can fix (403 …): closed, and checked again after `pauseMs`. */
export const closeForHalt = (pace: Pace, now: number, code: string, pauseMs: number, by: string): Pace => ({
  ...pace,
  closedUntil: Math.max(pace.closedUntil, now + pauseMs),
  closedFor: code,
  closedBy: by,
});

/** A call was accepted: the service has recovered. */
export const forgetStrikes = (pace: Pace): Pace => ({ ...pace, strikes: 0 });
