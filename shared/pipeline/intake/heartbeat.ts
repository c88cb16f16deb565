// Signs of life of a long intake, so that the sweep does not start a second one next to it.
import type { Run } from '../../run/run';
import type { Pipeline } from '../pipeline';

/** Signs of life in the silence after which a run is restarted: as many may be late or lost. Our choice, 2026-11. */
export const BEATS_IN_SILENCE = 30;

/** Call the result as often as you like; it writes when it is time. */
export function startHeartbeat(
  { ledger, clock, delays }: Pick<Pipeline, 'ledger' | 'clock' | 'delays'>,
  run: Run,
): () => Promise<void> {
  const everyMs = delays.intakeSilenceMs / BEATS_IN_SILENCE;
  let beatAt = clock.now();
  return async () => {
    if (clock.now() - beatAt < everyMs) return;
    beatAt = clock.now();
    await ledger.runs.beat(run, beatAt);
  };
}
