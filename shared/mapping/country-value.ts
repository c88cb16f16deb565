// Converts countries to their ISO 3166-1 codes.
import countries from 'i18n-iso-countries/index';
import { countriesNamed } from './country-names';
import { maxCountryChars } from './typed-lengths';

/** The code that was asked for, or the countries that the text may mean (their English names with their codes): none, or several. */
export type CountryReading =
  { readonly ok: true; readonly code: string } | { readonly ok: false; readonly readings: readonly string[] };

/** Distinct texts kept per column; there are 249 countries. */
const maxKeptCountries = 2_000;

/** The countries that a code or a name may mean. */
function readOne(text: string): readonly string[] {
  const code = text.toUpperCase();
  if (/^[A-Z]{2}$/.test(code) && countries.isValid(code)) return [code];
  if (/^[A-Z]{3}$/.test(code)) {
    const alpha2 = countries.alpha3ToAlpha2(code);
    if (alpha2 !== undefined) return [alpha2];
  }
  // 36 may be Australia (036), or Hungary by its telephone code.
  if (/^\d{3}$/.test(code)) return [countries.numericToAlpha2(code) ?? []].flat();
  return countriesNamed(text);
}

// `DE - Germany`, `Germany (DE)`, `DEU: Germany`: a code of ISO 3166-1 and a name.
const codeBefore = /^([A-Za-z]{2,3})\s*(?:[-–—:/|,]|\s)\s*(\S.*)$/;
const codeBehind = /^(.*\S)\s*(?:[-–—:/|,]\s*([A-Za-z]{2,3})|[([]([A-Za-z]{2,3})[)\]])$/;

/** The countries of a text that says one country twice; both if it says two. */
function readTwice(text: string): readonly string[] {
  const before = codeBefore.exec(text);
  const behind = codeBehind.exec(text);
  const pairs = [
    [before?.[1], before?.[2]],
    [behind?.[2] ?? behind?.[3], behind?.[1]],
  ];
  for (const [code = '', name = ''] of pairs) {
    const [ofCode, ofName] = [readOne(code), readOne(name)];
    if (code === '' || ofCode.length === 0 || ofName.length === 0) continue;
    const both = ofName.filter((country) => ofCode.includes(country));
    return both.length === 1 ? both : [...new Set([...ofCode, ...ofName])];
  }
  return [];
}

const toAlpha2 = (text: string): readonly string[] => {
  const found = readOne(text);
  return found.length > 0 ? found : readTwice(text);
};

const describe = (code: string): string => `${countries.getName(code, 'en') ?? code} (${code})`;

/**
 * Compiles a leaf's `country`: a code (two letters, three letters, three digits), a name, or both, → the code asked for. A text that may mean
 * two countries is none.
 */
export function compileCountry(form: 'alpha-2' | 'alpha-3'): (text: string) => CountryReading {
  const kept = new Map<string, CountryReading>();
  const read = (text: string): CountryReading => {
    const [alpha2, ...more] = toAlpha2(text);
    if (alpha2 === undefined) return { ok: false, readings: [] };
    if (more.length > 0) return { ok: false, readings: [alpha2, ...more].map(describe) };
    const code = form === 'alpha-2' ? alpha2 : countries.alpha2ToAlpha3(alpha2);
    return code === undefined ? { ok: false, readings: [] } : { ok: true, code };
  };
  return (text) => {
    if (text.length > maxCountryChars) return { ok: false, readings: [] };
    const known = kept.get(text);
    if (known !== undefined) return known;
    const reading = read(text);
    if (kept.size < maxKeptCountries) kept.set(text, reading);
    return reading;
  };
}
