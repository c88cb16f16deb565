// Sentences for the terminal: those of the product, and those of the commands themselves.
import { language } from '../shared/messages/language';
import type { Message, PlacedMessage } from '../shared/core/message';
import { cureBy, tablesOf, tellBy } from '../shared/messages/catalogue';
import { cliMessages } from './cli-messages';

const tables = [...tablesOf(language), cliMessages];

/** The sentence of a message. */
export const sentenceOf = tellBy(tables);

const cureInTables = cureBy(tables);

/** The cure of what needs none: the pages say so, beside "What to do" in a terminal it would be silly. */
const NO_CURE = 'Nothing to do.';

/** What to do about a code; null for a code that is in no table, or about which there is nothing to do. */
export const cureOf = (code: string): string | null => {
  const cure = cureInTables(code);
  return cure === NO_CURE ? null : cure;
};

/** What to do about a message: of one that lists mistakes in settings, for each kind of mistake, with the place of the first. */
export function curesOf({ code, values }: Message): readonly string[] {
  const problems: unknown = values['problems'];
  if (!Array.isArray(problems)) return [cureOf(code)].flatMap((cure) => cure ?? []);
  const cures = new Map<string, string>();
  for (const problem of problems as readonly PlacedMessage[]) {
    const cure = cureOf(problem.code);
    if (cure !== null && !cures.has(problem.code)) cures.set(problem.code, `${problem.path}: ${cure}`);
  }
  return [...cures.values()];
}
