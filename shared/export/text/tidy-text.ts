// What is changed in a text without asking, because it looks the same and means the same: accents are composed, every space is a plain one, and
// marks of direction at the ends of a cell, which some systems put around each, are taken away. Each is told once per file.

/** What was done to a text. */
export type Tidying = 'accents-composed' | 'spaces-made-plain' | 'direction-marks-trimmed';

// Not the two overrides (U+202D, U+202E): they turn the letters that people see.
const MARKS = '\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069';
const edgeMarks = new RegExp(`^[${MARKS}]+|[${MARKS}]+(?=\\s*$)`, 'gu');
/** No-break, en, em, thin, ideographic … (Unicode category Zs), except the space itself. */
const otherSpaces = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/** The text without marks of direction at its ends. Inside they change what people see, so there they reject the row. */
export const withoutEdgeMarks = (text: string): string => text.replace(edgeMarks, '');

/** The tidy text; `did` is told what was done to it. */
export function tidyText(text: string, did: (tidying: Tidying) => void): string {
  const changed = (before: string, after: string, tidying: Tidying): string => {
    if (after !== before) did(tidying);
    return after;
  };
  const unmarked = changed(text, withoutEdgeMarks(text), 'direction-marks-trimmed');
  const composed = changed(unmarked, unmarked.normalize('NFC'), 'accents-composed');
  return changed(composed, composed.replace(otherSpaces, ' '), 'spaces-made-plain');
}
