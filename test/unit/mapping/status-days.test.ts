// First and last days: the very midnight of the declared zone, clocks that jump, leap days, and what a row says of the days to come.
import fc from 'fast-check';
import type { StatusSwitch } from '../../../shared/columns/status-switches';
import type { AsOf } from '../../../shared/mapping/as-of';
import { rounds } from '../../rounds';
import { mapRow, settingsWith, type JudgedRow } from './one-row';

const DAY_MS = 86_400_000;
const date = (zone = 'UTC', format: string | readonly string[] = 'yyyy-MM-dd') => ({ format, zone });
const until = (zone?: string, more: object = {}) => ({ column: 'Last', date: date(zone), blank: 'active', ...more });
const from = (before: string, zone?: string, more: object = {}) => ({
  column: 'First',
  date: date(zone),
  before,
  ...more,
});

const mapped = (active: object, cells: object, asOf?: AsOf): Promise<JudgedRow> =>
  mapRow(settingsWith({ active }), { Id: '1', Email: 'a@contoso.example', ...cells }, asOf);

/** In words: the status, the later switches as ISO times, the day from which a row goes that waits; or the code and column of the rejection. */
const words = (row: JudgedRow): string => {
  if (row.kind === 'rejected') return `${row.rejection.code} ${row.rejection.at.column}`;
  const later = (row.switches ?? []).map(
    (one) => ` ${one.active ? '+' : '-'}${new Date(one.at).toISOString().slice(0, 16)}`,
  );
  const status = row.goesOn === undefined ? (row.active ? 'active' : 'inactive') : `waits until ${row.goesOn}`;
  return `${status}${later.join('')}`;
};
const told = async (active: object, cells: object, at: string): Promise<string> =>
  words(await mapped(active, cells, { at: Date.parse(at) }));

describe('the last day', () => {
  test.each([
    ['Europe/Berlin', '2026-11-27', '2026-11-27T22:59:59.999Z', 'active -2026-11-27T23:00'],
    ['Europe/Berlin', '2026-11-27', '2026-11-27T23:00:00Z', 'inactive'],
    ['UTC', '2026-11-27', '2026-11-27T23:59:59.999Z', 'active -2026-11-28T00:00'],
    ['UTC', '2026-11-27', '2026-11-28T00:00:00Z', 'inactive'],
    ['Pacific/Kiritimati', '2026-11-27', '2026-11-27T10:00:00Z', 'inactive'],
    ['UTC-12', '2026-11-27', '2026-11-28T11:59:59Z', 'active -2026-11-28T12:00'],
    // The night in which the clock goes back has 25 hours, the one in which it goes forward 23.
    ['Europe/Berlin', '2026-10-25', '2026-10-25T22:59:59Z', 'active -2026-10-25T23:00'],
    ['Europe/Berlin', '2026-03-28', '2026-03-28T22:59:59Z', 'active -2026-03-28T23:00'],
    // In Cairo 26 April 2024 began at 01:00; in Havana 3 November 2024 had two midnights.
    ['Africa/Cairo', '2024-04-25', '2024-04-25T21:59:59Z', 'active -2024-04-25T22:00'],
    ['Africa/Cairo', '2024-04-25', '2024-04-25T22:00:00Z', 'inactive'],
    ['America/Havana', '2024-11-02', '2024-11-03T03:59:59Z', 'active -2024-11-03T04:00'],
    ['America/Havana', '2024-11-02', '2024-11-03T04:00:00Z', 'inactive'],
    // Samoa had no 30 December 2011.
    ['Pacific/Apia', '2011-12-29', '2011-12-30T09:59:59Z', 'active -2011-12-30T10:00'],
    ['UTC', '2028-02-28', '2028-02-28T12:00:00Z', 'active -2028-02-29T00:00'],
    ['UTC', '2028-02-29', '2028-02-29T23:59:59Z', 'active -2028-03-01T00:00'],
    ['UTC', '2026-12-31', '2026-12-31T12:00:00Z', 'active -2027-01-01T00:00'],
    ['Europe/Berlin', '9999-12-31', '2026-11-28T12:00:00Z', 'active'],
  ])('in %s, %s, at %s: %s', async (zone, last, at, expected) => {
    expect(await told({ until: until(zone) }, { Last: last }, at)).toBe(expected);
  });

  test.each([
    ['', 'active'],
    [' ', 'active'],
    ['soon', 'date-unreadable Last'],
    ['2027-02-29', 'date-impossible Last'],
    ['46000', 'date-excel-serial Last'],
    ['0024-12-31', 'date-impossible Last'],
  ])('a cell that says %j: %s', async (last, expected) => {
    expect(await told({ until: until() }, { Last: last }, '2026-11-28T12:00:00Z')).toBe(expected);
  });

  test('a blank cell rejects the row where the settings do not say what it means, and may mean inactive', async () => {
    const at = '2026-11-28T12:00:00Z';
    expect(await told({ until: until('UTC', { blank: undefined }) }, { Last: '' }, at)).toBe('status-missing Last');
    expect(await told({ until: until('UTC', { blank: 'inactive' }) }, { Last: '' }, at)).toBe('inactive');
  });

  test('a text with a time means the day of that time in the zone', async () => {
    const timed = {
      until: { column: 'Last', date: date('Europe/Berlin', "yyyy-MM-dd'T'HH:mm:ssZZ"), blank: 'active' },
    };
    const at = '2026-11-28T12:00:00Z';
    expect(await told(timed, { Last: '2026-11-28T23:30:00+00:00' }, at)).toBe('active -2026-11-29T23:00');
    expect(await told(timed, { Last: '2026-11-28T00:30:00+02:00' }, at)).toBe('inactive');
  });

  test('two forms of one date that mean two days reject the row', async () => {
    const either = { until: { column: 'Last', date: date('UTC', ['dd/MM/yyyy', 'MM/dd/yyyy']), blank: 'active' } };
    expect(await told(either, { Last: '01/02/2027' }, '2026-11-28T12:00:00Z')).toBe('date-ambiguous Last');
  });

  test('beside a status column: both must say active, and whatever says inactive wins', async () => {
    const active = { column: 'Status', active: ['Active'], inactive: ['Left'], until: until() };
    const at = '2026-11-28T12:00:00Z';
    const say = (Status: string, Last: string) => told(active, { Status, Last }, at);
    expect(await say('Active', '2027-01-31')).toBe('active -2027-02-01T00:00');
    expect(await say('Active', '2026-11-27')).toBe('inactive');
    // The day that comes changes nothing for somebody who has left by HR's word.
    expect(await say('Left', '2027-01-31')).toBe('inactive');
    expect(await say('Left', 'soon')).toBe('inactive');
    expect(await say('?', '2026-11-27')).toBe('inactive');
    expect(await say('?', '2027-01-31')).toBe('status-unknown Status');
    expect(await say('Active', 'soon')).toBe('date-unreadable Last');
    expect(await say('?', 'soon')).toBe('status-unknown Status');
  });
});

