// Converts countries to their ISO 3166-1 codes.
import countries from 'i18n-iso-countries/index';
import de from 'i18n-iso-countries/langs/de.json';
import en from 'i18n-iso-countries/langs/en.json';
import es from 'i18n-iso-countries/langs/es.json';
import fr from 'i18n-iso-countries/langs/fr.json';
import it from 'i18n-iso-countries/langs/it.json';
import nl from 'i18n-iso-countries/langs/nl.json';
import pl from 'i18n-iso-countries/langs/pl.json';
import pt from 'i18n-iso-countries/langs/pt.json';
import { maxCountryChars } from './typed-lengths';

/** Languages in which names of countries are recognised. */
export const countryLanguages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt'] as const;

// The package's main entry registers all 70 languages; these are enough and load in a few milliseconds.
for (const locale of [en, de, fr, es, it, nl, pl, pt]) countries.registerLocale(locale);

/** Distinct texts kept per column; there are 249 countries. */
const maxKeptCountries = 2_000;

const foldName = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

// Folded name → code; null for a name that means two countries, such as Congo.
const codesByName = new Map<string, string | null>();
for (const language of countryLanguages) {
  for (const [code, names] of Object.entries(countries.getNames(language, { select: 'all' }))) {
    for (const name of [names].flat().map(foldName)) {
      const known = codesByName.get(name);
      codesByName.set(name, known === undefined || known === code ? code : null);
    }
  }
}

const byName = (text: string): string | null => codesByName.get(foldName(text)) ?? null;

const toAlpha2 = (text: string): string | null => {
  const code = text.toUpperCase();
  if (/^[A-Z]{2}$/.test(code) && countries.isValid(code)) return code;
  if (/^[A-Z]{3}$/.test(code)) return countries.alpha3ToAlpha2(code) ?? byName(text);
  // 36 may be Australia (036), or Hungary by its telephone code.
  if (/^\d{3}$/.test(code)) return countries.numericToAlpha2(code) ?? null;
  return byName(text);
};

/** Compiles a leaf's `country`: a code (two letters, three letters, three digits) or a name → the code asked for; null if unknown. */
export function compileCountry(form: 'alpha-2' | 'alpha-3'): (text: string) => string | null {
  const kept = new Map<string, string | null>();
  return (text) => {
    if (text.length > maxCountryChars) return null;
    const known = kept.get(text);
    if (known !== undefined) return known;
    const alpha2 = toAlpha2(text);
    const code = alpha2 === null || form === 'alpha-2' ? alpha2 : (countries.alpha2ToAlpha3(alpha2) ?? null);
    if (kept.size < maxKeptCountries) kept.set(text, code);
    return code;
  };
}
