// Files that take days to send: what a file that has passed says is HR's word, and does not count again while it is on its way.
import { approveRun } from '../../../shared/pipeline/decide/decide-held';
import { intake } from '../../../shared/pipeline/intake/intake';
import { PeopleIndexes } from '../../../shared/run/people-indexes';
import type { Run } from '../../../shared/run/run';
import { runIdOf } from '../../../shared/run/run';
import type { RunFile } from '../../../shared/run/run-files';
import { ofAttempt } from '../../../shared/run/run-files';
import { csvOf, person, settingsOf, SOURCE } from './contoso';
import type { Nights } from './nights';
import { nights } from './nights';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const TICK_MS = 5 * 60_000;
/** Each tick takes five minutes; what is sent is confirmed within the first of them. */
const BUSY_TICKS = 24;
const OPS = { by: 'ops@contoso.example', why: 'first load' };

/** 100 people a day. */
const SLOW = { budget: { calls: 2, leaverShare: 0 } };

const lines = (count: number, line: (i: number) => string = (i) => person(`p${i}`)): string =>
  csvOf(...Array.from({ length: count }, (_, i) => line(i)));
const left = (i: number): string => person(`p${i}`, 'Left');
const renamed = (i: number): string => person(`p${i}`, 'Active', `new-${i}@contoso.example`);
/** The first `count` people with the line of `how`. */
const first = (count: number, how: (i: number) => string) => (i: number) => (i < count ? how(i) : person(`p${i}`));

const limitsIn = (run: Run): readonly string[] =>
  ((run.reason?.values as { tripped?: readonly { limit: string; count: number }[] } | undefined)?.tripped ?? []).map(
    ({ limit, count }) => `${limit} ${count}`,
  );
const baseOf = (run: Run, limit: string): number | undefined =>
  (run.reason?.values as { tripped: readonly { limit: string; base: number }[] }).tripped.find(
    (one) => one.limit === limit,
  )?.base;

async function day(all: Nights): Promise<void> {
  for (let tick = 0; tick < BUSY_TICKS; tick++) await all.tick();
  // The budget of a day counts by whole hours, 25 of them.
  all.pass(DAY_MS + 2 * HOUR_MS - BUSY_TICKS * TICK_MS);
}
async function approve(all: Nights, run: Run): Promise<void> {
  await approveRun(all.pipeline, all.run(run), OPS);
  await all.tick();
}
const limitsOf = async (all: Nights, content: string): Promise<readonly string[]> =>
  limitsIn(all.run(await all.drop(content)));

describe('a first load of more people than a day sends', () => {
  test('approved once, goes on with the file of each night', async () => {
    const more = { guard: { firstRun: 'hold' }, refresh: { everyDays: 366 } };
    const all = await nights({ content: 'full' }, more, { budget: { calls: 3, leaverShare: 0 } });
    const begun = await all.drop(lines(300));
    expect(limitsIn(all.run(begun))).toEqual(['firstRun 300']);
    await approve(all, begun);
    const states: string[] = [];
    for (let night = 1; night <= 3; night++) {
      await day(all);
      const run = await all.drop(lines(300, first(night, renamed)));
      states.push(`${all.run(run).state} ${limitsIn(all.run(run)).join()}`);
    }
    await day(all);
    expect(states).toEqual(['sending ', 'sending ', 'sending ']);
    expect(all.tenant.directory.size).toBe(300);
  });
  test('counts new people of each night against everybody who has passed', async () => {
    const all = await nights({ content: 'full' }, {}, SLOW);
    await all.drop(lines(300));
    await day(all);
    const run = await all.drop(lines(361));
    expect(limitsIn(all.run(run))).toEqual(['created 61']);
    expect(baseOf(all.run(run), 'created')).toBe(300);
    expect(await limitsOf(all, lines(360))).toEqual([]);
  });
  test('a held file lets nobody pass: its people count in the next one', async () => {
    const all = await nights({ content: 'full' }, {}, SLOW);
    await all.drop(lines(300));
    await day(all);
    expect(await limitsOf(all, lines(361))).toEqual(['created 61']);
    expect(await limitsOf(all, lines(361))).toEqual(['created 61']);
  });
  test('a first file that is held lets nobody pass', async () => {
    const all = await nights({ content: 'full' }, { guard: { firstRun: 'hold' } });
    expect(await limitsOf(all, lines(30))).toEqual(['firstRun 30']);
    expect(await limitsOf(all, lines(30))).toEqual(['firstRun 30']);
  });
  test('everybody disabled, renamed or missing the next night is held, though nobody is in the roster', async () => {
    const all = await nights({ content: 'full' }, {}, SLOW);
    await all.drop(lines(300));
    await day(all);
    const run = await all.drop(lines(300, left));
    expect(limitsIn(all.run(run))).toEqual(['disabled 300', 'changed 300']);
    expect(baseOf(all.run(run), 'disabled')).toBe(300);
    expect(await limitsOf(all, lines(300, first(60, renamed)))).toEqual(['renamed 60']);
    expect(await limitsOf(all, lines(150))).toEqual(['missing 150', 'rows 150']);
    expect(await limitsOf(all, lines(300))).toEqual([]);
  });
  test('sends inactive people of whom nothing was sent yet, although later files skip unknown ones', async () => {
    const all = await nights({ content: 'full' }, { unknownInactive: 'skip' }, SLOW);
    await all.drop(lines(300, left));
    for (let night = 0; night < 4; night++) {
      await day(all);
      await all.drop(lines(300, left));
    }
    await all.rest();
    expect(all.tenant.directory.size).toBe(300);
  });
});

