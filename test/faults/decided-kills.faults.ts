// Process death around decisions: a run that the guard holds, `rollcall approve` and the second reading; the run of missing people;
// `rollcall disable`. A process is killed at every call that changes something there, the commands too. To keep it short, each life has a
// kill in every one of its stages.
import { startGround } from './ground';
import type { KillPoints, Stage } from './decided-life';
import { playDecided, STAGES } from './decided-life';
import { inLanes } from './kill-lanes';
import { changesOf, textOf } from './kill-points';

/** Lives side by side; they mostly wait. */
const LANES = 2;
/** When to give up, ms: so long that a busy machine gets to its end. */
const WITHIN_MS = 30 * 60_000;
/** Only matching lines are played. */
const ONLY = new RegExp(process.env.ROLLCALL_KILLS ?? '');

/** What is asked of each stage: the calls on these ports. What a stage does besides has lines of its own in the other kill tables. */
const ASKED: Readonly<Record<Stage, RegExp>> = {
  held: /^(runs\.replace|files\.(roster|rows|findings)|reports\.plan)/,
  approve: /./,
  approved: /^(runs\.replace|files\.(roster|rows|users|batches|people)|reports\.plan|batches\.insertNew|deliveries)/,
  missing: /^(runs\.insert|files\.(missing|order|export)|arrivals|reports\.missing)/,
  order: /./,
  ordered: /^(runs\.replace|files\.users|batches\.insertNew|deliveries)/,
};

test(
  'a process killed at any call around a hold, its approval, missing people or an order changes nothing in the end',
  async () => {
    const ground = await startGround();
    const { calls } = await playDecided(ground, {}).finally(() => ground.stop());
    const tables = STAGES.map((stage) =>
      changesOf(calls[stage], ASKED[stage])
        .filter((point) => ONLY.test(`${stage} ${textOf(point)}`))
        .map((point) => [stage, point] as const),
    );
    const lives = Array.from({ length: Math.max(...tables.map(({ length }) => length)) }, (_, at) =>
      tables.flatMap((table) => table.slice(at, at + 1)),
    );
    process.stdout.write(`${tables.flat().length} kills in ${lives.length} lives\n`);
    const failures: string[] = [];
    const killed = new Set<string>();
    await inLanes(LANES, lives, async (lane, points) => {
      const told = points.map(([stage, point]) => `${stage} ${textOf(point)}`);
      const begun = performance.now();
      const life = await playDecided(lane, Object.fromEntries(points) as KillPoints).catch(String);
      const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
      process.stdout.write(
        `${told.join(', ')}: ${typeof life === 'string' ? `BROKEN\n${life}` : 'held'} (${seconds} s)\n`,
      );
      if (typeof life === 'string') failures.push(`${told.join(', ')}: ${life}`);
      else
        for (const [stage, { name, side }] of points)
          if (life.killed.includes(stage)) killed.add(`${stage} ${name}:${side}`);
    });
    expect(failures).toEqual([]);
    const asked = new Set(tables.flat().map(([stage, { name, side }]) => `${stage} ${name}:${side}`));
    expect([...asked].filter((one) => !killed.has(one))).toEqual([]);
  },
  WITHIN_MS,
);
