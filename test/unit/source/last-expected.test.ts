// By when a file was expected last: in the zone of the settings, on its days, across changes of the clock.
import { expectBySchema } from '../../../shared/source/expect-settings';
import { lastExpected } from '../../../shared/source/last-expected';
import { parseSourceSettings } from '../../../shared/source/source-settings';
import { settingsOf, SOURCE } from '../pipeline/contoso';

const at = (text: string): number => Date.parse(text);
const iso = (ms: number): string => new Date(ms).toISOString();
const ALL = expectBySchema.properties.days.default as ('mon' | 'tue')[];
const by = (now: string, time: string, zone = 'UTC', days: readonly string[] = ALL): string =>
  iso(lastExpected({ time, zone, days: days as typeof ALL }, at(now)).by);

test.each([
  ['today, once the time has come', by('2026-11-27T06:00:00Z', '06:00'), '2026-11-27T06:00:00.000Z'],
  ['yesterday, before that', by('2026-11-27T05:59:59Z', '06:00'), '2026-11-26T06:00:00.000Z'],
  ['in the zone of the settings', by('2026-11-27T05:30:00Z', '06:00', 'Europe/Berlin'), '2026-11-27T05:00:00.000Z'],
  ['in summer', by('2026-07-27T05:30:00Z', '06:00', 'Europe/Berlin'), '2026-07-27T04:00:00.000Z'],
  // 29 November 2026 is a Sunday.
  ['on the last of its days', by('2026-11-29T12:00:00Z', '06:00', 'UTC', ['mon', 'fri']), '2026-11-27T06:00:00.000Z'],
  ['on its only day, a week ago', by('2026-11-27T05:00:00Z', '06:00', 'UTC', ['fri']), '2026-11-20T06:00:00.000Z'],
  [
    'at a time that the clock leaves out',
    by('2026-03-29T12:00:00Z', '02:30', 'Europe/Berlin'),
    '2026-03-29T01:30:00.000Z',
  ],
])('%s', (_name, found, expected) => {
  expect(found).toBe(expected);
});

test('the settings fill in zone and days, and refuse an unknown zone', () => {
  const parsed = (expectBy: object) => parseSourceSettings(JSON.stringify(settingsOf({}, { expectBy })), SOURCE);
  expect(parsed({ time: '06:00' })).toMatchObject({ ok: true, settings: { expectBy: { zone: 'UTC', days: ALL } } });
  const codes = (expectBy: object) => {
    const found = parsed(expectBy);
    return found.ok ? [] : found.problems.map(({ code, path }) => [code, path]);
  };
  expect(codes({ time: '06:00', zone: 'Mars/Base' })).toEqual([['settings-date-zone', '$.expectBy.zone']]);
  expect(codes({ time: '24:00' })).toEqual([['settings-member-form', '$.expectBy.time']]);
});
