// The longest text that each kind of typed value is read from, in UTF-16 code units; a longer one is no such value. The libraries that read
// dates and phone numbers try again and again: at the length of a cell (32,767) one value took 0.9 s, and a column of them hours (2026-11).

/** A date in a declared form: written in words with its time and zone it has some 60. Our choice, 2026-11. */
export const maxDateChars = 100;

/** A date in the standard form: `2026-10-01T00:00:00.000000000+02:00` has 35. @see RFC 7643 §2.3.5. Our choice, 2026-11. */
export const maxStandardDateChars = 40;

/** A phone number: the longest that a directory holds. @see [MS-ADA3] telephoneNumber, rangeUpper 64 */
export const maxPhoneChars = 64;

/** A country: the longest name in the eight languages (i18n-iso-countries 7.14.0) has 63. Our choice, 2026-11. */
export const maxCountryChars = 100;

/** A whole number: a safe one has 16 digits and a sign; the rest is for zeros in front. Our choice, 2026-11. */
export const maxIntegerChars = 32;

/** True or false: `false`. */
export const maxBooleanChars = 5;