describe('what an approved file said', () => {
  /** 200 people in the roster, two days' work. */
  async function known(content: 'full' | 'changes' = 'full', more: object = {}): Promise<Nights> {
    const all = await nights({ content }, more, SLOW);
    await all.drop(lines(200));
    await all.rest();
    all.pass(DAY_MS);
    return all;
  }
  test.each([
    ['disabled', (i: number) => left(i), 'updated'],
    ['renamed', (i: number) => renamed(i), 'updated'],
  ])('%s people do not count again the next night, while they are on their way', async (limit, how) => {
    const all = await known();
    const run = await all.drop(lines(200, first(150, how)));
    expect(limitsIn(all.run(run))).toContain(`${limit} 150`);
    await approve(all, run);
    expect(all.run(run).state).toBe('sending');
    expect(await limitsOf(all, lines(200, first(150, how)))).toEqual([]);
    // And the next day's own few do.
    expect(await limitsOf(all, lines(200, first(170, how)))).toEqual([`${limit} 20`]);
  });
  test('the opposite counts, although the roster has not changed yet', async () => {
    const all = await known('full', { guard: { changed: false } });
    const run = await all.drop(lines(200, first(150, left)));
    await approve(all, run);
    // An exact copy of the first file would be held for that.
    expect(await limitsOf(all, lines(201))).toEqual(['enabled 150']);
  });
  test('missing people count once, and fewer rows are no news', async () => {
    const all = await known();
    const run = await all.drop(lines(120));
    expect(limitsIn(all.run(run))).toEqual(['missing 80', 'rows 80']);
    await approve(all, run);
    expect(await limitsOf(all, lines(120, first(20, left)))).toEqual(['disabled 20']);
  });
  /** 20 leavers on the hold list, in a file that was let through, has settled, and keeps them. */
  async function keptBack(): Promise<{ readonly all: Nights; readonly run: Run }> {
    const all = await known('full', {});
    all.pipeline.sources.putHoldList(
      SOURCE,
      `id,until,why\n${Array.from({ length: 20 }, (_, i) => `p${i},2027-12-31,leave\n`).join('')}`,
    );
    const run = await all.drop(lines(200, first(20, left)));
    expect(limitsIn(all.run(run))).toEqual(['disabled 20']);
    await approve(all, run);
    await all.rest();
    expect(all.run(run).state).toBe('settled');
    return { all, run };
  }
  test('leavers on the hold list do not count every night', async () => {
    const { all } = await keptBack();
    expect(await limitsOf(all, lines(200, first(20, left)))).toEqual([]);
  });
  test.each(['source.json', 'rows.jsonl', 'people.idx', 'users.jsonl'] as const)(
    'once retention has taken its %s, its people count again, and files are read',
    async (gone) => {
      const { all, run } = await keptBack();
      const own: Readonly<Record<string, RunFile>> = {
        'rows.jsonl': ofAttempt(all.run(run), 'rows.jsonl'),
        'people.idx': ofAttempt(all.run(run), 'people.idx'),
      };
      all.pipeline.files.remove(run, own[gone] ?? gone);
      // Another process, which has read nothing yet.
      const indexes = new PeopleIndexes(all.pipeline.files, all.pipeline.hash);
      const { etag, lastModified, name } = all.pipeline.exports.drop(
        `${SOURCE}/people.csv`,
        lines(200, first(20, left)),
      );
      await intake({ ...all.pipeline, indexes }, { version: 1, blob: name });
      const next = all.run({ ...run, run: runIdOf(name, etag, lastModified) });
      expect([next.state, ...limitsIn(next)]).toEqual(['held', 'disabled 20']);
    },
  );
  test('a new mapping on the way: only what HR changed counts', async () => {
    const all = await known();
    all.pipeline.sources.put(
      SOURCE,
      settingsOf({ content: 'full' }, { mapping: { userName: 'Email', title: 'Status' } }),
    );
    const run = await all.drop(lines(200));
    expect(all.run(run).state).toBe('sending');
    expect(await limitsOf(all, lines(200, first(61, renamed)))).toEqual(['changed 61', 'renamed 61']);
    all.pipeline.sources.put(
      SOURCE,
      settingsOf({ content: 'full' }, { mapping: { userName: 'Email', displayName: 'Id' } }),
    );
    expect(await limitsOf(all, lines(200, first(10, left)))).toEqual([]);
    expect(await limitsOf(all, lines(200, first(21, left)))).toEqual(['disabled 11']);
  });
  test('of a file of changes does not count in the full file that follows', async () => {
    const all = await known('full');
    all.pipeline.sources.put(SOURCE, settingsOf({ content: 'changes' }));
    const changes = await all.drop(csvOf(...Array.from({ length: 41 }, (_, i) => person(`n${i}`))));
    expect(limitsIn(all.run(changes))).toEqual(['created 41']);
    await approve(all, changes);
    all.pipeline.sources.put(SOURCE, settingsOf({ content: 'full' }));
    const both = lines(241, (i) => (i < 200 ? person(`p${i}`) : person(`n${i - 200}`)));
    expect(await limitsOf(all, both)).toEqual([]);
  });
});

