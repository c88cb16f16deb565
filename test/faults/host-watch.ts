// Waiting for events that a host logs, and for its timer.
import type { HostProcess } from '../../local/host/host-process';
import { until } from './until';

/** The longest wait for one step, ms. */
export const STEP_WITHIN_MS = 30_000;

/** How often the product logged `name`, such as `rollcall.deliver.skipped`. */
export const countEvents = (host: HostProcess, name: string): number =>
  host.events().filter((event) => event.event === 'log' && event.message.includes(`"${name}"`)).length;

/** Waits until the product has logged `name` this often. */
export const untilEvents = (host: HostProcess, name: string, times: number): Promise<unknown> =>
  until(
    () => Promise.resolve(countEvents(host, name) >= times || null),
    STEP_WITHIN_MS,
    () => `${name} was told ${countEvents(host, name)} times, not ${times}`,
  );

/** Waits until the timer has begun and ended this many more rounds: each of them saw the current state. */
export async function untilTicked(host: HostProcess, rounds: number): Promise<void> {
  const countRounds = (): number =>
    host.events().filter((event) => event.event === 'invocation-succeeded' && event.functionName === 'reconcile')
      .length;
  const before = countRounds();
  // One may be under way already.
  await until(
    () => Promise.resolve(countRounds() > before + rounds || null),
    STEP_WITHIN_MS,
    () => 'the timer does not tick',
  );
}
