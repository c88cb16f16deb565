// How a value of the file is quoted in a sentence for HR.

/** Characters of a value that a sentence shows. Our choice, 2026-11. */
const maxShownChars = 60;

/** The value in quotation marks, shortened, with control and invisible characters shown as `?`. */
export const quoteValue = (value: string): string => {
  const shown = value.slice(0, maxShownChars).replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, '?');
  return `"${shown}${value.length > maxShownChars ? '…' : ''}"`;
};
