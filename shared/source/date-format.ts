// Checks that a declared date format can be read without guessing.
import { quoteWords } from '../core/message';
import type { DateFormatMistake } from './source-codes';
import { DateTime, IANAZone } from 'luxon';

/** Month names are English whatever the computer's language. For en-US luxon has its own names; others come from the computer's ICU. */
export const dateLocale = 'en-US';

// The letters with which luxon parses (its manual, "Table of tokens"), without the localised macros (D, t, f …).
const knownTokens =
  /^(?:y|yy|yyyy|M{1,4}|L{1,4}|d{1,2}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|S|SSS|u{1,3}|a|E{3,4}|c{3,4}|Z{1,3}|z|o|ooo)$/;

/** The runs of letters of a format, without text in single quotes: `dd`, `MM`, `yyyy`. */
export const dateTokens = (format: string): readonly string[] =>
  format.replace(/'[^']*'/g, ' ').match(/([A-Za-z])\1*/g) ?? [];

// Tokens with an open number of digits: `d` takes one or two, `yy` two to four.
const openToken = /^(?:y|yy|M|L|d|H|h|m|s|S|o)$/;
const digitToken = /^(?:y{1,4}|[ML]{1,2}|d{1,2}|[Hh]{1,2}|m{1,2}|s{1,2}|S{1,3}|o{1,3})$/;

/** Two adjacent numbers of open length, which can be split in several ways: `dMyyyy` reads 1112024 as 1 November and as 11 January. */
function openNeighbours(format: string): { readonly first: string; readonly second: string } | null {
  for (const run of format.replace(/'[^']*'/g, ' ').match(/[A-Za-z]+/g) ?? []) {
    let open: string | null = null;
    for (const token of dateTokens(run)) {
      if (!digitToken.test(token)) open = null;
      else if (openToken.test(token)) {
        if (open !== null) return { first: open, second: token };
        open = token;
      }
    }
  }
  return null;
}

/** Says what is wrong with a format, or null. A format must name year, month and day with letters that luxon reads. */
export function faultOfDateFormat(format: string): DateFormatMistake | null {
  const tokens = dateTokens(format);
  const unknown = tokens.find((token) => !knownTokens.test(token));
  if (unknown !== undefined) {
    return { mistake: 'letters', letters: unknown };
  }
  const names = (pattern: RegExp): boolean => tokens.some((token) => pattern.test(token));
  const dayOfYear = names(/^o/);
  if (!names(/^y/) || !(dayOfYear || (names(/^[ML]/) && names(/^d/)))) {
    return { mistake: 'incomplete' };
  }
  if (names(/^h/) && !names(/^a$/)) return { mistake: 'twelve-hours' };
  const twice = tokens.find((token, at) => tokens.slice(0, at).some((before) => before[0] === token[0]));
  if (twice !== undefined) return { mistake: 'twice', letters: twice };
  const neighbours = openNeighbours(format);
  if (neighbours !== null) {
    return { mistake: 'open-neighbours', ...neighbours };
  }
  const words = DateTime.fromFormatExplain('', format, { locale: dateLocale }).invalidReason;
  return words === undefined ? null : { mistake: 'library', words: quoteWords(words) };
}

/** True for a usable zone: UTC, an IANA name, a fixed offset. Not `local`, which would be the computer's. */
export const isKnownZone = (zone: string): boolean =>
  /^utc$/i.test(zone) || /^utc[+-](0?\d|1[0-4])(:[0-5]\d)?$/i.test(zone) || IANAZone.isValidZone(zone);
