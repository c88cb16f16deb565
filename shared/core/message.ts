// A message is a code and its values. It is stored and passed on as such; the sentence is made where it is read, in the reader's language.

/**
 * Text from outside: a cell, a column, a file name, a setting. It may name a person, so it belongs in reports and on terminals only; events
 * take no `Quote` (see `EVENTS` in telemetry.ts).
 */
export interface Quote {
  readonly quote: string;
}

/** Characters of a quoted text that a message keeps: enough to find the place, few enough for a line of `rows.jsonl`. Our choice, 2026-11. */
const MAX_QUOTE_CHARS = 60;

/** Quotes a text for a message: cut to `maxChars`, control and invisible characters as `?`. */
export const quote = (text: string, maxChars = MAX_QUOTE_CHARS): Quote => {
  const shown = text.slice(0, maxChars).replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, '?');
  return { quote: text.length > maxChars ? `${shown}…` : shown };
};

/** Characters that a message keeps of the words of a library or the service. Our choice, 2026-11. */
const MAX_WORDS_CHARS = 300;

/** Quotes the words of a library or of the service, which may themselves quote the file. */
export const quoteWords = (text: string): Quote => quote(text, MAX_WORDS_CHARS);

/** Quotes several texts. */
export const quoteAll = (texts: readonly string[]): readonly Quote[] => texts.map((text) => quote(text));

/**
 * A value in a sentence: a count or position as number, a word of ours as text, anything from outside as `Quote`; or a list of them, of
 * messages, or of things that each have values.
 */
export type MessageValue =
  | string
  | number
  | boolean
  | null
  | Quote
  | readonly string[]
  | readonly number[]
  | readonly Quote[]
  | readonly PlacedMessage[]
  | readonly MessageValues[];
export type MessageValues = { readonly [name: string]: MessageValue };

/** A code of the catalogue with the values that its sentence needs. */
export interface Message {
  readonly code: string;
  readonly values: MessageValues;
}

/** A message about a place in settings, as a JSON path. */
export interface PlacedMessage extends Message {
  readonly path: string;
}
