// The year of `npm run bench -- year`, small: what is measured there must be true here too.
import type { NightFigures, YearFigures } from '../../../bench/year/live-year';
import { liveYear } from '../../../bench/year/live-year';

/** So many calls a day that a file of everybody takes more than one. */
const CALLS = 10;

describe('a month of 500 people', () => {
  let year: YearFigures;
  const after = (kind: NightFigures['kind'], nights: number): readonly NightFigures[] => {
    const at = year.nights.findIndex((night) => night.kind === kind);
    return year.nights.slice(at, at + nights);
  };
  beforeAll(async () => {
    year = await liveYear({ people: 500, days: 30, calls: CALLS }, () => undefined);
  }, 60_000);

  test('costs a part of the calls that everybody every night would', () => {
    expect(year.calls).toBeLessThan(year.callsForAll / 2);
    expect(year.calls).toBe(year.nights.reduce((sum, { calls }) => sum + calls, 0));
  });
  test('has no day over its budget', () => {
    expect(year.mostInADay).toBeLessThanOrEqual(CALLS);
  });
  test('holds both bad files with no call, and lets the approved one go', () => {
    expect(year).toMatchObject({ badFiles: 2, badFilesHeld: 2 });
    expect(after('half-file', 2)).toMatchObject([{ state: 'held', calls: 0 }, { state: 'settled' }]);
    expect(after('reorganisation', 1)[0]?.sent).toBeGreaterThan(150);
  });
  test('touches nobody wrongly: the directory is what HR says, whenever all has come to rest', () => {
    expect(year).toMatchObject({ wronglySent: 0, wrongAtTheEnd: 0 });
    expect(year.nights.filter(({ wrong }) => wrong !== null && wrong > 0)).toEqual([]);
    expect(year.nights.filter(({ wrong }) => wrong === 0).length).toBeGreaterThan(20);
  });
  test.each(['first', 'mapping'] as const)(
    'the %s night takes two days, and the next night goes on where it stopped',
    (kind) => {
      const [night, next] = after(kind, 2);
      expect(night).toMatchObject({ hours: null });
      expect(next?.hours).not.toBeNull();
      const sent = (night?.sent ?? 0) + (next?.sent ?? 0);
      // Whoever is refreshed, changed or new the next night, besides everybody once.
      expect(sent).toBeGreaterThanOrEqual(500);
      expect(sent).toBeLessThan(550);
    },
  );
});
