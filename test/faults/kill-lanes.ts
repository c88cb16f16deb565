// Plays many kills side by side: each lane has an Azurite of its own and plays one life after the other.
import { startGround } from './ground';
import type { KillPoint } from './kill-points';
import { textOf } from './kill-points';
import { playLife } from './play';

/** The result of one line of the kill table. */
export interface Played {
  readonly point: KillPoint;
  readonly killed: boolean;
  /** What did not hold; null if everything did. */
  readonly failure: string | null;
  readonly durationMs: number;
}

/** How often a kill may miss because its call never came: the number of calls differs a little from life to life. */
const MAX_MISSES = 4;

/** Plays every point. If a host makes the call fewer times than that, it is killed at an earlier one. `tell` is called for each. */
export async function playKills(
  points: readonly KillPoint[],
  lanes: number,
  tell: (played: Played) => void,
): Promise<readonly Played[]> {
  const waiting = [...points];
  const all: Played[] = [];
  const misses = new Map<string, number>();
  await Promise.all(
    Array.from({ length: Math.min(lanes, points.length) }, async () => {
      const ground = await startGround();
      try {
        for (let point = waiting.shift(); point !== undefined; point = waiting.shift()) {
          const played = await playOne(ground, point);
          all.push(played);
          tell(played);
          const key = `${point.name}:${point.side}`;
          if (played.killed || played.failure !== null) continue;
          misses.set(key, (misses.get(key) ?? 0) + 1);
          if ((misses.get(key) ?? 0) < MAX_MISSES) waiting.push({ ...point, nth: Math.ceil(point.nth / 2) });
        }
      } finally {
        await ground.stop();
      }
    }),
  );
  return all;
}

async function playOne(ground: Awaited<ReturnType<typeof startGround>>, point: KillPoint): Promise<Played> {
  const begun = performance.now();
  try {
    const { killed } = await playLife(ground, point);
    return { point, killed, failure: null, durationMs: performance.now() - begun };
  } catch (error) {
    // Kept, so that one failing line does not hide the results of the others.
    const failure = error instanceof Error ? error.message : String(error);
    return { point, killed: true, failure, durationMs: performance.now() - begun };
  }
}

/** A line for people, with what failed, so that it is known even if the table is stopped early. */
export const describePlayed = ({ point, killed, failure, durationMs }: Played): string =>
  `${textOf(point)} ${failure === null ? (killed ? 'held' : 'not reached') : 'BROKEN'} (${(durationMs / 1_000).toFixed(1)} s)${failure === null ? '' : `\n${failure}`}`;
