// Converts phone numbers to the international form.
import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js';
import { maxPhoneChars } from './typed-lengths';

export type PhoneReading =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: 'phone-unreadable' | 'phone-extension' };

// A program has turned it into a decimal number: the 0 after the point is not a digit to dial.
const decimal = /^\d+[.,]0+$/;

// 123456/57 names two lines, and the digits of both together are the number of a third.
const secondLine = /^(.*\d)\s*\/\s*\d{1,2}$/;

/** What becomes of an extension; without a word for it, the number cannot be sent. */
export type PhoneExtension = 'drop' | 'keep';

/** Marks an extension in the form that Entra knows, `+1 4251234567X12345`. @see docs/reference/graph-provisioning.md §1.4 */
const EXTENSION_MARK = 'X';

/** The text before its extension, which the library finds at the end. */
function withoutExtension(text: string, { ext }: PhoneNumber): string {
  if (ext === undefined) return text;
  return text.slice(0, text.lastIndexOf(ext)).replace(/\D+$/, '');
}

/**
 * True for a number without + that is a different valid number with one: Excel removes the +. Where national numbers begin with 0, a
 * number without it may be of any country; elsewhere only one that begins with the country's own code is in doubt.
 */
function hasLostPlus(text: string, number: PhoneNumber): boolean {
  const digits = text.replace(/\D/g, '');
  if (/[+\uff0b]/.test(text) || digits.startsWith('0')) return false;
  const withPlus = parsePhoneNumberFromString(`+${digits}`, { extract: false });
  if (withPlus?.isValid() !== true || withPlus.number === number.number) return false;
  return withPlus.countryCallingCode === number.countryCallingCode || number.formatNational().startsWith('0');
}

function namesTwoLines(text: string, country: CountryCode): boolean {
  const first = secondLine.exec(text)?.[1];
  return (
    first !== undefined &&
    parsePhoneNumberFromString(first, { defaultCountry: country, extract: false })?.isValid() === true
  );
}

/**
 * Reads a phone number as E.164 (`+49431000000`); a number without + belongs to `country`. A number must be possible (right
 * length for its country), not proven to be in use: numbering plans change faster than tables of them. One that can be read in two ways
 * is unreadable. A kept extension follows an X: `+49431000000X12`.
 */
export function readPhone(text: string, country: string, extension: PhoneExtension | null): PhoneReading {
  if (text.length > maxPhoneChars) return { ok: false, fault: 'phone-unreadable' };
  // The country was checked with the settings.
  const home = country as CountryCode;
  const number = parsePhoneNumberFromString(text, { defaultCountry: home, extract: false });
  if (number?.isPossible() !== true) return { ok: false, fault: 'phone-unreadable' };
  if (number.ext !== undefined && extension === null) return { ok: false, fault: 'phone-extension' };
  const bare = withoutExtension(text, number);
  if (decimal.test(bare) || hasLostPlus(bare, number) || namesTwoLines(bare, home))
    return { ok: false, fault: 'phone-unreadable' };
  const kept = number.ext !== undefined && extension === 'keep' ? EXTENSION_MARK + number.ext : '';
  return { ok: true, text: number.number + kept };
}
