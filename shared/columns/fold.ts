// When two names of columns, two status words, or two values by which somebody is looked up, are the same.

/** The name without accents, case, spaces, `_`, `-`, `.`; `ß` as `ss`. Empty for a name of separators only. */
export const foldName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[\s_\-.\p{Cf}]+/gu, '');

/** The form in which two words are equal: composed (NFC), without outer spaces, in lower case. Blank words give ''. */
export const foldStatusWord = (word: string): string => word.normalize('NFC').trim().toLowerCase();

/** The form in which two values are equal by which a person is looked up: as status words, and any number of spaces is one. */
export const foldLookupValue = (value: string): string => foldStatusWord(value).replace(/\s+/g, ' ');
