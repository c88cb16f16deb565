// The promise against a small model: files, faults, kills and clocks in any order. A failed life is repeated by its seed
// (ROLLCALL_SEED=… ROLLCALL_LIVES=1); the commands are printed; how processes interleave is left to chance.
import fc from 'fast-check';
import { readVerdicts } from './check-promise';
import { CONFIRM_WITHIN_MS, Life } from './commands-life';
import { newModel } from './commands-model';
import { dropNow } from './commands-files';
import type { Command } from './command';
import { MOVES, restAndCheck } from './commands-moves';
import type { Ground } from './ground';
import { startGround } from './ground';
import { writeFile } from './small-world';
import { limitTests, until } from './until';

const SEED = Number(process.env.ROLLCALL_SEED ?? Date.now() % 1_000_000);
const LIVES = Number(process.env.ROLLCALL_LIVES ?? 3);
/** Minimum and maximum number of commands in a life. Those that make no sense when their turn comes are skipped. */
const COMMANDS = { least: 10, most: 16 };

const SENT_WITHIN_MS = 20_000;

// A life takes a minute on two otherwise idle cores.
limitTests(400_000);

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

// Found by seed 20: the newer run was no longer looked at, so its entries were read as evidence for the older one.
test('entries that were counted for a newer run stay with it, however long ago that run ended', async () => {
  const model = newModel();
  const life = await Life.begin(ground, SEED);
  const dropTitle = (title: string): Promise<void> => {
    const rows = [{ person: 1, active: true, title }];
    const how = { event: 'once' as const, killAfterMs: null };
    return dropNow(model, life, how, { content: 'changes', rows, bytes: writeFile(rows) });
  };
  try {
    life.one.entra.script([{ on: 'log', lost: true, times: 1 }]);
    await dropTitle('Clerk');
    await until(
      () => Promise.resolve(life.one.entra.stats().uploads.accepted === 1 || null),
      SENT_WITHIN_MS,
      () => 'not sent',
    );
    await dropTitle('Buyer');
    const [, newer] = await life.rest(model);
    await until(
      () => Promise.resolve(Date.now() > newer!.settledAt + CONFIRM_WITHIN_MS || null),
      2 * CONFIRM_WITHIN_MS,
      () => 'time stands still',
    );
    await life.untilLogWasReadTwice();
    const [older] = await life.rest(model);
    expect(await readVerdicts(life.one, older!)).toMatchObject([{ verdict: 'superseded' }]);
    await restAndCheck(model, life);
  } finally {
    await life.one.end();
  }
});

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
