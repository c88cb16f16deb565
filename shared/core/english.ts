// What English sentences need: plurals, quotation marks, lists. Only `*-messages.ts` files and the texts of
// commands use it; another language brings its own.
import type { Quote } from './message';

const plurals = new Intl.PluralRules('en');
const numbers = new Intl.NumberFormat('en-US');

/** `5,000`. */
export const grouped = (value: number): string => numbers.format(value);

/** `1 row`, `2 rows`, `5,000 rows`; `many` for a plural that is not formed with s. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${numbers.format(count)} ${plurals.select(count) === 'one' ? one : many}`;

/** The form of a word for a count: `are` or `is`. */
export const agree = (count: number, one: string, many: string): string =>
  plurals.select(count) === 'one' ? one : many;

/** UTC to the minute, in the form that is read alike everywhere: `2026-11-27 03:05 UTC`. Ms since 1970. */
export const moment = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** A text from outside, in quotation marks. */
export const quoted = ({ quote }: Quote): string => `"${quote}"`;

/** Quoted texts as a choice: `"a"`, `"a" or "b"`, `"a", "b" or "c"`. */
export const listedOr = (quotes: readonly Quote[]): string => {
  const all = quotes.map(quoted);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1) ?? ''}`;
};

/** Quoted texts, listed with commas. */
export const listed = (quotes: readonly Quote[]): string => quotes.map(quoted).join(', ');

/** Joins sentences, leaving out those that are null or empty. */
export const sentences = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join(' ');
