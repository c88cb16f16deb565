// Signs in decoded text that it was damaged before it came here, or that a cell holds what no name has.

// One pass over a chunk asks whether any cell in it needs a closer look; most chunks of most files need none.
const suspicious =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffd\udb40]|[ÂÃÄÅâÎÏÐÑ][\u00a0-\u00bf\u0152-\u02dc\u2013-\u2122]|[ĂĹ][\u00a0-\u02dd\u2013-\u2122]/;

/**
 * UTF-8 read as Windows-1252: a letter of two bytes becomes Ã, Ä or Å and a sign. The signs are those of Windows-1252 for 0x80–0xBF;
 * after Ä and Å, which begin and end real words, only signs that never follow a letter. Â goes before signs that stand alone elsewhere.
 */
const latinAsWestern =
  /Ã[\u00a0-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|[ÄÅ][\u00a1-\u00ac\u00ae-\u00b6\u00b8-\u00ba\u00bc-\u00bf\u0192\u02c6\u2020\u2021\u2030\u2122\u20ac\u201a\u201e\u203a]|Â[\u00a0-\u00bf]|â€[\u0153\u009d\u2122\u02dc\u0153\u201c\u201d\u00a6\u00a2]/;

/** UTF-8 of Greek and Cyrillic read as Windows-1252: two letters and more, because Ñ and Ð are letters of their own. */
const greekOrCyrillicAsWestern =
  /(?:[ÎÏÐÑ][\u00a0-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]){2}/;

/** UTF-8 read as Windows-1250: MĂĽller, JosĂ©, Ĺ‚ukasz. Behind the Romanian Ă only signs that no Romanian word has. */
const latinAsCentral =
  /Ă[ŠŚŤŽŹšśťžźˇ˘ŁĄŻłą˛˝Ľľż\u00a4\u00a6-\u00a9\u00ac-\u00ae\u00b0-\u00b8]|Ĺ[ĽşžŤ\u201a\u201e\u203a]/;

const mojibake = new RegExp(
  [latinAsWestern, greekOrCyrillicAsWestern, latinAsCentral].map(({ source }) => source).join('|'),
);

// Also half a character of UTF-16, which only an escape of JSON can write: its text would be another one in UTF-8.
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Cs}]/u;
// Zero width, direction, fillers, separators, tags. Variation selectors belong to the signs before them and are no trouble.
const invisible =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
// Persian and the scripts of India spell with the zero-width joiners: between letters that are not Latin they belong to the word.
const joinerInWord = /(?<=(?!\p{Script=Latin})[\p{L}\p{M}])[\u200c\u200d](?=(?!\p{Script=Latin})[\p{L}\p{M}])/gu;

/** True if some cell of the text may be damaged; false says that none is. What is looked for is no longer than two UTF-16 units. */
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
