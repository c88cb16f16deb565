// Is a declared date format one that can be read without guessing.
import { DateTime, IANAZone } from 'luxon';

/** Month names are English whatever the computer's language. For en-US luxon has its own names; others come from the computer's ICU. */
export const dateLocale = 'en-US';

// The letters with which luxon parses (its manual, "Table of tokens"), without the localised macros (D, t, f …).
const knownTokens =
  /^(?:y|yy|yyyy|M{1,4}|L{1,4}|d{1,2}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|S|SSS|u{1,3}|a|E{3,4}|c{3,4}|Z{1,3}|z|o|ooo)$/;

/** The runs of letters of a format, without text in single quotes: `dd`, `MM`, `yyyy`. */
export const dateTokens = (format: string): readonly string[] =>
  format.replace(/'[^']*'/g, ' ').match(/([A-Za-z])\1*/g) ?? [];

/** Says what is wrong with a format, or null. A format must name year, month and day with letters that luxon reads. */
export function faultOfDateFormat(format: string): string | null {
  const tokens = dateTokens(format);
  const unknown = tokens.find((token) => !knownTokens.test(token));
  if (unknown !== undefined) {
    return `The letters ${unknown} mean nothing in a date format (year is yyyy, month MM, day dd; text stands in single quotes).`;
  }
  const names = (pattern: RegExp): boolean => tokens.some((token) => pattern.test(token));
  const dayOfYear = names(/^o/);
  if (!names(/^y/) || !(dayOfYear || (names(/^[ML]/) && names(/^d/)))) {
    return 'The format does not name year, month and day.';
  }
  if (names(/^h/) && !names(/^a$/)) return 'Hours of twelve (h) need am or pm (a); hours of 24 are H.';
  return DateTime.fromFormatExplain('', format, { locale: dateLocale }).invalidReason ?? null;
}

/** True for a zone that can be computed with: UTC, an IANA name, a fixed offset. Not `local`: it would be the computer's. */
export const isKnownZone = (zone: string): boolean =>
  /^utc$/i.test(zone) || /^utc[+-](0?\d|1[0-4])(:[0-5]\d)?$/i.test(zone) || IANAZone.isValidZone(zone);
