// How little sense a word makes as a word of some language: the price of a reading, by which encodings are told apart.

/** `foreign`: its letters belong to no one alphabet, or a sign stands among them. `odd`: places where hardly any name has such letters. */
export interface WordPrice {
  readonly foreign: boolean;
  readonly odd: number;
}

const vowels = 'aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿąęěůőűăı';
const edges = /^[^\p{L}]+|[^\p{L}]+$/gu;
// Between letters only an apostrophe, a Catalan middle dot, a soft hyphen and a hard space may stand.
const innerSign = /[^\p{L}\p{M}'’·\u00ad\u00a0]/u;

const isVowel = (letter: string | undefined): boolean => letter !== undefined && vowels.includes(letter);
const isConsonant = (letter: string | undefined): boolean =>
  letter !== undefined && /\p{L}/u.test(letter) && !vowels.includes(letter);

const oddAt = (word: string, at: number): boolean => {
  const letter = word[at] ?? '';
  const before = word[at - 1];
  const after = word[at + 1];
  // Portuguese ão, ões, ãe and Norwegian øy are the vowels that stand beside vowels in names.
  if ('ãõ'.includes(letter) || (letter === 'ø' && after === 'y')) return false;
  if ('àèìòùåæøêûïăőűěůą'.includes(letter)) return isVowel(before) || isVowel(after);
  // Polish writes ni before a vowel; Slovak long ĺ and ŕ stand between consonants.
  if (letter === 'ń') return isVowel(after);
  if ('ĺŕ'.includes(letter)) return true;
  if (!isConsonant(letter)) return false;
  return (
    (isConsonant(before) && isConsonant(after)) ||
    (isConsonant(before) && isConsonant(word[at - 2])) ||
    (isConsonant(after) && isConsonant(word[at + 2])) ||
    (at === 0 && isConsonant(after) && 'řďťňćčłľş'.includes(letter) && !'aeiouyhlmrv'.includes(after ?? ''))
  );
};

/** The price of one word (letters, with at least one above ASCII) against the alphabets of an encoding. */
export const priceWord = (word: string, alphabets: readonly string[]): WordPrice => {
  const inner = word.replace(edges, '');
  // A sign at the edge: fine beside a number or alone (°, €), not before or behind letters, where ³ was ł and ¹ was š.
  const touching =
    inner !== '' &&
    inner !== word &&
    /[\u00a1-\u00a9\u00ac\u00ae-\u00b4\u00b6-\u00b9\u00bc-\u00be×÷ƒ†‡ˆ‰˜¤]/u.test(word);
  if (touching || innerSign.test(inner)) return { foreign: true, odd: 0 };
  if (inner === '') return { foreign: false, odd: 0 };
  const lower = inner.toLowerCase();
  const letters = Array.from(lower).filter((letter) => letter > '\u007f' && /\p{L}/u.test(letter));
  const foreign = !alphabets.some((alphabet) => letters.every((letter) => alphabet.includes(letter)));
  // A capital behind a small letter within one word (Mc and Mac are ASCII and not looked at).
  const capital = /\p{Ll}(?![A-Z])\p{Lu}/u.test(inner) ? 1 : 0;
  let odd = capital;
  for (let at = 0; at < lower.length; at++) if ((lower[at] ?? '') > '\u007f' && oddAt(lower, at)) odd++;
  return { foreign, odd };
};
