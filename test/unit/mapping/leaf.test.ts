import { mapRow, mapValue, settingsWith } from './one-row';

const csv: readonly (readonly [name: string, leaf: object | string, cell: string, expected: unknown])[] = [
  ['outer spaces are removed, no-break spaces too', 'Value', ' \u00a0Anna\t', 'Anna'],
  ['combining accents are composed', 'Value', 'Jose\u0301', 'Jos\u00e9'],
  ['a blank cell omits', 'Value', '   ', undefined],
  ['a formula is kept unchanged', 'Value', '=1+2', '=1+2'],
  ['a cell of spaces is blank even without trim', { column: 'Value', trim: false }, '  ', undefined],
  ['clear sends null', { column: 'Value', whenEmpty: 'clear' }, '', null],
  ['reject rejects', { column: 'Value', whenEmpty: 'reject' }, '', { code: 'value-missing' }],
  ['required rejects', { column: 'Value', required: true }, '', { code: 'value-missing' }],
  ['a default fills a blank cell only', { column: 'Value', default: 'x' }, 'y', 'y'],
  ['a default fills a blank cell', { column: 'Value', default: 'x' }, ' ', 'x'],
  ['a default is read as the column is', { column: 'Value', country: 'alpha-2', default: 'France' }, '', 'FR'],
  ['split takes from the front', { column: 'Value', split: { on: '-', take: 1 } }, 'a-b-c', 'b'],
  ['split takes from the end', { column: 'Value', split: { on: '-', take: -3 } }, 'a-b-c', 'a'],
  ['a part that is missing is blank', { column: 'Value', split: { on: '-', take: 3 }, default: 'z' }, 'a-b-c', 'z'],
  ['lower case comes before the table', { column: 'Value', case: 'lower', values: { a: 'A1' } }, ' A', 'A1'],
  ['the table is exact', { column: 'Value', values: { a: 'A1' } }, 'A', { code: 'value-not-in-table' }],
  ['the table compares composed texts', { column: 'Value', values: { 'e\u0301': 'x' } }, '\u00e9', 'x'],
  [
    'a name that every object has is not in the table',
    { column: 'Value', values: { a: 'b' } },
    'constructor',
    { code: 'value-not-in-table' },
  ],
  ['unknown keep', { column: 'Value', values: { a: 'A1' }, unknown: 'keep' }, 'b', 'b'],
  ['unknown omit', { column: 'Value', values: { a: 'A1' }, unknown: 'omit' }, 'b', undefined],
  [
    'required beats unknown omit',
    { column: 'Value', values: { a: 'x' }, unknown: 'omit', required: true },
    'b',
    { code: 'value-not-in-table' },
  ],
  [
    'an empty entry of the table is a blank value',
    { column: 'Value', values: { none: '' }, whenEmpty: 'clear' },
    'none',
    null,
  ],
  ['a national number', { column: 'Value', phone: { country: 'DE' } }, '0431 / 123-456', '+49431123456'],
  ['a foreign number', { column: 'Value', phone: { country: 'DE' } }, '+44 20 7946 0000', '+442079460000'],
  [
    'a number with extension',
    { column: 'Value', phone: { country: 'DE' } },
    '0431 123456 ext. 7',
    { code: 'phone-extension' },
  ],
  ...['49431123456', '442079460000', '431123456.0', '0431 123456/57', '4.9431E+11'].map(
    (text) =>
      [
        `${text}, which Excel made of a number or which can be read in two ways`,
        { column: 'Value', phone: { country: 'DE' } },
        text,
        { code: 'phone-unreadable' },
      ] as const,
  ),
  ['a number with 00', { column: 'Value', phone: { country: 'DE' } }, '0049 (431) 123456', '+49431123456'],
  ['a number without trunk prefix', { column: 'Value', phone: { country: 'US' } }, '431-555-1234', '+14315551234'],
  ['a number that reads alike with +', { column: 'Value', phone: { country: 'US' } }, '12125550100', '+12125550100'],
  ['a Spanish number', { column: 'Value', phone: { country: 'ES' } }, '912 345 678', '+34912345678'],
  ['no number', { column: 'Value', phone: { country: 'DE' } }, 'n/a', { code: 'phone-unreadable' }],
  ['too short a number', { column: 'Value', phone: { country: 'DE' } }, '1', { code: 'phone-unreadable' }],
  ['a country by code', { column: 'Value', country: 'alpha-2' }, 'de', 'DE'],
  ['a country by three letters', { column: 'Value', country: 'alpha-2' }, 'DEU', 'DE'],
  [
    'a country by a number that may mean another',
    { column: 'Value', country: 'alpha-2' },
    '36',
    { code: 'country-unknown' },
  ],
  ['a country by number', { column: 'Value', country: 'alpha-2' }, '276', 'DE'],
  ['a country by a French name', { column: 'Value', country: 'alpha-3' }, 'Allemagne', 'DEU'],
  ['a country without its accents', { column: 'Value', country: 'alpha-2' }, 'Espana', 'ES'],
  ['a country by a name of two letters', { column: 'Value', country: 'alpha-2' }, 'UK', 'GB'],
  ['a name of two countries', { column: 'Value', country: 'alpha-2' }, 'Congo', { code: 'country-ambiguous' }],
  ['no country', { column: 'Value', country: 'alpha-2' }, 'Atlantis', { code: 'country-unknown' }],
  ['an unassigned code', { column: 'Value', country: 'alpha-2' }, 'XX', { code: 'country-unknown' }],
];

