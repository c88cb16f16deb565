import fc from 'fast-check';
import { DateTime } from 'luxon';
import { DateForms, type DateGuess } from '../../../cli/init/guess-date-format';

const guess = (...values: readonly string[]): DateGuess => {
  const forms = new DateForms();
  for (const value of values) forms.add(value);
  return forms.guess();
};

test.each([
  ['dd.MM.yyyy', ['01.02.2024', '24.12.2023']],
  ['d.M.yyyy', ['1.2.2024', '24.12.2023']],
  ['MM/dd/yyyy', ['01/02/2024', '12/24/2023']],
  ['yyyy-MM-dd', ['2024-02-01', '', '2023-12-24']],
  ['yyyyMMdd', ['20240201']],
  ['yyyy-MM-dd HH:mm:ss.u', ['2020-02-01 00:00:00.000', '2019-07-15 00:00:00.0000000']],
  ["yyyy-MM-dd'T'HH:mm:ss", ['2020-01-01T00:00:00']],
  ["yyyy-MM-dd'T'HH:mm:ss.u'Z'", ['2020-01-01T00:00:00.000Z']],
  ['yyyy-MM-ddZZ', ['2020-02-01-08:00', '2020-07-01-07:00']],
  ["yyyy-MM-dd'T'HH:mm:ss.uZZ", ['2020-02-01T00:00:00.000-08:00']],
  ['dd-MMM-yy', ['01-FEB-20', '24-Dec-19']],
  ['M/d/yy', ['2/1/24', '12/24/23']],
])('%s is recognised by its values', (format, values) => {
  expect(guess(...values)).toEqual({ kind: 'format', format });
});

test('an ambiguous date is left to people', () => {
  expect(guess('01/02/2024')).toEqual({ kind: 'ambiguous', formats: ['dd/MM/yyyy', 'MM/dd/yyyy'] });
});

test('neither words nor blanks are dates', () => {
  expect(guess('soon')).toEqual({ kind: 'unknown', value: 'soon', format: null });
  expect(guess('', ' ')).toEqual({ kind: 'empty' });
});

test('the value that does not fit is named, and the form of the others', () => {
  expect(guess('31/10/2026', '30/09/2026', 'unknown', '31/10/2026')).toEqual({
    kind: 'unknown',
    value: 'unknown',
    format: 'dd/MM/yyyy',
  });
  expect(guess('Q1', '31/10/2026')).toMatchObject({ value: 'Q1', format: null });
});

test('dates of OData are counted in milliseconds', () => {
  expect(guess('/Date(1577836800000)/', '/Date(-315619200000)/', '/Date(1420070400000+0000)/')).toEqual({
    kind: 'odata',
  });
  expect(guess('/Date(1577836800000)/', '2020-01-01')).toMatchObject({ kind: 'unknown' });
});

test('one slip in a hundred does not hide the form, and never chooses it', () => {
  const days = Array.from({ length: 99 }, (_, i) => `${String((i % 28) + 1).padStart(2, '0')}/03/2024`);
  expect(guess(...days, '31/02/2024')).toEqual({ kind: 'format', format: 'dd/MM/yyyy' });
  const firsts = Array.from({ length: 99 }, () => '01/03/2024');
  expect(guess(...firsts, '24/03/2024')).toMatchObject({ kind: 'ambiguous' });
});

test('a form that would read a date as another day is never guessed', () => {
  const written = fc.record({
    format: fc.constantFrom('dd/MM/yyyy', 'MM/dd/yyyy', 'dd.MM.yyyy', 'yyyy-MM-dd', 'M/d/yyyy', 'd-M-yyyy'),
    days: fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 20 }),
  });
  fc.assert(
    fc.property(written, ({ format, days }) => {
      const dates = days.map((day) => DateTime.fromMillis(day * 86_400_000, { zone: 'utc' }));
      const values = dates.map((date) => date.toFormat(format));
      const told = guess(...values);
      expect(['format', 'ambiguous']).toContain(told.kind);
      if (told.kind !== 'format') return;
      const read = values.map((value) => DateTime.fromFormat(value, told.format, { zone: 'utc' }).toISODate());
      expect(read).toEqual(dates.map((date) => date.toISODate()));
    }),
    { numRuns: 50 },
  );
});
