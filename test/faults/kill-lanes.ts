// Plays many kills side by side: each lane has storage of its own and plays one life after the other.
import type { Ground } from './ground';
import { startGround } from './ground';
import type { KillPoint } from './kill-points';
import { textOf } from './kill-points';

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

/** Plays one life, in which a host is killed at the point; rejects if the promise did not hold. */
export type PlayKill = (ground: Ground, point: KillPoint) => Promise<{ readonly killed: boolean }>;

/**
 * Plays every point. If a host makes the call fewer times than that, it is killed at an earlier one. `tell` is called for each; `start` gives
 * the ground of each lane, from 0.
 */
export async function playKills(
  points: readonly KillPoint[],
  play: PlayKill,
  lanes: number,
  tell: (played: Played) => void,
  start: (lane: number) => Promise<Ground> = startGround,
): Promise<readonly Played[]> {
  const waiting = [...points];
  const all: Played[] = [];
  const misses = new Map<string, number>();
  const playLine = async (ground: Ground, point: KillPoint): Promise<void> => {
    const played = await playOne(ground, point, play);
    all.push(played);
    tell(played);
    const key = `${point.name}:${point.side}`;
    if (played.killed || played.failure !== null) return;
    misses.set(key, (misses.get(key) ?? 0) + 1);
    if ((misses.get(key) ?? 0) < MAX_MISSES) waiting.push({ ...point, nth: Math.ceil(point.nth / 2) });
  };
  await inLanes(lanes, waiting, playLine, start);
  return all;
}

/** Plays each of the lines, which may grow meanwhile, in the next free lane; `start` as in `playKills`. */
export async function inLanes<T>(
  lanes: number,
  lines: T[],
  play: (ground: Ground, line: T) => Promise<void>,
  start: (lane: number) => Promise<Ground> = startGround,
): Promise<void> {
  await Promise.all(
    Array.from({ length: Math.min(lanes, lines.length) }, async (_, lane) => {
      const ground = await start(lane);
      try {
        for (let line = lines.shift(); line !== undefined; line = lines.shift()) await play(ground, line);
      } finally {
        await ground.stop();
      }
    }),
  );
}

async function playOne(ground: Ground, point: KillPoint, play: PlayKill): Promise<Played> {
  const begun = performance.now();
  try {
    const { killed } = await play(ground, point);
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

/** What did not hold, by kill point. */
export const failuresOf = (played: readonly Played[]): readonly string[] =>
  played.filter((one) => one.failure !== null).map((one) => `${textOf(one.point)}: ${String(one.failure)}`);

/** Calls of the table at which no host was killed. */
export function neverKilled(table: readonly KillPoint[], played: readonly Played[]): readonly string[] {
  const sideOf = ({ name, side }: KillPoint): string => `${name}:${side}`;
  const killed = new Set(played.filter((one) => one.killed).map((one) => sideOf(one.point)));
  return [...new Set(table.map(sideOf).filter((name) => !killed.has(name)))];
}
