// Letters that tell two writers of one blob apart, where both may write at once and must not mix.

/** Letters of one writer: two of a thousand share them with a chance of 2 in 10^7. */
const LETTERS = 8;

/** `random` gives 0..1. Always of equal length: lower-case letters and digits. */
export const randomLetters = (random: () => number): string =>
  random().toString(36).slice(2).padEnd(LETTERS, '0').slice(0, LETTERS);