describe('the first day', () => {
  const at = '2026-11-28T12:00:00Z';
  test.each([
    ['inactive', {}, '2026-11-28', 'active'],
    ['inactive', {}, '2026-11-29', 'inactive +2026-11-29T00:00'],
    ['active', {}, '2027-05-01', 'active'],
    ['active', {}, 'soon', 'date-unreadable First'],
    ['not-yet', {}, '2026-11-28', 'active'],
    ['not-yet', {}, '2026-11-29', 'waits until 2026-11-29 +2026-11-29T00:00'],
    ['not-yet', { daysBefore: 7 }, '2026-12-05', 'active'],
    ['not-yet', { daysBefore: 7 }, '2026-12-06', 'waits until 2026-11-29 +2026-11-29T00:00'],
    ['not-yet', { daysBefore: 366 }, '2028-02-29', 'waits until 2027-02-28 +2027-02-28T00:00'],
    ['not-yet', {}, '', 'status-missing First'],
    ['not-yet', { blank: 'active' }, '', 'active'],
    ['inactive', { blank: 'inactive' }, '', 'inactive'],
  ])('before it %s %j, in a cell that says %j: %s', async (before, more, first, expected) => {
    expect(await told({ from: from(before, 'UTC', more) }, { First: first }, at)).toBe(expected);
  });

  test('a person who waits and has a status: an inactive word wins, an unknown one rejects', async () => {
    const active = { column: 'Status', active: ['Active'], inactive: ['Left'], from: from('not-yet') };
    const say = (Status: string) => told(active, { Status, First: '2027-01-01' }, at);
    expect(await say('Active')).toBe('waits until 2027-01-01 +2027-01-01T00:00');
    expect(await say('Left')).toBe('inactive');
    expect(await say('?')).toBe('status-unknown Status');
  });

  test('the record of a person who waits is the one that is sent when the day has come', async () => {
    const active = { from: from('not-yet') };
    const waiting = await mapped(active, { First: '2027-01-01' }, { date: '2026-12-31' });
    const going = await mapped(active, { First: '2027-01-01' }, { date: '2027-01-01' });
    expect(waiting.kind === 'user' && waiting.goesOn).toBe('2027-01-01');
    expect(going).not.toHaveProperty('goesOn');
    expect(waiting.kind === 'user' && waiting.user).toEqual(going.kind === 'user' && going.user);
  });
});

