// Tables of codes. Each concept has two files: its codes with the values that each takes, and their English.
//
//   export const exportCodes = { 'file-empty': hold(), 'id-lost-zeros': rejection<{ id: Quote; restored: Quote }>() };
//   export const exportMessages: MessagesOf<typeof exportCodes> = { 'file-empty': { sentence: () => '…', cause: '…', cure: '…' }, … };
import type { Message, MessageValues } from './message';

/** What a code does: to a row, a file, a run, a batch or the gate; `finding` only informs. */
export type CodeKind = 'rejection' | 'hold' | 'finding' | 'fault' | 'halt' | 'verdict';

/** One entry of docs/errors.md: what raises the code and what cures it, in plain words. */
export interface CodeEntry {
  readonly kind: CodeKind;
  readonly cause: string;
  readonly cure: string;
}

/** Values of a code whose sentence needs none. */
export type NoValues = Readonly<Record<string, never>>;

/** One code: what it does, and (in the type only) the values of its message. */
export interface Code<V extends MessageValues = NoValues> {
  readonly kind: CodeKind;
  /** Never set: carries the type of the values. */
  readonly values?: V;
}

const ofKind =
  (kind: CodeKind) =>
  <V extends MessageValues = NoValues>(): Code<V> => ({ kind });

/** One row is not sent; all others are. */
export const rejection = ofKind('rejection');
/** The whole file is held or refused. */
export const hold = ofKind('hold');
/** Worth knowing; nothing is stopped. */
export const finding = ofKind('finding');
/** Something failed; it is retried automatically. */
export const fault = ofKind('fault');
/** Work stops until a person has acted. */
export const halt = ofKind('halt');
/** A code that accompanies a verdict. */
export const besideVerdict = ofKind('verdict');

export type CodeTable = Readonly<Record<string, Code<MessageValues>>>;

/** The values that the message of a code takes. */
export type ValuesOf<T extends CodeTable, C extends keyof T> = T[C] extends Code<infer V> ? V : never;

/** A code of a table. */
export type CodeOf<T extends CodeTable> = keyof T & string;

/**
 * One code in one language, in the words of its reader: the sentence of a case, and cause and cure for docs/errors.md. `tell` makes the
 * sentences of values that are messages themselves.
 */
export interface Wording<V extends MessageValues> {
  readonly sentence: (values: V, tell: (message: Message) => string) => string;
  readonly cause: string;
  readonly cure: string;
}

/** All codes of a table in one language. */
export type MessagesOf<T extends CodeTable> = { readonly [C in keyof T]: Wording<ValuesOf<T, C>> };

/** Kind, cause and cure of each code, for docs/errors.md. */
export const entriesOf = <T extends CodeTable>(
  codes: T,
  messages: MessagesOf<T>,
): Readonly<Record<string, CodeEntry>> =>
  Object.fromEntries(
    Object.entries(codes).map(([code, { kind }]) => {
      const { cause, cure } = messages[code as keyof T];
      return [code, { kind, cause, cure }];
    }),
  );
