// How status words are compared.

/** The form in which two words are equal: composed (NFC), without outer spaces, in lower case. Blank words give ''. */
export const foldStatusWord = (word: string): string => word.normalize('NFC').trim().toLowerCase();