describe('both days', () => {
  const span = (before: string) => ({ from: from(before, 'Europe/Berlin'), until: until('America/New_York') });
  test.each([
    ['2026-12-01', '2026-12-31', 'inactive +2026-11-30T23:00 -2027-01-01T05:00'],
    ['2026-11-28', '2026-11-28', 'active -2026-11-29T05:00'],
    ['2026-11-28', '2026-11-27', 'status-days-crossed Last'],
    ['2026-12-01', '2024-12-31', 'status-days-crossed Last'],
    ['2020-01-01', '2019-12-31', 'status-days-crossed Last'],
    ['2026-12-01', '', 'inactive +2026-11-30T23:00'],
    ['2026-12-01', 'soon', 'date-unreadable Last'],
    ['soon', '2024-12-31', 'date-unreadable First'],
    ['soon', 'soon', 'date-unreadable First'],
  ])('first %j, last %j: %s', async (First, Last, expected) => {
    expect(await told(span('inactive'), { First, Last }, '2026-11-28T12:00:00Z')).toBe(expected);
  });
});

test('as of a date, it is that day in every zone', async () => {
  for (const zone of ['UTC-12', 'UTC', 'Europe/Berlin', 'UTC+14', 'Africa/Cairo', 'America/Havana']) {
    const say = async (day: string) =>
      words(await mapped({ until: until(zone) }, { Last: '2024-11-03' }, { date: day }));
    expect([zone, (await say('2024-11-03')).slice(0, 6), await say('2024-11-04')]).toEqual([
      zone,
      'active',
      'inactive',
    ]);
  }
});

test('settings without days carry nothing of them', async () => {
  const plain = await mapped({ column: 'Status', active: ['A'], inactive: [] }, { Status: 'A' });
  expect(plain).not.toHaveProperty('switches');
  expect(plain).not.toHaveProperty('goesOn');
});

describe('for any days, zones and moments', () => {
  const zone = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Pacific/Kiritimati',
    'Africa/Cairo',
    'UTC-11',
  );
  const around = Date.UTC(2024, 3, 26);
  const moment = fc.integer({ min: -200 * 96, max: 200 * 96 }).map((quarters) => around + (quarters * DAY_MS) / 96);
  const day = fc
    .integer({ min: -60, max: 60 })
    .map((days) => new Date(around + days * DAY_MS).toISOString().slice(0, 10));
  const cell = fc.oneof({ weight: 4, arbitrary: day }, { weight: 1, arbitrary: fc.constant('') });
  const dateIn = (instant: number, name: string): string =>
    new Intl.DateTimeFormat('en-CA', {
      timeZone: name.startsWith('UTC-') ? `Etc/GMT+${name.slice(4)}` : name,
      ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    }).format(instant);

  test('somebody is active from the first through the last day of their calendar, by the calendar of the platform', async () => {
    await fc.assert(
      fc.asyncProperty(zone, zone, cell, cell, moment, async (zoneOfFirst, zoneOfLast, First, Last, at) => {
        const active = { from: from('inactive', zoneOfFirst, { blank: 'active' }), until: until(zoneOfLast) };
        const row = await mapped(active, { First, Last }, { at });
        if (row.kind === 'rejected') {
          expect(row.rejection.code).toBe('status-days-crossed');
          // In two zones a day may begin before another one of the same date has ended.
          expect(Date.parse(Last)).toBeLessThan(Date.parse(First) + DAY_MS);
          return;
        }
        const hasBegun = First === '' || First <= dateIn(at, zoneOfFirst);
        const hasEnded = Last !== '' && Last < dateIn(at, zoneOfLast);
        expect(row.active).toBe(hasBegun && !hasEnded);
      }),
      { numRuns: rounds(300) },
    );
  });

  test('what a row says of the days to come is what it says when they have come', async () => {
    const rule = fc.constantFrom('inactive', 'active', 'not-yet');
    await fc.assert(
      fc.asyncProperty(zone, rule, cell, cell, moment, moment, async (name, before, First, Last, one, other) => {
        const blank = before === 'active' ? undefined : 'active';
        const active = { from: from(before, name, { blank }), until: until(name) };
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        const [now, then] = [
          await mapped(active, { First, Last }, { at: early }),
          await mapped(active, { First, Last }, { at: late }),
        ];
        expect(then.kind).toBe(now.kind);
        if (now.kind === 'rejected' || then.kind === 'rejected') return;
        const switches: readonly StatusSwitch[] = now.switches ?? [];
        expect(switches.map(({ at }) => at)).toEqual([...switches].map(({ at }) => at).sort((a, b) => a - b));
        expect(switches.every(({ at }) => at > early)).toBe(true);
        const passed = switches.filter(({ at }) => at <= late).at(-1);
        const stillWaits = now.goesOn !== undefined && passed === undefined;
        expect([then.active, then.goesOn !== undefined]).toEqual([passed?.active ?? now.active, stillWaits]);
      }),
      { numRuns: rounds(300) },
    );
  });
});
