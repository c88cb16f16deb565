// The service's own words, which HR reads in a report: cut, because whoever answers may send any number of them.

/** Characters of a message of the service that are kept, UTF-16 units: a long sentence. Ours, 2026-11. */
const MAX_WORDS_CHARS = 300;

/** The words as they are kept: cut, and valid text. */
export const cutWords = (text: string): string =>
  // Half of a surrogate pair, by the cut or by the service, becomes U+FFFD.
  Buffer.from(text.slice(0, MAX_WORDS_CHARS)).toString('utf8');
