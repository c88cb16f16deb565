// The pattern of a line that closes a table, made from the one that the file has: tomorrow it has another number, and "1 row" in place of "3 rows".

/** What closing lines say in the languages of the columns; also in the middle of a word, "Datensätze". */
const WORDS_OF_COUNT =
  /\brows?\b|\brecords?\b|\btotal|\bcount|\baffected\b|\bselected\b|\bcopied\b|\beof\b|\bend of\b|summe|gesamt|anzahl|zeilen|datensätze|\blignes\b|\benregistrements\b|\bfilas\b|\bregistros\b/iu;

/** True of a text that seems to count rows, or to say that they end. */
export const saysCount = (text: string): boolean => WORDS_OF_COUNT.test(text);

/** A number by itself, as people write it; not one that is a part of a word. */
const NUMBER = /(?<![\p{L}\p{N}])\d+(?:[.,'’ \u00a0\u202f]\d{3})*(?![\p{L}\p{N}])/gu;

const SEPARATORS = /[^\d]/g;

const LITERAL = /[\\^$.*+?()[\]{}|]/g;

/** A text for a regular expression that finds it as it is. */
export const literal = (text: string): string => text.replace(LITERAL, '\\$&');

/** A part of the line: any digits in place of its digits, and either form of what is counted. */
const part = (text: string): string =>
  literal(text)
    .replace(/\d+/g, '\\d+')
    .replace(/(row|record|line|employee|worker|user)s?\b/gi, '$1s?');

/** The pattern of a line in which one number is that of the rows, with the group `rows`; null if none is, or several. */
export function patternOfCount(text: string, rows: number): string | null {
  const found = [...text.matchAll(NUMBER)].filter(([number]) => Number(number.replace(SEPARATORS, '')) === rows);
  const [only] = found;
  if (only === undefined || found.length > 1) return null;
  const [number] = only;
  // A larger count has separators.
  const others = [...new Set(number.match(SEPARATORS) ?? [])].join('');
  const before = text.slice(0, only.index);
  const after = text.slice(only.index + number.length);
  return whole(
    text,
    `${part(before.trimStart())}(?<rows>[\\d.,${others.replace(/[.,]/g, '')}]+)${part(after.trimEnd())}`,
  );
}

/** The pattern of a line whatever its numbers. */
export const patternOfLine = (text: string): string => whole(text, part(text.trim()));

/** Some programs fill up their lines with spaces. */
const whole = (text: string, pattern: string): string =>
  `^${/^\s/.test(text) ? '\\s*' : ''}${pattern}${/\s$/.test(text) ? '\\s*' : ''}$`;
