// The length of a text is judged before its form: what reads dates and phone numbers may take a power of the length.
import { compileCountry } from '../../../shared/mapping/country-value';
import { compileDate, readStandardDateTime } from '../../../shared/mapping/date-value';
import { readPhone } from '../../../shared/mapping/phone-value';
import {
  maxBooleanChars,
  maxCountryChars,
  maxDateChars,
  maxIntegerChars,
  maxPhoneChars,
  maxStandardDateChars,
} from '../../../shared/mapping/typed-lengths';
import { maxCellChars } from '../../../shared/export/export-limits';
import { faultOfDateFormat } from '../../../shared/source/date-format';
import { mapRow, settingsWith } from './one-row';

const extension = 'urn:ietf:params:scim:schemas:extension:contoso:2.0:User';
const day = compileDate({ format: "dd/MM/yyyy'-'z" }, 'entra');
const phone = { country: 'DE' };

test.each([
  ['dateTime', { type: 'dateTime' }, 'T', 'date-unreadable'],
  ['date', { date: { format: 'dd/MM/yyyy z' } }, '1/', 'date-unreadable'],
  ['phone', { phone }, '1', 'phone-unreadable'],
  ['country', { country: 'alpha-2' }, 'é', 'country-unknown'],
  ['integer', { type: 'integer' }, '1', 'value-not-integer'],
  ['boolean', { type: 'boolean' }, 'true', 'value-not-boolean'],
])(
  '200 of the longest cells in a column of type %s are rejected, and do not stop the process',
  async (_, leaf, unit, code) => {
    const settings = settingsWith({ mapping: { [extension]: { value: { column: 'Value', ...leaf } } } });
    for (let row = 0; row < 200; row++) {
      // Different texts, so that nothing is remembered.
      const Value = unit.repeat(maxCellChars).slice(0, maxCellChars - row);
      const mapped = await mapRow(settings, { Id: '1', Status: 'Active', Value });
      expect(mapped).toMatchObject({ kind: 'rejected', rejection: { code } });
    }
  },
);

test('a text of the greatest length is read, and one that is longer is not', async () => {
  const zone = (chars: number): string => `01/02/2026-${'A'.repeat(chars - 11)}`;
  expect(day(zone(maxDateChars + 1))).toEqual({ ok: false, fault: 'date-unreadable' });
  const instant = (digits: number): string => `2026-10-01T00:00:00.${'0'.repeat(digits)}+02:00`;
  expect(readStandardDateTime(instant(maxStandardDateChars - 26), 'entra')).toMatchObject({ ok: true });
  expect(readStandardDateTime(instant(maxStandardDateChars - 25), 'entra')).toMatchObject({ ok: false });
  const spaced = (chars: number): string => '+49 431 000000'.padEnd(chars);
  expect(readPhone(spaced(maxPhoneChars), 'DE', null)).toEqual({ ok: true, text: '+49431000000' });
  expect(readPhone(spaced(maxPhoneChars + 1), 'DE', null)).toEqual({ ok: false, fault: 'phone-unreadable' });
  const accents = (chars: number): string => `France${'\u0301'.repeat(chars - 6)}`;
  expect(compileCountry('alpha-2')(accents(maxCountryChars))).toEqual({ ok: true, code: 'FR' });
  expect(compileCountry('alpha-2')(accents(maxCountryChars + 1))).toEqual({ ok: false, readings: [] });
  const number = async (chars: number): Promise<unknown> =>
    mapRow(settingsWith({ mapping: { [extension]: { value: { column: 'Value', type: 'integer' } } } }), {
      ...{ Id: '1', Status: 'Active' },
      Value: '7'.padStart(chars, '0'),
    });
  expect(await number(maxIntegerChars)).toMatchObject({ user: { [extension]: { value: 7 } } });
  expect(await number(maxIntegerChars + 1)).toMatchObject({ rejection: { code: 'value-not-integer' } });
  expect('false').toHaveLength(maxBooleanChars);
});

test('a part of a date that is said twice is refused: its texts can be split in very many ways', () => {
  expect(faultOfDateFormat('yyyy-MM-dd z/z/z/z/z/z/z')).toEqual({ mistake: 'twice', letters: 'z' });
  expect(faultOfDateFormat('d MMMM yyyy (MM)')).toEqual({ mistake: 'twice', letters: 'MM' });
  expect(faultOfDateFormat('EEE, dd MMM yyyy HH:mm:ss z')).toBeNull();
});
