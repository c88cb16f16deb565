// The type of a command, and the people in the files.
import type fc from 'fast-check';
import type { Life } from './commands-life';
import type { Model } from './commands-model';

/** The number of people in the files: two batches' worth, so that files overlap. */
const POOL = 60;
/** Everybody, for the checks. */
export const PEOPLE: readonly number[] = Array.from({ length: POOL }, (_, i) => i + 1);
export type Command = fc.AsyncCommand<Model, Life>;

/** A command whose name says what it did when a failure is printed. */
export const move = (
  name: string,
  check: (model: Model) => boolean,
  run: (model: Model, life: Life) => Promise<void>,
): Command => ({
  check,
  run,
  toString: () => name,
});
export const always = (): boolean => true;
