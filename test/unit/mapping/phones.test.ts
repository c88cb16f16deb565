// Extensions of phone numbers: rejected, dropped or kept, and never part of the number.
import fc from 'fast-check';
import { readPhone } from '../../../shared/mapping/phone-value';
import { mapValue } from './one-row';

const leaf = (extension?: string) => ({
  column: 'Value',
  phone: { country: 'US', ...(extension === undefined ? {} : { extension }) },
});

test.each([
  ['(555) 010-0123 x45', '+15550100123', '45'],
  ['555-010-0124 ext. 46', '+15550100124', '46'],
  ['+1 555 010 0125;ext=47', '+15550100125', '47'],
  ['+1 206 555 0126 #12', '+12065550126', '12'],
  ['+44 20 7946 0958 extn 3', '+442079460958', '3'],
  ['+1 206 555 0126 ext 012', '+12065550126', '012'],
])('%s is dialled as %s with %s', async (written, number, extension) => {
  expect(await mapValue(leaf('keep'), written)).toBe(`${number}X${extension}`);
  expect(await mapValue(leaf('drop'), written)).toBe(number);
  expect(await mapValue(leaf(), written)).toEqual({ code: 'phone-extension' });
});

test.each([
  ['two extensions', '206.555.0128 x7 / x8'],
  ['two numbers', '206.555.0128 / 206.555.0129'],
  ['an extension alone', '4512'],
  ['an extension without digits', '+1 206 555 0126 x'],
  ['a number of two lines with an extension', '2065550126/57 x3'],
])('%s is no number, whatever becomes of extensions', async (_name, written) => {
  for (const extension of ['keep', 'drop'])
    expect(await mapValue(leaf(extension), written)).toEqual({ code: 'phone-unreadable' });
});

test('a number without extension is the same whatever becomes of extensions', async () => {
  for (const extension of ['keep', 'drop', undefined])
    expect(await mapValue(leaf(extension), '(206) 555-0126')).toBe('+12065550126');
});

test('an extension changes nothing in how its number is read', () => {
  const numbers = [
    '(206) 555-0126',
    '+49 431 123456',
    '431-555-1234',
    '0049 431 123456',
    '49431123456',
    '1234',
    '+44 20 7946 0958',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...numbers),
      fc.constantFrom('US', 'DE', 'GB'),
      fc.stringMatching(/^[0-9]{1,5}$/),
      fc.constantFrom(' x', ' ext. ', ';ext=', ' ext ', ' #'),
      (number, country, extension, mark) => {
        const alone = readPhone(number, country, null);
        const withIt = (what: 'drop' | 'keep') => readPhone(number + mark + extension, country, what);
        expect(withIt('drop')).toEqual(alone);
        expect(withIt('keep')).toEqual(alone.ok ? { ok: true, text: `${alone.text}X${extension}` } : alone);
      },
    ),
  );
});
