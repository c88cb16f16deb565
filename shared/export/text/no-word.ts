// Letters and signs in an order that no language has: what a word becomes when its bytes are read in a wrong encoding. Unlike the price of a
// word (word-sense.ts) it needs no alphabet, so it is asked of every encoding that settings can declare.

// Between two letters. Not among them, because people write them there: apostrophes and accents in their place (’ ‘ ´ `), dashes, · & • … ™ ® © °,
// and the ordinals of Mª and Nº.
const SIGNS = '„”“‚‡†‰‹›«»§¶¤¥¢£¬¦¯¨¸ˆƒ¡¿¹²³¼½¾÷±×ˇ˘˙˚˛˜˝₧⌐∙√ⁿ∂∑∏∫≈∆∞≤≥≠◊⁄≡∩';
const NO_LETTER = '[^\\p{L}\\u00a0]*';
const signInside = new RegExp(`\\p{L}${NO_LETTER}[${SIGNS}]${NO_LETTER}\\p{L}`, 'u');

// Catalan writes l·l, and nobody else a dot there.
const dotInside = /(?<=(?![lL])\p{L})·\p{L}|\p{L}·(?![lL])\p{L}/u;

// Boxes, blocks and shapes of DOS, and ligatures of the Macintosh: nobody types them into a word.
// Nor the generic currency sign: in ISO-8859-15 its byte is the euro sign.
const notOfWords = /\p{L}[\u2500-\u25ff]|[\u2500-\u25ff]\p{L}|[\ufb00-\ufb06]|\p{L}µ|¤|\ufffd/u;

// The capitals that Windows-1252 has where DOS and the Macintosh have é, ä, ü and others. Of three letters that end a word, so that an
// abbreviation is none.
const capitalInside = /\p{Ll}[ŠŽŒŸ]\p{Ll}|\p{Ll}{2}[ŠŽŒŸ]$/u;

// Strau§, €nne, ƒric.
const signAtEdge = /\p{Ll}§$|^[†‡ƒ€]\p{Ll}|\p{L}€\p{L}/u;

const OTHER = '\\p{Script=Greek}\\p{Script=Cyrillic}\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Thai}';
const mixedScripts = new RegExp(`\\p{Script=Latin}[${OTHER}]|[${OTHER}]\\p{Script=Latin}`, 'u');

// КОИ-8 has small letters where Windows and ISO have capitals, and the other way round: хБЮМ.
const casesSwapped = /^(?=[\p{Script=Greek}\p{Script=Cyrillic}])\p{Ll}\p{Lu}{2,}$/u;

const kinds = [signInside, dotInside, notOfWords, capitalInside, signAtEdge, mixedScripts, casesSwapped];

/** True for a text, a run of letters and signs above ASCII, that is a word of no language. */
export const isNoWord = (text: string): boolean => kinds.some((kind) => kind.test(text));
