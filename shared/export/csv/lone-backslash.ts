// If a backslash escapes quotes, csv-parse treats every backslash within quotes as an escape, so C:\people would lose its own.
// One that escapes nothing is therefore replaced while the library reads, by a noncharacter that is not in the text.
import { holdFile } from '../hold-file';

/** Unicode's noncharacters U+FDD0 to U+FDEF (The Unicode Standard, 23.7): never part of a text. */
const standIns = Array.from({ length: 32 }, (_, index) => String.fromCharCode(0xfdd0 + index));

/** The text for the library, and the function that restores the backslashes in its output; `null` if none is hidden. */
export interface HiddenBackslashes {
  readonly text: string;
  readonly show: ((part: string) => string) | null;
}

/** Hides the backslashes that precede neither a quote nor a backslash. Throws a hold for a text that contains all the noncharacters. */
export const hideLoneBackslashes = (text: string): HiddenBackslashes => {
  if (!text.includes('\\')) return { text, show: null };
  const standIn = standIns.find((sign) => !text.includes(sign));
  if (standIn === undefined) throw holdFile('text-damaged', { damage: 'noncharacters' });
  return {
    text: text.replace(/\\["\\]|\\/g, (found) => (found === '\\' ? standIn : found)),
    show: (part) => part.replaceAll(standIn, '\\'),
  };
};
