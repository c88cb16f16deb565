// Characters that nobody sees, or that reorder what stands around them, shown by name. A page quotes files: two values that look alike must
// not be two, and a text must not turn its neighbours round (CVE-2021-42574).

/** Controls, formats (direction marks, zero-width, soft hyphen), lone surrogates, private and unassigned characters, separators of lines. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/** Spaces that look like a plain one, and plain ones where they are easily missed: at an end, or several in a row. */
const SPACES = /[^\P{Zs} ]|^ +| +$| {2,}/gu;

/** `[U+202E]`, `[U+000A]`. */
const named = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/** A text whose invisible characters are named. */
export const visible = (text: string): string => text.replace(UNSEEN, named);

/** A value of a file: its spaces are shown too where they would be missed (`␣`), so that before and after never look the same. */
export const visibleValue = (text: string): string =>
  visible(text).replace(SPACES, (spaces) => (spaces.startsWith(' ') ? '␣'.repeat(spaces.length) : named(spaces)));
