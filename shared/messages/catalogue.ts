// The catalogue: a code and its values → a sentence. Sentences are made where they are read; nothing stores one.
import type { Wording } from '../core/codes';
import type { Message, MessageValues } from '../core/message';
import { isServiceCode } from '../verdict/error-classes';
import type { Verdict } from '../verdict/verdict';
import { language } from './language';
import type { ApprovedFile, HeldFile, Language } from './language-parts';

type AnyWording = Pick<Wording<MessageValues>, 'sentence'>;
/** Tables of wordings by code, whatever the values of each are. */
export type AnyMessages = Readonly<
  Record<string, { readonly sentence: (values: never, tell: Tell) => string; readonly cure: string }>
>;

/**
 * Makes the sentence of a message. What a run of another version stored is told by its code: a code that is in no table, or values of another
 * form. It never throws: a report that could not be written would keep its run from settling for ever.
 */
export type Tell = (message: Message) => string;

/** Makes sentences by these tables. The constructors of messages have checked that the values are those of the code. */
export function tellBy(tables: readonly AnyMessages[]): Tell {
  const wordings = new Map(tables.flatMap((table) => Object.entries(table))) as unknown as ReadonlyMap<
    string,
    AnyWording
  >;
  const tell: Tell = ({ code, values }) => {
    try {
      return wordings.get(code)?.sentence(values, tell) ?? code;
    } catch {
      return code;
    }
  };
  return tell;
}

/** What to do about a code by these tables, for whoever is on call; null for a code that is in none. */
export const cureBy =
  (tables: readonly AnyMessages[]) =>
  (code: string): string | null =>
    tables.find((table) => Object.hasOwn(table, code))?.[code]?.cure ?? null;

/** All tables of a language. */
export const tablesOf = (language: Language): readonly AnyMessages[] => Object.values(language.tables) as AnyMessages[];

/** The sentence of a message. It may quote a file: reports and terminals only. */
export const sentenceOf: Tell = tellBy(tablesOf(language));

/** What a verdict means. */
export const sentenceOfVerdict = (verdict: Verdict): string => language.verdicts[verdict];

/** What an error code of the service means; unknown codes get a general sentence. */
export const sentenceOfServiceCode = (code: string): string =>
  isServiceCode(code) ? language.service[code] : language.serviceUnknown;

/** The lines of `<file>.why-held.txt`. */
export const linesOfHeldFile = (held: HeldFile): readonly string[] => language.heldFile(held);

/** The lines of the same file once the held one was approved. */
export const linesOfApprovedFile = (approved: ApprovedFile): readonly string[] => language.approvedFile(approved);

/** What one limit of the guard found; `isHold`: it holds the file, else it only warns. */
export const sentenceOfLimit = language.limit;

/** The words of a plan's page. */
export const planWords = language.plan;
