// Names of countries: what one certain reading has is a country, and what has two is none.
import countries from 'i18n-iso-countries/index';
import cldr from '../../../shared/mapping/cldr-countries.json';
import { countriesNamed, countryLanguages } from '../../../shared/mapping/country-names';
import { compileCountry } from '../../../shared/mapping/country-value';

const read = compileCountry('alpha-2');
const every = (
  names: Readonly<Record<string, readonly string[]>>,
): readonly (readonly [code: string, name: string])[] =>
  Object.entries(names).flatMap(([code, ofCountry]) => ofCountry.map((name) => [code, name] as const));
const codeLike = /^(?:[A-Za-z]{2,3}|\d{3})$/;

describe('the names of lists', () => {
  const lists = countryLanguages.map((language) => countries.getNames(language, { select: 'all' }));
  // i18n-iso-countries 7.14.0 gives this name to the other Congo.
  const isMistake = (code: string, name: string): boolean => code === 'CG' && name === 'República Democrática do Congo';
  const all = [...lists.flatMap(every), ...every(cldr.names)].filter(
    ([code, name]) => !codeLike.test(name) && !isMistake(code, name),
  );

  test('are read as their country, or not at all', () => {
    for (const [code, name] of all) {
      const reading = read(name);
      expect([name, reading.ok ? reading.code : countriesNamed(name)]).toEqual([
        name,
        reading.ok ? code : expect.arrayContaining([code]),
      ]);
    }
  });

  test('are hardly ever those of two', () => {
    const ambiguous = new Set(all.filter(([, name]) => !read(name).ok).map(([, name]) => name.toLowerCase()));
    expect([...ambiguous].toSorted()).toEqual(['congo', 'kongo', 'são martinho']);
  });

  test('are the same in capitals, without accents, and beside their code', () => {
    for (const [code, name] of all.filter(([, one]) => read(one).ok)) {
      const bare = name.normalize('NFD').replace(/\p{M}/gu, '');
      for (const written of [name.toUpperCase(), bare, `${code} - ${name}`, `${name} (${code})`, ` ${name}`.trim()])
        expect([written, read(written)]).toEqual([written, { ok: true, code }]);
    }
  });

  test('of a country in its own languages mean that country', () => {
    for (const [code, name] of every(cldr.own)) expect([name, countriesNamed(name)]).toEqual([name, [code]]);
    for (const [name, code] of [
      ['Sverige', 'SE'],
      ['Suomi', 'FI'],
      ['日本', 'JP'],
      ['Ελλάδα', 'GR'],
      ['Magyarország', 'HU'],
      ['Україна', 'UA'],
    ] as const)
      expect(read(name)).toEqual({ ok: true, code });
  });
});

test.each([
  ['U.K.', 'GB'],
  ['u. s. a.', 'US'],
  ['England', 'GB'],
  ['Korea', 'KR'],
  ['Viet Nam', 'VN'],
  ['Côte d‘Ivoire', 'CI'],
  ['DEU Germany', 'DE'],
  ['Schweiz / CH', 'CH'],
  ['DE-DE', 'DE'],
  ['RU', 'RU'],
])('%s is %s', (written, code) => expect(read(written)).toEqual({ ok: true, code }));

test.each([
  ['Congo', ['CG', 'CD']],
  ['Georgia (US)', ['US', 'GE']],
  ['DE-AT', ['DE', 'AT']],
  ['Virgin Islands', ['VG', 'VI']],
])('%s may be each of %j', (written, codes) => {
  const reading = read(written);
  expect(reading.ok ? [] : reading.readings.map((one) => /\((\w\w)\)$/.exec(one)?.[1])).toEqual(codes);
});

test.each([
  'D',
  'A',
  'XX',
  'N/A',
  'America',
  'CA - California',
  'New England',
  'Germany GmbH',
  'DE -',
  '(DE)',
  'UN',
  'Wales and England',
])('%s is no country', (written) => expect(read(written)).toEqual({ ok: false, readings: [] }));

test('the code that is asked for has two or three letters', () => {
  expect(compileCountry('alpha-3')('DE - Germany')).toEqual({ ok: true, code: 'DEU' });
  expect(compileCountry('alpha-3')('Kosovo')).toEqual({ ok: true, code: countries.alpha2ToAlpha3('XK') });
});
