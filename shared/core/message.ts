// A message is a code and its values. It is stored and passed on as such; the sentence is made where it is read, in the reader's language.

/**
 * Text from outside: a cell, a column, a file name, a setting. It may name a person, so it belongs in reports and on terminals only; events
 * take no `Quote` (see `EventFields`).
 */
export interface Quote {
  readonly quote: string;
}

/** Characters of a quoted text that a message keeps: enough to find the place, little enough for a line of `rows.jsonl`. Ours, 2026-11. */
const MAX_QUOTE_CHARS = 60;

/** Quotes a text for a message: cut to `MAX_QUOTE_CHARS`, what cannot be seen as `?`. */
export const quote = (text: string): Quote => {
  const shown = text.slice(0, MAX_QUOTE_CHARS).replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, '?');
  return { quote: text.length > MAX_QUOTE_CHARS ? `${shown}…` : shown };
};

/** What a sentence is made of: counts and positions as numbers, words of ours as text, everything from outside as `Quote`. */
export type MessageValue = string | number | null | Quote | readonly Quote[];
export type MessageValues = Readonly<Record<string, MessageValue>>;

/** A code of the catalogue with the values that its sentence needs. */
export interface Message {
  readonly code: string;
  readonly values: MessageValues;
}
