// Where a backslash escapes quotes, csv-parse takes every backslash within quotes for an escape, so C:\people would lose its own.
// One that escapes nothing is therefore a stand-in while the library reads: a code point that is no character and not in the text.
import { holdFile } from '../hold-file';

/** Unicode's noncharacters U+FDD0 to U+FDEF (The Unicode Standard, 23.7): never part of a text. */
const standIns = Array.from({ length: 32 }, (_, index) => String.fromCharCode(0xfdd0 + index));

/** The text as the library may read it, and the way back for what it makes of it; `null` if nothing is hidden. */
export interface HiddenBackslashes {
  readonly text: string;
  readonly show: ((part: string) => string) | null;
}

/** Hides the backslashes that stand before neither a quote nor a backslash. Holds a text that has all noncharacters in it. */
export const hideLoneBackslashes = (text: string): HiddenBackslashes => {
  if (!text.includes('\\')) return { text, show: null };
  const standIn = standIns.find((sign) => !text.includes(sign));
  if (standIn === undefined) throw holdFile('text-damaged', { damage: 'noncharacters' });
  return {
    text: text.replace(/\\["\\]|\\/g, (found) => (found === '\\' ? standIn : found)),
    show: (part) => part.replaceAll(standIn, '\\'),
  };
};
