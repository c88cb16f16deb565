// Scores how implausible a decoded word is in any language. Encodings are told apart by this score, the price.
import { isNoWord } from './no-word';

/** `foreign`: no single alphabet has all its letters, or it contains a symbol. `odd`: number of letters where names hardly ever have them. */
export interface WordPrice {
  readonly foreign: boolean;
  readonly odd: number;
}

const vowels = 'aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿąęěůőűăıāēīōūėįųŕĺ';
const edges = /^[^\p{L}]+|[^\p{L}]+$/gu;
// Between letters only an apostrophe or an accent in its place, a Catalan middle dot, a soft hyphen and a non-breaking space are allowed.
const innerSign = /[^\p{L}\p{M}'’‘´·\u00ad\u00a0]/u;

const isVowel = (letter: string | undefined): boolean => letter !== undefined && vowels.includes(letter);
const isConsonant = (letter: string | undefined): boolean =>
  letter !== undefined && /\p{L}/u.test(letter) && !vowels.includes(letter);

/** The letters next to the one being judged; `undefined` at the edge of the word. */
interface Neighbours {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

const atEnd = ({ after }: Neighbours): boolean => after === undefined;
const besideVowel = ({ before, after }: Neighbours): boolean => isVowel(before) || isVowel(after);

/** Positions where a letter hardly ever occurs in its language. Each was found in names that were read in a wrong encoding. */
const oddPlaces: readonly { readonly letters: string; readonly isOdd: (beside: Neighbours) => boolean }[] = [
  { letters: 'àìòùåæêûůąěý', isOdd: besideVowel },
  // Norwegian Øystein.
  { letters: 'ø', isOdd: ({ before, after }) => isVowel(before) || (isVowel(after) && after !== 'y') },
  // French Geneviève, Italian Noè.
  {
    letters: 'è',
    isOdd: ({ before, after }) =>
      isVowel(after) || (isVowel(before) && !(before === 'i' && isConsonant(after)) && before !== 'o'),
  },
  // Portuguese ão, ãe and õe; ã may end a word, õ may not.
  { letters: 'ã', isOdd: ({ after }) => isConsonant(after) },
  { letters: 'õ', isOdd: atEnd },
  // Hungarian Győző: gy is one consonant.
  { letters: 'őűă', isOdd: ({ before, after }) => (isVowel(before) && before !== 'y') || isVowel(after) },
  // Polish writes ni before a vowel.
  { letters: 'ń', isOdd: ({ after }) => isVowel(after) },
  // The long Slovak ĺ and ŕ are rare; å and à, which have the same bytes in Western encodings, are not.
  { letters: 'ĺŕ', isOdd: () => true },
  { letters: 'ďť', isOdd: ({ after }) => isConsonant(after) && after !== 'k' && after !== 'm' },
  // Icelandic þ begins a word, Turkish ğ follows a vowel.
  { letters: 'þ', isOdd: ({ before, after }) => after === undefined || isVowel(before) },
  { letters: 'ğ', isOdd: ({ before }) => !isVowel(before) },
];

const crowded = (word: string, at: number): boolean => {
  const [first, second, , fourth, fifth] = [word[at - 2], word[at - 1], word[at], word[at + 1], word[at + 2]];
  return (
    (isConsonant(second) && isConsonant(fourth)) ||
    // Croatian Brčić, Crnčević: r is a vowel there.
    (isConsonant(second) && isConsonant(first) && !(isVowel(fourth) && (second === 'r' || first === 'r'))) ||
    // Slovene Škrjanec, Croatian Štrbac.
    (isConsonant(fourth) && isConsonant(fifth) && !(at === 0 && word[at] === 'š')) ||
    (at === 0 && isConsonant(fourth) && !'hlmrv'.includes(fourth ?? '') && 'řďťňćčłľşŗķļņģ'.includes(word[at] ?? ''))
  );
};

const oddAt = (word: string, at: number): boolean => {
  const letter = word[at] ?? '';
  const beside = { before: word[at - 1], after: word[at + 1] };
  return (
    oddPlaces.some(({ letters, isOdd }) => letters.includes(letter) && isOdd(beside)) ||
    (isConsonant(letter) && crowded(word, at))
  );
};

/** The price of one word (letters, with at least one above ASCII) against the alphabets of an encoding. */
export const priceWord = (word: string, alphabets: readonly string[]): WordPrice => {
  if (isNoWord(word)) return { foreign: true, odd: 0 };
  const inner = word.replace(edges, '');
  // A symbol before or after letters may be a misread letter (³ for ł, ¹ for š). These never are: ° ² § · ¢.
  const touching =
    inner !== '' &&
    inner !== word &&
    /[\u00a1\u00a3-\u00a6\u00a8\u00a9\u00ac\u00ae\u00af\u00b1\u00b3\u00b4\u00b6\u00b8\u00b9\u00bc-\u00beƒ†‡ˆ‰˜\u02c7\u02d8-\u02dd]/u.test(
      word,
    );
  if (touching || innerSign.test(inner)) return { foreign: true, odd: 0 };
  if (inner === '') return { foreign: false, odd: 0 };
  const lower = inner.toLowerCase();
  // The ordinals at the end of Mª and Nº are letters of no alphabet.
  const letters = Array.from(lower.replace(/(?<=.)[ªº]$/u, '')).filter(
    (letter) => letter > '\u007f' && /\p{L}/u.test(letter),
  );
  const foreign = !alphabets.some((alphabet) => letters.every((letter) => alphabet.includes(letter)));
  // A capital after a lower-case letter within one word (ASCII capitals, as after Mc and Mac, are ignored, and so is the Irish hÉ), and KŠthe.
  const capital = /(?<=\p{L})\p{Ll}(?![A-Z])\p{Lu}|\p{Lu}(?![A-Z])\p{Lu}\p{Ll}/u.test(inner) ? 1 : 0;
  let odd = capital;
  for (let at = 0; at < lower.length; at++) if ((lower[at] ?? '') > '\u007f' && oddAt(lower, at)) odd++;
  return { foreign, odd };
};
