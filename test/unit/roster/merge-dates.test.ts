// Days to come: what is left of them after each run, in whatever order runs settle; and the file that keeps them.
import * as fc from 'fast-check';
import {
  after,
  readDatedLine,
  datedLine,
  switchAt,
  withoutEnabling,
  type DatedPerson,
} from '../../../shared/roster/dated-person';
import { readDates, writeDates } from '../../../shared/roster/dates-file';
import { mergeDates, type DatesOfFile } from '../../../shared/roster/merge-dates';
import { updateRoster } from '../../../shared/roster/update-roster';
import { MemoryRosterStore } from '../memory/memory-roster-store';
import { datedPerson, gathered, streamed } from './made-dates';
import { partOf, runId, SOURCE } from './made-roster';

const OFF = { at: 100, active: false };
const ON = { at: 200, active: true };

/** A file with these rows; `said`: who of them has days to come. */
const fileOf = (
  n: number,
  rows: readonly bigint[],
  said: readonly DatedPerson[] = [],
  full: DatesOfFile['full'] = null,
): DatesOfFile => ({
  kind: 'file',
  run: runId(n),
  hasRow: (id) => rows.includes(id),
  full,
  said: () => streamed(said),
});
const afterAll = (old: readonly DatedPerson[], ...runs: Parameters<typeof mergeDates>[1][]) =>
  gathered(runs.reduce<AsyncIterable<DatedPerson>>(mergeDates, streamed(old)));

describe('a file', () => {
  const old = datedPerson();
  test('with a row of the person takes the place of what an older one said', async () => {
    const newer = datedPerson({ run: runId(2), switches: [ON] });
    expect(await afterAll([old], fileOf(2, [1n], [newer]))).toEqual([newer]);
    // The row has no days any more, or was rejected.
    expect(await afterAll([old], fileOf(2, [1n]))).toEqual([]);
  });
  test('of changes says nothing about others', async () => {
    expect(await afterAll([old], fileOf(2, [2n]))).toEqual([old]);
  });
  test('that is older than what is known changes nothing', async () => {
    const newer = datedPerson({ run: runId(3) });
    expect(await afterAll([newer], fileOf(2, [1n], [datedPerson({ run: runId(2), switches: [ON] })]))).toEqual([newer]);
    expect(await afterAll([newer], fileOf(2, [], [], 'complete'))).toEqual([newer]);
  });
  test('that settles again leaves what has been done since', async () => {
    const left = datedPerson({ switches: [ON] });
    expect(await afterAll([left], fileOf(1, [1n], [old]))).toEqual([left]);
  });
  test('that is full and has no row of the person leaves only what disables', async () => {
    expect(await afterAll([old], fileOf(2, [], [], 'complete'))).toEqual([datedPerson({ switches: [OFF] })]);
    expect(await afterAll([datedPerson({ switches: [ON] })], fileOf(2, [], [], 'complete'))).toEqual([]);
  });
  test('that is full and has a row without an id may have had a row of the person', async () => {
    expect(await afterAll([old], fileOf(2, [], [], 'doubtful'))).toEqual([]);
  });
});

describe('a run of dates', () => {
  const done = (n: number, madeAt: number, isConfirmed = true) =>
    ({ kind: 'dates', run: runId(n), isConfirmed: () => isConfirmed, madeAt }) as const;
  test('has done what its day asked for, and the later days stay', async () => {
    expect(await afterAll([datedPerson()], done(2, 150))).toEqual([datedPerson({ switches: [ON] })]);
    expect(await afterAll([datedPerson()], done(2, 200))).toEqual([]);
    expect(await afterAll([datedPerson()], done(2, 150), done(2, 150))).toEqual([datedPerson({ switches: [ON] })]);
  });
  test('that was not confirmed leaves everything to be done', async () => {
    expect(await afterAll([datedPerson()], done(2, 150, false))).toEqual([datedPerson()]);
  });
  test('says nothing about what a newer file has said', async () => {
    const newer = datedPerson({ run: runId(3) });
    expect(await afterAll([newer], done(2, 150))).toEqual([newer]);
  });
});

test('the switch that holds, what is left after a moment, and what may not enable', () => {
  const person = datedPerson();
  expect([99, 100, 199, 200, 900].map((now) => switchAt(person, now))).toEqual([null, OFF, OFF, ON, ON]);
  expect([99, 100, 200].map((at) => after(person, at)?.switches ?? null)).toEqual([[OFF, ON], [ON], null]);
  expect(withoutEnabling(datedPerson({ switches: [OFF] }))?.switches).toEqual([OFF]);
  expect(withoutEnabling(datedPerson({ switches: [ON, { at: 300, active: false }] }))).toBeNull();
});

/** What a file says of a person. */
type Row = 'none' | 'plain' | 'off' | 'on' | 'both';
const SWITCHES: Readonly<Partial<Record<Row, DatedPerson['switches']>>> = { off: [OFF], on: [ON], both: [OFF, ON] };
const row = fc.constantFrom<Row>('none', 'plain', 'off', 'on', 'both');
const file = fc.record({ rows: fc.tuple(row, row, row), isFull: fc.boolean() });

