// What may happen next, as commands: files, trouble, rest, and the passing of time.
import fc from 'fast-check';
import { expectPromise } from './commands-check';
import { damagedFile, newerFile, olderAgain, sameAgain } from './commands-files';
import type { Life } from './commands-life';
import type { Model } from './commands-model';
import type { Command } from './command';
import { always, move, PEOPLE } from './command';
import {
  advance,
  answerFault,
  entriesLateOrTwice,
  entryLost,
  goOn,
  kill,
  passingFailure,
  pause,
} from './commands-troubles';

/** Waits for rest and expects the promise to hold. */
export async function restAndCheck(model: Model, life: Life): Promise<void> {
  const runs = await life.rest(model);
  await expectPromise(life.one, model, runs, PEOPLE);
  Object.assign(model, { atRest: true, mayProcessLate: false });
}
const rest = fc.constant(move('rest', (model) => !model.paused && !model.atRest, restAndCheck));

const inTime = (pauseMs: number): Command =>
  move(`${pauseMs} ms pass`, always, () => new Promise((resolve) => setTimeout(resolve, pauseMs)));
const pass = fc.integer({ min: 100, max: 8_000 }).map(inTime);

/** Everything that may happen; files most of all. */
export const MOVES: readonly fc.Arbitrary<Command>[] = [
  ...Array.from({ length: 9 }, () => newerFile),
  ...[sameAgain, sameAgain, olderAgain, olderAgain, damagedFile],
  ...[answerFault, answerFault, answerFault, entriesLateOrTwice, entryLost, passingFailure],
  ...[pause, goOn, goOn, kill, advance, pass, rest],
];
