// The names of countries: folded name → the country that it means, or the countries.
import countries from 'i18n-iso-countries/index';
import de from 'i18n-iso-countries/langs/de.json';
import en from 'i18n-iso-countries/langs/en.json';
import es from 'i18n-iso-countries/langs/es.json';
import fr from 'i18n-iso-countries/langs/fr.json';
import it from 'i18n-iso-countries/langs/it.json';
import nl from 'i18n-iso-countries/langs/nl.json';
import pl from 'i18n-iso-countries/langs/pl.json';
import pt from 'i18n-iso-countries/langs/pt.json';
import cldr from './cldr-countries.json';

/** Languages in which names of all countries are recognised. */
export const countryLanguages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt'] as const;

// The package's main entry registers all 70 languages; these are enough and load in a few milliseconds.
for (const locale of [en, de, fr, es, it, nl, pl, pt]) countries.registerLocale(locale);

/** Names by country. */
type Names = Readonly<Record<string, readonly string[]>>;

/**
 * Short forms that people use and no list has. `Korea` is the south: so Microsoft's own table of places has it beside `North Korea` (Windows,
 * "Table of Geographical Locations", 2026-11).
 */
const USUAL: Names = {
  CD: ['DR Congo', 'DRC', 'Congo, DR'],
  CN: ['PR China', 'China, PR', 'Mainland China'],
  CZ: ['Czech Rep'],
  DE: ['BRD', 'Bundesrepublik Deutschland', 'Federal Republic of Germany'],
  DO: ['Dominican Rep'],
  GB: ['Britain', 'Großbritannien', 'GB-ENG', 'GB-SCT', 'GB-WLS', 'GB-NIR'],
  HK: ['Hong Kong SAR', 'Hongkong'],
  IE: ['Eire', 'Republic of Ireland'],
  KP: ['Korea, North', 'Korea (North)', 'DPRK'],
  KR: ['Korea', 'Korea, South', 'Korea (South)', 'S. Korea'],
  MK: ['Macedonia'],
  MM: ['Burma'],
  MO: ['Macao SAR', 'Macau SAR'],
  NL: ['Holland'],
  SA: ['KSA'],
  SK: ['Slovak Republic'],
  TW: ['Taiwan, ROC'],
  ZA: ['RSA'],
};

/** Names that mean two countries though no list says so, and one that a list gives to the wrong Congo. */
const DECIDED: Names = {
  'Virgin Islands': ['VG', 'VI'],
  'República Democrática do Congo': ['CD'],
};

const dotted = /^(?:\p{L}\.\s?){2,}$/u;

/** The form in which two names are equal: without accents, case, dots; one space for spaces, hyphens and dashes; `U. K.` as `uk`. */
export const foldCountry = (name: string): string =>
  (dotted.test(name.trim()) ? name.replace(/\s/g, '') : name)
    .normalize('NFKD')
    .replace(/[\p{M}.]/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[’‘`´]/g, "'")
    .replaceAll('&', ' and ')
    .replace(/[\s\-\u2010-\u2015]+/g, ' ')
    .trim();

/** Folded name → what it means. Made when a name is first looked up: most functions of the app never do. */
let countriesByName: ReadonlyMap<string, readonly string[]> | null = null;

function readAllNames(): ReadonlyMap<string, readonly string[]> {
  const known = new Map<string, readonly string[]>();
  const add = (names: Names, mayContradict: boolean): void => {
    for (const [code, ofCountry] of Object.entries(names))
      for (const name of ofCountry.map(foldCountry)) {
        const codes = known.get(name);
        if (codes === undefined) known.set(name, [code]);
        else if (mayContradict && !codes.includes(code)) known.set(name, [...codes, code]);
      }
  };
  for (const language of countryLanguages) add(countries.getNames(language, { select: 'all' }), true);
  add(cldr.names, true);
  // A country's name in its own languages, and what people write, mean nothing else where one of these means another country.
  add(cldr.own, false);
  add(USUAL, false);
  for (const [name, codes] of Object.entries(DECIDED)) known.set(foldCountry(name), codes);
  return known;
}

/** The countries (ISO 3166-1 alpha-2) that a name may mean, none if it is no name of a country. */
export const countriesNamed = (name: string): readonly string[] =>
  (countriesByName ??= readAllNames()).get(foldCountry(name)) ?? [];
