// Signs in decoded text that it was damaged before it came here, or that a cell holds what no name has.

// One pass over a chunk asks whether any cell in it needs a closer look; most chunks of most files need none.
const suspicious =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]|[ÂÃÄÅâ][\u00a0-\u00bf\u0152-\u02dc\u2013-\u2122]/;

/**
 * UTF-8 read as Windows-1252: a letter of two bytes becomes Ã, Ä or Å and a sign. The signs are those of Windows-1252 for 0x80–0xBF;
 * after Ä and Å, which begin and end real words, only signs that never follow a letter. Â goes before signs that stand alone elsewhere.
 */
const mojibake =
  /Ã[\u00a0-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|[ÄÅ][\u00a1-\u00ac\u00ae-\u00b6\u00b8-\u00ba\u00bc-\u00bf\u0192\u02c6\u2020\u2021\u2030\u2122\u20ac\u201a\u201e\u203a]|Â[\u00a0-\u00bf]|â€[\u0153\u009d\u2122\u02dc\u0153\u201c\u201d\u00a6\u00a2]/;

// Also half a character of UTF-16, which only an escape of JSON can write: its text would be another one in UTF-8.
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Cs}]/u;
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
// Persian and the scripts of India spell with the zero-width joiners: between letters that are not Latin they belong to the word.
const joinerInWord = /(?<=(?!\p{Script=Latin})[\p{L}\p{M}])[\u200c\u200d](?=(?!\p{Script=Latin})[\p{L}\p{M}])/gu;

/** True if some cell of the text may be damaged; false says that none is. */
export const looksSuspicious = (text: string): boolean => suspicious.test(text);

/** What is wrong with one value: `damaged` is reason to hold the file, the others to reject the record. */
export type TextTrouble = 'replaced' | 'mojibake' | 'control' | 'invisible';

/** The trouble of one value, the gravest first, or `null`. */
export const findTextTrouble = (value: string): TextTrouble | null => {
  if (value.includes('\ufffd')) return 'replaced';
  if (mojibake.test(value)) return 'mojibake';
  if (control.test(value)) return 'control';
  if (invisible.test(value.replace(joinerInWord, ''))) return 'invisible';
  return null;
};

/** The name of the first control or invisible character, as `U+200B`, for a sentence that cannot show it. */
export const nameHiddenCharacter = (value: string): string => {
  const found = control.exec(value) ?? invisible.exec(value.replace(joinerInWord, ''));
  const code = found?.[0].codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
};