describe('files on their way beside each other', () => {
  const odd = (i: number): string => person(`p${i}`, 'On leave');

  test('the oldest of many counts as the newest does', async () => {
    const all = await nights({ content: 'changes' }, {}, SLOW);
    const begun = await all.drop(lines(300));
    for (let hour = 1; hour <= 17; hour++) {
      all.pass(TICK_MS);
      await all.drop(csvOf(person(`new-${hour}`)));
    }
    expect(all.run(begun).state).toBe('sending');
    expect(await limitsOf(all, lines(60, left))).toEqual(['disabled 60']);
  });
  test('people of an older one whom a full one rejects are known', async () => {
    const all = await nights({ content: 'full' }, {}, SLOW);
    const begun = await all.drop(lines(300));
    await all.tick();
    const rejecting = await all.drop(lines(300, first(25, odd)));
    expect([all.run(begun).state, all.run(rejecting).state]).toEqual(['sending', 'sending']);
    const run = await all.drop(lines(300, first(25, left)));
    expect(limitsIn(all.run(run))).toEqual(['disabled 25']);
    expect(baseOf(all.run(run), 'disabled')).toBe(300);
  });
  test.each([
    ['the same', lines(202), []],
    ['the opposite', lines(202, first(150, left)), ['disabled 150', 'changed 150']],
  ])('who is turned on again beside a file that has settled since, and %s later', async (_, next, tripped) => {
    const all = await nights({ content: 'full' }, {}, SLOW);
    await all.drop(lines(200));
    await all.rest();
    all.pass(DAY_MS);
    const off = await all.drop(lines(200, first(150, left)));
    await approve(all, off);
    await day(all);
    const on = await all.drop(lines(201));
    expect(limitsIn(all.run(on))).toContain('enabled 150');
    await approve(all, on);
    for (let tick = 0; tick < BUSY_TICKS && all.run(off).state !== 'settled'; tick++) await all.tick();
    expect([all.run(off).state, all.run(on).state]).toEqual(['settled', 'sending']);
    expect(await limitsOf(all, next)).toEqual(tripped);
  });
  describe('of which one was read by settings that are refused by now', () => {
    /** A file of changes on its way, whose copy of the settings becomes this. */
    async function keptAs(settings: object): Promise<{ all: Nights; begun: Run }> {
      const all = await nights({ content: 'changes' }, {}, SLOW);
      const begun = await all.drop(lines(300));
      all.pipeline.files.put(begun, 'source.json', JSON.stringify(settings));
      return { all, begun };
    }
    const lookingAround = settingsOf({ content: 'changes' }, { id: { column: 'Id', pattern: '(?=p)p[0-9]+' } });

    test('its people are known, and it settles', async () => {
      const { all, begun } = await keptAs(lookingAround);
      expect(await limitsOf(all, lines(60, left))).toEqual(['disabled 60']);
      for (let days = 0; days < 3; days++) await day(all);
      expect(all.run(begun).state).toBe('settled');
      expect(all.tenant.directory.size).toBe(300);
    });
    test.each([
      ['settings', settingsOf()],
      ['anything that can be read', {}],
    ])('its people are known by a copy that is no longer of the form of %s', async (_, kept) => {
      const { all } = await keptAs({ ...kept, active: 'Status' });
      expect(await limitsOf(all, lines(60, left))).toEqual(['disabled 60']);
    });
  });
});
