// Our clock against the service's, the licence, and who spends the budget of the day.
import type { Licence } from '../graph/licence';
import { MAX_CALLS_PER_DAY } from '../graph/limits';
import { doubtful, noted, wrong, type Found } from './finding';
import type { GatePicture, Part } from './tenant-picture';

/** A clock that is wrong by more makes log entries look older than the calls that they answer, ms: the tolerance of the app is 5 s. Our choice, 2026-11. */
const TOLERATED_MS = 5_000;
/** With more than that, tokens look expired or not yet valid: Entra allows five minutes (Learn, "Access tokens", 2025). */
const FATAL_MS = 300_000;

/** `ahead`: our clock minus that of the service, ms. */
export function checkClock(ahead: number): readonly Found[] {
  if (Math.abs(ahead) <= TOLERATED_MS) return [];
  const values = { seconds: Math.round(Math.abs(ahead) / 1_000), isAhead: ahead > 0 };
  return [Math.abs(ahead) > FATAL_MS ? wrong('clock-wrong', values) : doubtful('clock-wrong', values)];
}

/** The licence, and the budget that the app is set to. */
export function checkLicence(licence: Licence, callsPerDay: Part<number>): readonly Found[] {
  if (licence === 'none') return [wrong('licence-missing', {})];
  const licensed = MAX_CALLS_PER_DAY[licence];
  if (callsPerDay.kind === 'unread') return [noted('licence-found', { licence, calls: licensed })];
  const calls = callsPerDay.value;
  if (calls > licensed) return [wrong('budget-above-licence', { calls, licensed })];
  return calls < licensed ? [noted('budget-below-licence', { calls, licensed })] : [];
}

/** 429s although we spent less than the tenant has: by this count somebody else spends it too. */
export function checkBudget({ callsInADay, refusals }: GatePicture, licence: Part<Licence>): readonly Found[] {
  const licensed =
    licence.kind === 'read' && licence.value === 'governance'
      ? MAX_CALLS_PER_DAY.governance
      : MAX_CALLS_PER_DAY.premium;
  return refusals > 0 && callsInADay < licensed
    ? [doubtful('budget-spent-by-others', { refusals, calls: callsInADay, licensed })]
    : [];
}
