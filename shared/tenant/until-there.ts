// What Entra does not show yet, or no longer.
import type { Clock } from '../core/clock';
import { isLacking } from '../graph/management';

/** Pause between two looks, ms. Ours, 2026-11. */
const PAUSE_MS = 5_000;

/** Null where Graph answers that it does not exist. */
export async function unlessGone<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (isLacking(error)) return null;
    throw error;
  }
}

/** Asks until there is an answer, for `longestMs`; then null. */
export async function untilThere<T>(
  clock: Pick<Clock, 'now' | 'sleep'>,
  longestMs: number,
  ask: () => Promise<T | null>,
): Promise<T | null> {
  const end = clock.now() + longestMs;
  for (;;) {
    const found = await unlessGone(ask);
    if (found !== null || clock.now() >= end) return found;
    await clock.sleep(PAUSE_MS);
  }
}
