import fc from 'fast-check';
import { compileDate } from '../../../shared/mapping/date-value';

const table: readonly (readonly [format: string | string[], zone: string, text: string, expected: string])[] = [
  ['dd/MM/yyyy', 'UTC', '01/02/2024', '2024-02-01T00:00:00Z'],
  ['d/M/yyyy', 'UTC', '1/2/2024', '2024-02-01T00:00:00Z'],
  ['d/M/yyyy', 'UTC', '01/02/2024', '2024-02-01T00:00:00Z'],
  ['dd MMM yyyy', 'UTC', '09 Sep 2024', '2024-09-09T00:00:00Z'],
  ["yyyy-MM-dd'T'HH:mm:ss", 'Europe/Berlin', '2024-07-01T12:00:00', '2024-07-01T10:00:00Z'],
  ['yyyy-MM-dd HH:mm ZZ', 'Europe/Berlin', '2024-07-01 12:00 +05:00', '2024-07-01T07:00:00Z'],
  ['yyyyMMdd', 'UTC+2', '20240701', '2024-06-30T22:00:00Z'],
  ['dd/MM/yyyy', 'UTC', '31/12/9999', '9999-12-31T00:00:00Z'],
  ['dd/MM/yyyy', 'UTC', '29/02/2024', '2024-02-29T00:00:00Z'],
  ['dd/MM/yyyy', 'UTC', '29/02/2023', 'date-impossible'],
  ['dd/MM/yyyy', 'UTC', '2024-02-01', 'date-unreadable'],
  ['dd/MM/yyyy', 'UTC', '1/2/2024', 'date-unreadable'],
  ['dd/MM/yyyy', 'UTC', '01/02/2024 ', 'date-unreadable'],
  // The year 24 of a form with fewer digits means 2024 to its author.
  ['d/M/y', 'UTC', '1/2/24', 'date-impossible'],
  ['d.M.yy', 'UTC', '1.2.123', 'date-impossible'],
  ['yyMMdd', 'UTC', '1240115', 'date-impossible'],
  ['dd/MM/yyyy', 'UTC', '01/02/0024', 'date-impossible'],
  ['dd/MM/yyyy', 'UTC', '45123', 'date-excel-serial'],
  ['dd/MM/yyyy', 'UTC', '45123.5', 'date-excel-serial'],
  [['dd/MM/yyyy', 'MM/dd/yyyy'], 'UTC', '01/02/2024', 'date-ambiguous'],
  [['dd/MM/yyyy', 'MM/dd/yyyy'], 'UTC', '02/02/2024', '2024-02-02T00:00:00Z'],
  [['dd/MM/yyyy', 'MM/dd/yyyy'], 'UTC', '02/13/2024', '2024-02-13T00:00:00Z'],
  [['dd/MM/yyyy', 'MM/dd/yyyy'], 'UTC', '31/31/2024', 'date-impossible'],
  // The clock skips 02:30 on 31 March 2024 and repeats it on 27 October.
  ['yyyy-MM-dd HH:mm', 'Europe/Berlin', '2024-03-31 02:30', 'date-impossible'],
  ['yyyy-MM-dd HH:mm', 'Europe/Berlin', '2024-10-27 02:30', 'date-ambiguous'],
  ['yyyy-MM-dd HH:mm', 'Europe/Berlin', '2024-10-27 03:30', '2024-10-27T02:30:00Z'],
  // In Cairo 26 April 2024 began at 01:00.
  ['yyyy-MM-dd', 'Africa/Cairo', '2024-04-26', '2024-04-25T22:00:00Z'],
  // In Havana 3 November 2024 had two midnights, an hour apart.
  ['yyyy-MM-dd', 'America/Havana', '2024-11-03', '2024-11-03T04:00:00Z'],
];

test.each(table)('the form %j in %s reads %j as %s', (format, zone, text, expected) => {
  const reading = compileDate({ format, zone }, 'entra')(text);
  expect(reading.ok ? reading.text : reading.fault).toBe(expected);
});

test('every day written in the declared form is read as that day, for either target', () => {
  const entra = compileDate({ format: 'dd.MM.yyyy' }, 'entra');
  const directory = compileDate({ format: 'dd.MM.yyyy' }, 'active-directory');
  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(day, (date) => {
      const [iso] = date.toISOString().split('T') as [string];
      const text = iso.split('-').reverse().join('.');
      expect(entra(text)).toEqual({ ok: true, text: `${iso}T00:00:00Z` });
      expect(directory(text)).toEqual({ ok: true, text: `${iso.replaceAll('-', '')}000000.0Z` });
    }),
  );
});
