// Signs of life of a long intake, so that the sweep does not start it a second time beside itself.
import { changeRun } from '../../run/ledger';
import type { Run } from '../../run/run';
import type { Pipeline } from '../pipeline';

/** A sign of life is written this often at the most, ms: well below the silence after which a run is started again. */
export const HEARTBEAT_EVERY_MS = 10_000;

/** Call it as often as you like; it writes when it is time. */
export function startHeartbeat(pipeline: Pick<Pipeline, 'ledger' | 'clock'>, run: Run): () => Promise<void> {
  const { ledger, clock } = pipeline;
  let beatAt = clock.now();
  return async () => {
    if (clock.now() - beatAt < HEARTBEAT_EVERY_MS) return;
    beatAt = clock.now();
    await changeRun(ledger.runs, run, (now) => ({ ...now, heartbeatAt: beatAt }));
  };
}