test.each(csv)('in CSV, %s', async (_name, leaf, cell, expected) => {
  expect(await mapValue(leaf, cell)).toEqual(expected);
});

const json: readonly (readonly [name: string, leaf: object | string, value: unknown, expected: unknown])[] = [
  ['a number is the text of its digits', 'Value', 12, '12'],
  ['a boolean is the text true or false', 'Value', true, 'true'],
  ['null is blank', { column: 'Value', default: 'x' }, null, 'x'],
  ['a path reaches inside', 'Value.a.b', { a: { b: 'c' } }, 'c'],
  ['a member named like a path wins at the root', 'Value', 'direct', 'direct'],
  ['a path counts items', 'Value.1', ['a', 'b'], 'b'],
  ['a path that leads nowhere is blank', 'Value.x.y', { a: 1 }, undefined],
  ['what every object inherits is not a member', 'Value.constructor', {}, undefined],
  ['the length of a list is not a member', 'Value.length', ['a'], undefined],
  ['a list is not a value', 'Value', ['a'], { code: 'value-not-single' }],
  ['an object is not a value', 'Value', { a: 1 }, { code: 'value-not-single' }],
  ['a number that lost digits is rejected', 'Value', 12345678901234567890, { code: 'number-imprecise' }],
];

test.each(json)('in JSON, %s', async (_name, leaf, value, expected) => {
  expect(await mapValue(leaf, value, 'json')).toEqual(expected);
});

const custom = 'urn:ietf:params:scim:schemas:extension:contoso:1.0:User';
const typed: readonly (readonly [leaf: object, cell: string, expected: unknown])[] = [
  [{ type: 'integer' }, '007', 7],
  [{ type: 'integer' }, '-3', -3],
  [{ type: 'integer' }, '1.5', 'value-not-integer'],
  [{ type: 'integer' }, '1e3', 'value-not-integer'],
  [{ type: 'integer' }, '99999999999999999', 'value-not-integer'],
  [{ type: 'boolean' }, 'TRUE', true],
  [{ type: 'boolean' }, 'false', false],
  [{ type: 'boolean' }, 'yes', 'value-not-boolean'],
  [{ type: 'boolean', values: { yes: true } }, 'yes', true],
  [{ type: 'dateTime' }, '2026-10-01T08:30:00+02:00', '2026-10-01T06:30:00Z'],
  [{ type: 'dateTime' }, '2026-10-01T08:30:00', 'date-unreadable'],
  [{ type: 'dateTime' }, '2026-02-30T08:30:00Z', 'date-impossible'],
  [{ type: 'dateTime' }, '45123', 'date-excel-serial'],
];

test.each(typed)('a custom attribute %j reads %j as %j', async (leaf, cell, expected) => {
  const settings = settingsWith({ mapping: { [custom]: { x: { column: 'Value', ...leaf } } } });
  const mapped = await mapRow(settings, { Id: '1', Status: 'Active', Value: cell });
  const got = mapped.kind === 'user' ? (mapped.user[custom] as { x: unknown }).x : mapped.rejection.code;
  expect(got).toEqual(expected);
});
