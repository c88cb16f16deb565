// Values in a table entity: lists as JSON, cut to what fits a property.
import { RestError } from '@azure/data-tables';
import * as fc from 'fast-check';
import {
  fromJsonProperties,
  fromTime,
  tableCall,
  toJsonProperties,
  toTime,
} from '../../../shared/storage/azure-entity';

/** What the service allows (data model of Table storage, and measured). */
const MOST = 32_768;

describe('JSON over several properties', () => {
  test.each([0, 1, MOST - 2, MOST - 1, MOST, 2 * MOST, 100_000])('a text of %i characters is read back', (length) => {
    const value = ['x'.repeat(length)];
    const properties = toJsonProperties('rows', value);
    expect(fromJsonProperties(properties, 'rows')).toEqual(value);
    for (const part of Object.values(properties)) expect(part.length).toBeLessThanOrEqual(MOST);
  });
  test('what fits one property is in one, under the plain name', () => {
    expect(Object.keys(toJsonProperties('rows', [1, 2]))).toEqual(['rows']);
    expect(Object.keys(toJsonProperties('rows', 'x'.repeat(MOST)))).toEqual(['rows', 'rows1']);
  });
  test('no character is cut in two: not every service keeps half of one', () => {
    for (const shift of [0, 1, 2]) {
      const value = `${'x'.repeat(shift)}${'🙂'.repeat(40_000)}`;
      const properties = toJsonProperties('rows', value);
      expect(fromJsonProperties(properties, 'rows') === value).toBe(true);
      for (const part of Object.values(properties)) {
        expect(part.length).toBeLessThanOrEqual(MOST);
        expect(Buffer.from(part, 'utf8').toString('utf8') === part).toBe(true);
      }
    }
  });
  test('any JSON is read back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        expect(fromJsonProperties(toJsonProperties('v', value), 'v')).toEqual(JSON.parse(JSON.stringify(value))),
      ),
    );
  });
  test('an entity without it gives null', () => {
    expect(fromJsonProperties({}, 'rows')).toBeNull();
  });
});

describe('times', () => {
  test('are read back to the millisecond, and sort as text in the order of time', () => {
    fc.assert(
      fc.property(fc.nat(4e12), fc.nat(4e12), (a, b) => {
        expect(fromTime(toTime(a))).toBe(a);
        expect(toTime(a) < toTime(b)).toBe(a < b);
      }),
    );
  });
  test('what is not a time is 0', () => {
    expect(fromTime(undefined)).toBe(0);
    expect(fromTime(5)).toBe(0);
  });
});

describe('a storage call', () => {
  const fails = (statusCode?: number) => () =>
    Promise.reject(new RestError('no', statusCode === undefined ? {} : { statusCode }));
  test('returns the answer for an expected status', async () => {
    expect(await tableCall(fails(412), [412], false)).toBe(false);
    expect(await tableCall(() => Promise.resolve(7), [412], false)).toBe(7);
  });
  test.each([[500], [undefined]])('is a fault with a retry for any other: %s', async (status) => {
    await expect(tableCall(fails(status), [412], false)).rejects.toMatchObject({
      code: 'storage-table',
      disposition: 'retry',
    });
  });
});
