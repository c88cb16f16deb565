// Replacing the kept records of a source: again, if another process was faster.
import { RollcallError } from '../core/errors';
import { MAX_ROSTER_ATTEMPTS } from './update-roster';

/**
 * `attempt` reads the records, writes them anew and commits; null if the commit was refused, because they are others by now. Throws `RollcallError`
 * `roster-contended` (retry) if that was so every time.
 */
export async function untilReplaced<T>(attempt: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < MAX_ROSTER_ATTEMPTS; tries++) {
    const done = await attempt();
    if (done !== null) return done;
  }
  throw new RollcallError('roster-contended', 'retry', 'the kept records changed at every attempt to replace them');
}
