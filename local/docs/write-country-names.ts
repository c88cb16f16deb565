// Writes shared/mapping/cldr-countries.json from the data of Unicode CLDR, so that no verdict depends on the ICU of the Node at hand. Takes the folder
// into which these were installed, for this purpose only (they are large):
//   npm install --no-save --prefix FOLDER cldr-localenames-full@48.2.0 cldr-subdivisions-full@48.2.0 cldr-core@48.2.0
//   npm run build && node dist/local/docs/write-country-names.js FOLDER && npx prettier --write shared/mapping/cldr-countries.json
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import countries from 'i18n-iso-countries/index';

/** Languages of HR files: each country in all of them. Beside them each country has its names in its own languages. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt'] as const;

/** The countries of the United Kingdom, which people write for it. */
const PARTS_OF_GB = ['gbeng', 'gbsct', 'gbwls', 'gbnir'] as const;

type Names = Readonly<Record<string, string>>;
interface LocaleNames {
  readonly main: Readonly<Record<string, { readonly localeDisplayNames: { readonly territories: Names } }>>;
}
interface Subdivisions {
  readonly subdivisions: { readonly localeDisplayNames: { readonly subdivisions: Names } };
}
type Languages = Readonly<Record<string, { readonly _officialStatus?: string }>>;
interface Territories {
  readonly supplemental: {
    readonly territoryInfo: Readonly<Record<string, { readonly languagePopulation?: Languages }>>;
  };
}

const [folder = ''] = process.argv.slice(2);
const packageFile = (...steps: string[]): string => join(folder, 'node_modules', ...steps);
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const territoriesIn = (language: string): Names => {
  const path = packageFile('cldr-localenames-full', 'main', language, 'territories.json');
  if (!existsSync(path)) return {};
  return (readJson(path) as LocaleNames).main[language]?.localeDisplayNames.territories ?? {};
};

const partsIn = (language: string): readonly string[] => {
  const path = packageFile('cldr-subdivisions-full', 'subdivisions', language, `${language}.json`);
  const { subdivisions } = (readJson(path) as Subdivisions).subdivisions.localeDisplayNames;
  return PARTS_OF_GB.flatMap((part) => subdivisions[part] ?? []);
};

/** `DE` and its alternatives: `DE-alt-short`, `DE-alt-variant`. */
const namesOf = (code: string, names: Names): readonly string[] =>
  Object.entries(names).flatMap(([key, name]) => (key.split('-')[0] === code && !key.endsWith('chagos') ? [name] : []));

const { territoryInfo } = (readJson(packageFile('cldr-core', 'supplemental', 'territoryInfo.json')) as Territories)
  .supplemental;

const ownLanguages = (code: string): readonly string[] =>
  Object.entries(territoryInfo[code]?.languagePopulation ?? {})
    .filter(([, { _officialStatus }]) => /^(?:de_facto_)?official$/.test(_officialStatus ?? ''))
    .map(([language]) => language.replaceAll('_', '-'));

const { version } = readJson(packageFile('cldr-localenames-full', 'package.json')) as { readonly version: string };
const ofLanguages = LANGUAGES.map(territoriesIn);
const codes = Object.keys(countries.getAlpha2Codes()).sort();
const names = Object.fromEntries(
  codes.map((code) => [
    code,
    [
      ...new Set([
        ...ofLanguages.flatMap((language) => namesOf(code, language)),
        ...(code === 'GB' ? LANGUAGES.flatMap(partsIn) : []),
      ]),
    ],
  ]),
);
const own = Object.fromEntries(
  codes.map((code) => {
    const known = new Set(names[code]);
    const found = ownLanguages(code).flatMap((language) => namesOf(code, territoriesIn(language)));
    return [code, [...new Set(found)].filter((name) => !known.has(name))];
  }),
);
writeFileSync(
  join(__dirname, '../../../shared/mapping/cldr-countries.json'),
  JSON.stringify({
    source: `Unicode CLDR ${version}, copyright © 1991-2026 Unicode, Inc.; licence: cldr-countries.licence.txt`,
    names,
    own,
  }),
);
