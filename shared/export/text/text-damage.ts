// Finds signs that decoded text was damaged before it reached us, and characters that do not belong in a name.

// Spaces other than the plain one are among them: they are made plain.
const suspiciousSign =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u1680\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff9-\ufffb\ufffd\udb40]/;
const suspiciousPair = /[ÂÃÄÅâÎÏÐÑ][\u00a0-\u00bf\u0152-\u02dc\u2013-\u2122]|[ĂĹ][\u00a0-\u02dd\u2013-\u2122]/y;
const beginsPair = /[ÂÃÄÅâÎÏÐÑĂĹ]/;

const NONE = 0;
const SIGN = 1;
const PAIR = 2;
const kindOf = (sign: string): number => {
  if (suspiciousSign.test(sign)) return SIGN;
  return beginsPair.test(sign) ? PAIR : NONE;
};
/** By UTF-16 unit: what it is, or may begin. All text of all files is looked at: a table takes a third of the time of the patterns (2026-11). */
const KINDS = Uint8Array.from({ length: 0x1_0000 }, (_, unit) => kindOf(String.fromCharCode(unit)));

const isPairAt = (text: string, at: number): boolean => {
  suspiciousPair.lastIndex = at;
  return suspiciousPair.test(text);
};

/**
 * UTF-8 read as Windows-1252: a two-byte letter becomes Ã, Ä or Å and the Windows-1252 character for 0x80–0xBF. After Ä and Å, which begin
 * and end real words, only characters that never follow a letter count. After Â come symbols that never follow it in sound text.
 */
const latinAsWestern =
  /Ã[\u00a0-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|[ÄÅ][\u00a1-\u00ac\u00ae-\u00b6\u00b8-\u00ba\u00bc-\u00bf\u0192\u02c6\u2020\u2021\u2030\u2122\u20ac\u201a\u201e\u203a]|Â[\u00a0-\u00bf]|â€[\u0153\u009d\u2122\u02dc\u0153\u201c\u201d\u00a6\u00a2]/;

/** UTF-8 of Greek and Cyrillic read as Windows-1252: at least two letters in a row, because Ñ and Ð are also real letters. */
const greekOrCyrillicAsWestern =
  /(?:[ÎÏÐÑ][\u00a0-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]){2}/;

/** UTF-8 read as Windows-1250: MĂĽller, JosĂ©, Ĺ‚ukasz. After the Romanian Ă only characters that no Romanian word has there. */
const latinAsCentral =
  /Ă[ŠŚŤŽŹšśťžźˇ˘ŁĄŻłą˛˝Ľľż\u00a4\u00a6-\u00a9\u00ac-\u00ae\u00b0-\u00b8]|Ĺ[ĽşžŤ\u201a\u201e\u203a]/;

const mojibake = new RegExp(
  [latinAsWestern, greekOrCyrillicAsWestern, latinAsCentral].map(({ source }) => source).join('|'),
);

// Includes lone UTF-16 surrogates, which only a JSON escape can produce: UTF-8 cannot encode them, so the text would change.
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\p{Cs}]/u;
// Zero width, direction, fillers, separators, tags. Variation selectors belong to the characters before them and are allowed.
const invisible =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
// Persian and the scripts of India use zero-width joiners in spelling: between letters that are not Latin they belong to the word. Between
// pictures they make one emoji of several (Unicode TR 51).
const joinerInWord =
  /(?<=(?!\p{Script=Latin})[\p{L}\p{M}])[\u200c\u200d](?=(?!\p{Script=Latin})[\p{L}\p{M}])|(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d(?=\p{Extended_Pictographic})/gu;

/**
 * True if a cell of the text may be damaged; false is certain: one pass over a chunk decides whether its cells need a closer look, and most chunks of
 * most files do not. Nothing that is found is longer than two UTF-16 units.
 */
export function looksSuspicious(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const kind = KINDS[text.charCodeAt(at)];
    if (kind === SIGN || (kind === PAIR && isPairAt(text, at))) return true;
  }
  return false;
}

/** What is wrong with one value: `replaced` and `mojibake` hold the file, the others reject the record. */
export type TextTrouble = 'replaced' | 'mojibake' | 'control' | 'invisible';

/** The most serious trouble with one value, or `null`. */
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
