// The promise against a small model: files, faults, kills and clocks in any order. What failed is played again by its seed
// (ROLLCALL_SEED=… ROLLCALL_LIVES=1); the commands are printed, the moments at which processes meet are chance.
import fc from 'fast-check';
import { Life } from './commands-life';
import { newModel } from './commands-model';
import type { Command } from './commands-moves';
import { MOVES, restAndCheck } from './commands-moves';
import type { Ground } from './ground';
import { startGround } from './ground';

const SEED = Number(process.env.ROLLCALL_SEED ?? Date.now() % 1_000_000);
const LIVES = Number(process.env.ROLLCALL_LIVES ?? 3);
/** Commands of a life, at least and at most. Those that make no sense at their moment are left out. */
const COMMANDS = { least: 10, most: 16 };

jest.setTimeout(180_000);

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

const someCommands = fc
  .noBias(fc.commands([...MOVES], { maxCommands: COMMANDS.most, size: 'max' }))
  .filter((commands) => [...commands].length >= COMMANDS.least);

test.each(Array.from({ length: LIVES }, (_, i) => SEED + i))(
  'a life with seed %i: one verdict per row, the newest record in the directory, no window exceeded',
  async (seed) => {
    await fc.assert(
      fc.asyncProperty(someCommands, (commands) => playLife(commands, seed)),
      // A life takes a minute: it is not shrunk.
      { seed, numRuns: 1, endOnFailure: true },
    );
  },
);

async function playLife(commands: Iterable<Command>, seed: number): Promise<void> {
  const model = newModel();
  const life = await Life.begin(ground, seed);
  try {
    await fc.asyncModelRun(() => ({ model, real: life }), commands);
    if (model.paused) life.job.start();
    await restAndCheck(model, life);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${life.one.story()}`, { cause: error });
  } finally {
    await life.one.end();
  }
}
