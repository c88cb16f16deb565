// One quoted cell of CSV text: where it closes, what is in it, how many lines it runs over.

const LF = 10;
const CR = 13;
const quote = 34;
const backslash = 92;

/** The text ends before the cell does. */
const never = Number.MAX_SAFE_INTEGER;

/** How a quote inside a quoted cell is written: doubled (RFC 4180), or behind a backslash. */
export type Escape = '"' | '\\';

/** Line ends between two places; CR, LF and CRLF are one each. */
export const countLineEnds = (text: string, from: number, to: number): number => {
  let count = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) count++;
  }
  return count;
};

/** The place behind the quote that closes the cell opened at `open`, or the largest safe integer if the text ends before it. */
export const behindClosingQuote = (text: string, open: number, escape: Escape): number => {
  for (let at = text.indexOf('"', open + 1); at !== -1;) {
    if (escape === '"') {
      if (text.charCodeAt(at + 1) !== quote) return at + 1;
      at = text.indexOf('"', at + 2);
    } else {
      let slashes = 0;
      while (at - 1 - slashes > open && text.charCodeAt(at - 1 - slashes) === backslash) slashes++;
      if (slashes % 2 === 0) return at + 1;
      at = text.indexOf('"', at + 1);
    }
  }
  return never;
};

/** What the raw text between the quotes says. */
export const unescapeCell = (raw: string, escape: Escape): string => {
  if (escape === '"') return raw.includes('"') ? raw.replaceAll('""', '"') : raw;
  return raw.includes('\\') ? raw.replace(/\\(["\\])/g, '$1') : raw;
};
