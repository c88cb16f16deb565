// Phone numbers to the international form.
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

export type PhoneReading =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly fault: 'phone-unreadable' | 'phone-extension' };

/**
 * Reads a phone number as E.164 (`+49431000000`); a number without + belongs to `country`. A number must be possible (right
 * length for its country), not proven to be in use: number plans change faster than tables of them.
 */
export function readPhone(text: string, country: string): PhoneReading {
  // The country was checked with the settings.
  const number = parsePhoneNumberFromString(text, { defaultCountry: country as CountryCode, extract: false });
  if (number?.isPossible() !== true) return { ok: false, fault: 'phone-unreadable' };
  if (number.ext !== undefined) return { ok: false, fault: 'phone-extension' };
  return { ok: true, text: number.number };
}
