// Signs of life of a long intake, so that the sweep does not start a second one next to it.
import type { Run } from '../../run/run';
import type { Pipeline } from '../pipeline';

/** Shortest time between two signs of life, ms: well below the silence after which a run is restarted. */
export const HEARTBEAT_EVERY_MS = 10_000;

/** Call the result as often as you like; it writes when it is time. */
export function startHeartbeat(pipeline: Pick<Pipeline, 'ledger' | 'clock'>, run: Run): () => Promise<void> {
  const { ledger, clock } = pipeline;
  let beatAt = clock.now();
  return async () => {
    if (clock.now() - beatAt < HEARTBEAT_EVERY_MS) return;
    beatAt = clock.now();
    await ledger.runs.beat(run, beatAt);
  };
}