test('in whatever order files settle, the newest row of each person decides', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(file, { minLength: 1, maxLength: 4 }).chain((files) =>
        fc.tuple(
          fc.constant(files),
          fc.shuffledSubarray(
            files.map((_, at) => at),
            { minLength: files.length },
          ),
        ),
      ),
      async ([files, order]) => {
        const wordOf = (at: number, id: number): DatedPerson | null => {
          const switches = SWITCHES[files[at]?.rows[id] ?? 'none'];
          return switches === undefined ? null : datedPerson({ idHash: BigInt(id), run: runId(at + 1), switches });
        };
        const hasRow = (at: number, id: number): boolean => (files[at]?.rows[id] ?? 'none') !== 'none';
        /** What is left of a word of file `at`, by the files after it. */
        const leftOf = (at: number, id: number): DatedPerson | null => {
          const newer = files.flatMap((_, other) => (other > at ? [other] : []));
          if (newer.some((other) => hasRow(other, id))) return null;
          const word = wordOf(at, id);
          return word !== null && newer.some((other) => files[other]?.isFull) ? withoutEnabling(word) : word;
        };
        const ids = [0, 1, 2];
        const runs = order.map((at) => {
          // As *newestWord* asks: all newer runs are live when this one settles.
          const said = ids.flatMap((id) => leftOf(at, id) ?? []);
          const rows = ids.filter((id) => hasRow(at, id)).map(BigInt);
          return fileOf(at + 1, rows, said, files[at]?.isFull ? 'complete' : null);
        });
        const found = await afterAll([], ...runs);
        const expected = ids.flatMap((id) => {
          const newest = files.findLastIndex((_, at) => hasRow(at, id));
          return newest < 0 ? [] : (leftOf(newest, id) ?? []);
        });
        const byId = (a: DatedPerson, b: DatedPerson) => Number(a.idHash - b.idHash);
        expect([...found].sort(byId)).toEqual(expected);
      },
    ),
  );
});

describe('the file', () => {
  const people = [datedPerson(), datedPerson({ idHash: 2n ** 64n - 1n, switches: [ON] }), datedPerson({ idHash: 0n })];
  test('has everybody again, and its pin the number of people and the first day', async () => {
    const store = new MemoryRosterStore();
    const pin = await writeDates(store, SOURCE, null, streamed(people));
    expect(pin).toMatchObject({ people: 3, next: 100 });
    expect(await gathered(readDates(store, pin!))).toEqual(people);
    expect(await gathered(readDates(store, undefined))).toEqual([]);
  });
  test('is not written for nobody', async () => {
    const store = new MemoryRosterStore();
    expect(await writeDates(store, SOURCE, null, streamed([]))).toBeNull();
    expect(store.names()).toEqual([]);
  });
  test.each([
    ['is cut between two lines', (text: string) => text.slice(0, text.indexOf('\n') + 1)],
    ['is cut in a line', (text: string) => text.slice(0, -9)],
    ['has a line of another form', (text: string) => text.replace('"switches"', '"others"')],
    ['has a line without a day', (text: string) => text.replace(/"switches":\[.*?\]/, '"switches":[]')],
    ['has an id that is none', (text: string) => text.replace('"id":"1"', '"id":"0x1"')],
  ])('that %s is told, not used', async (_, change) => {
    const store = new MemoryRosterStore();
    const pin = await writeDates(store, SOURCE, null, streamed(people));
    store.spoil(pin!, (content) => Buffer.from(change(content.toString())));
    await expect(gathered(readDates(store, pin!))).rejects.toMatchObject({
      code: 'roster-damaged',
      disposition: 'retry',
    });
  });
  test('has one line per person', () => {
    const line = datedLine(datedPerson());
    expect(line).not.toContain('\n');
    expect(readDatedLine(line)).toEqual(datedPerson());
  });
});

test('who is carried is asked after each reading of the roster that is to be replaced', async () => {
  const store = new MemoryRosterStore();
  let asked = 0;
  const dates: DatesOfFile = {
    ...fileOf(1, [1n]),
    // Another run settles between the first reading and the swap, and carries the person.
    said: () => streamed(asked++ === 0 ? [datedPerson()] : []),
  };
  let isFirst = true;
  store.calls.before = async ({ method }) => {
    if (method !== 'commit' || !isFirst) return;
    isFirst = false;
    await updateRoster(store, partOf({ n: 2, facts: [] }), null, fileOf(2, [1n]));
  };
  await updateRoster(store, partOf({ n: 1, facts: [] }), null, dates);
  expect(asked).toBe(2);
  expect((await store.current(SOURCE))!.value).not.toHaveProperty('dates');
  // What was written for the roster that was not taken is gone.
  expect(store.names().filter((name) => name.endsWith('.dates'))).toEqual([]);
});

test('a run without a word of dates leaves them as they are; the file stays when older rosters are removed', async () => {
  const store = new MemoryRosterStore();
  await updateRoster(store, partOf({ n: 1, facts: [] }), null, fileOf(1, [1n], [datedPerson()]));
  const before = (await store.current(SOURCE))!.value.dates;
  const { value } = await updateRoster(store, partOf({ n: 2, facts: [] }), null);
  expect(value.dates).toEqual(before);
  await store.removeBefore(SOURCE, value, value);
  expect(await gathered(readDates(store, value.dates))).toEqual([datedPerson()]);
});
