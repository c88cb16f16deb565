// The table of attacks: who attacks, what they do, and what must hold all the same. README.md says how a line is added.
import type { AttackedWorld } from './attacked-world';
import { attackedWorld, FUNCTION_LIMIT_MS } from './attacked-world';

/**
 * - `file-dropper`     can drop files into the folder of one source, and nothing else
 * - `settings-author`  writes the `source.json` and `hold.csv` of one source
 * - `queue-writer`     can put messages on the queues
 * - `lying-graph`      answers in place of Microsoft Graph, or is a proxy before it
 */
export type Attacker = 'file-dropper' | 'settings-author' | 'queue-writer' | 'lying-graph';

/** One line of the table. Its test is called `<does>: <holds>`. */
export interface Attack {
  /** What the attacker does. */
  readonly does: string;
  /** What must hold, beside what always does (`expectOthersUnharmed`, `expectEveryRunAnswered`). */
  readonly holds: string;
  /** Does it: drops files, writes settings, puts messages, tells lies. Then the world runs until it is at rest. */
  readonly attack: (world: AttackedWorld) => Promise<void> | void;
  readonly expect: (world: AttackedWorld) => Promise<void> | void;
}

/** A test for each line, in a world of its own. */
export function attacksBy(attacker: Attacker, lines: readonly Attack[]): void {
  describe(`the ${attacker}`, () => {
    test.each(lines.map((line) => [`${line.does}: ${line.holds}`, line] as const))('%s', async (_, line) => {
      const world = await attackedWorld();
      await line.attack(world);
      await world.rest();
      await line.expect(world);
      expectOthersUnharmed(world);
      await expectEveryRunAnswered(world);
    });
  });
}

/** The bystander's files went their way at their pace, nothing was asked of or sent to any other job, and no function ran into its limit. */
function expectOthersUnharmed(world: AttackedWorld): void {
  const well = { state: 'settled', created: 1 };
  expect(world.bystander).toEqual([well, well]);
  expect(world.strangeRequests()).toEqual([]);
  expect(world.longestMs).toBeLessThan(FUNCTION_LIMIT_MS);
}

/** Every run of the attacked source has ended with a verdict for each row, or waits with a reason. */
async function expectEveryRunAnswered(world: AttackedWorld): Promise<void> {
  for (const run of await world.attackedRuns()) {
    if (run.state !== 'settled')
      expect([run.state, run.reason]).toEqual([expect.stringMatching(/held|refused|parked/), expect.anything()]);
    const verdicts = Object.values(run.verdicts ?? {}).reduce((sum, count) => sum + count, 0);
    expect(verdicts).toBe(run.rows);
  }
}
