// What a command is, and of whom the files speak.
import type fc from 'fast-check';
import type { Life } from './commands-life';
import type { Model } from './commands-model';

/** People of whom the files speak: two batches' worth, so that files overlap. */
const POOL = 60;
/** Everybody, for whoever checks. */
export const PEOPLE: readonly number[] = Array.from({ length: POOL }, (_, i) => i + 1);
export type Command = fc.AsyncCommand<Model, Life>;

/** A command that is told from its name when a failure is printed. */
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
