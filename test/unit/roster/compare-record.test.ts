// What a record is to the roster: who is new, changed, the same, due, or was sent in vain.
import * as fc from 'fast-check';
import type { Comparison, RefreshDays } from '../../../shared/roster/compare-record';
import { compareRecord, compareRules } from '../../../shared/roster/compare-record';
import type { RosterEntry } from '../../../shared/roster/roster-entry';
import type { RosterTable } from '../../../shared/roster/roster-table';
import type { MadeRun } from './made-roster';
import { arrivalDay, epochOf, loaded, partOf, settled } from './made-roster';

const never: RefreshDays = { active: null, inactive: null };
const ID = 7n;
const run = (n: number, value: number, why: MadeRun['facts'][number]['why'], mapping = '1'): MadeRun => ({
  n,
  facts: [{ id: ID, value, why }],
  mapping,
});

/** Compares the record with this value, as `made-roster` makes it, on the day of run `today`. */
function compared(
  table: RosterTable,
  value: number,
  { today = 10, mapping = '1', refresh = never, id = ID } = {},
): Comparison {
  const { recordHash, attributes, header } = recordWith(value);
  const byName = new Map(header.attributes.map((name, at) => [name, attributes[at] ?? 0]));
  return compareRecord(
    table.find(id),
    { recordHash, attributes: () => byName },
    compareRules(table.header, epochOf(mapping), arrivalDay(today), refresh),
  );
}

const records = new Map<number, ReturnType<typeof madeRecord>>();
function recordWith(value: number): ReturnType<typeof madeRecord> {
  const found = records.get(value) ?? madeRecord(value);
  records.set(value, found);
  return found;
}

function madeRecord(value: number): Pick<RosterEntry, 'recordHash' | 'attributes'> & Pick<RosterTable, 'header'> {
  const table = partOf(run(99, value, null));
  const { recordHash, attributes } = table.at(0);
  return { recordHash, attributes, header: table.header };
}

const roster = async (...runs: readonly MadeRun[]): Promise<RosterTable> => loaded(await settled(runs));

test('nobody has an entry in the roster of others: new', async () => {
  expect(compared(await roster(run(1, 1, null)), 1, { id: 8n })).toEqual({ kind: 'new' });
});

test('the confirmed record: the same', async () => {
  expect(compared(await roster(run(1, 1, null)), 1)).toEqual({ kind: 'same' });
});

test('another record: changed, with the attributes that differ, came or went', async () => {
  const table = await roster(run(1, 1, null));
  expect(compared(table, 3)).toEqual({ kind: 'changed', attributes: ['name.givenName', 'title'] });
  expect(compared(table, 2)).toEqual({ kind: 'changed', attributes: ['name.givenName', 'title'] });
  // A roster in which nobody had the attribute.
  const without = await roster(run(1, 2, null));
  expect(without.header.attributes).toEqual(['title']);
  expect(compared(without, 3)).toEqual({ kind: 'changed', attributes: ['name.givenName', 'title'] });
});

describe('sent in vain', () => {
  test('the same record waits for its day, and is due from then on', async () => {
    const table = await roster(run(1, 1, null), run(5, 2, 'failed'));
    expect(compared(table, 2, { today: 5 })).toMatchObject({
      kind: 'unconfirmed',
      why: 'failed',
      tries: 1,
      isDue: false,
    });
    expect(compared(table, 2, { today: 6 })).toMatchObject({
      kind: 'unconfirmed',
      why: 'failed',
      tries: 1,
      isDue: true,
    });
    const twice = await roster(run(5, 2, 'not-seen'), run(6, 2, 'not-seen'));
    expect(compared(twice, 2, { today: 7 })).toMatchObject({ tries: 2, isDue: false });
    expect(compared(twice, 2, { today: 8 })).toMatchObject({ tries: 2, isDue: true });
  });
  test('another record goes at once', async () => {
    expect(compared(await roster(run(1, 1, null), run(5, 2, 'failed')), 3, { today: 5 }).kind).toBe('changed');
  });
  test('so does the record that was confirmed before: Entra may hold the one in between', async () => {
    expect(compared(await roster(run(1, 1, null), run(5, 2, 'not-seen')), 1, { today: 5 })).toEqual({
      kind: 'changed',
      attributes: [],
    });
  });
  test('a person of whom nothing was ever confirmed is not new', async () => {
    const table = await roster(run(5, 2, 'skipped'));
    expect(compared(table, 2, { today: 5 })).toMatchObject({
      kind: 'unconfirmed',
      why: 'skipped',
      tries: 1,
      isDue: false,
    });
    expect(compared(table, 3, { today: 5 }).kind).toBe('changed');
  });
  test('a record whose manager was not found is confirmed and waits for its next try', async () => {
    const table = await roster(run(5, 2, 'manager-not-resolved'));
    expect(table.find(ID)?.confirmedOn).toBe(arrivalDay(5));
    expect(compared(table, 2, { today: 5 })).toMatchObject({ kind: 'unconfirmed', isDue: false });
    expect(compared(table, 2, { today: 6 })).toMatchObject({ kind: 'unconfirmed', isDue: true });
  });
});

describe('a new epoch', () => {
  test('sends everybody, and says what changed', async () => {
    const table = await roster(run(1, 1, null));
    expect(compared(table, 1, { mapping: '2' })).toEqual({ kind: 'new-epoch', attributes: [] });
    expect(compared(table, 3, { mapping: '2' })).toEqual({
      kind: 'new-epoch',
      attributes: ['name.givenName', 'title'],
    });
  });
  test('who was confirmed in it is done, who was sent in vain waits', async () => {
    const table = await roster(run(1, 1, null), run(2, 1, null, '2'));
    expect(compared(table, 1, { mapping: '2' }).kind).toBe('same');
    expect(compared(table, 1, { mapping: '1' }).kind).toBe('new-epoch');
    const inVain = await roster(run(1, 1, null), run(2, 1, 'failed', '2'));
    expect(compared(inVain, 1, { mapping: '2', today: 2 })).toMatchObject({ kind: 'unconfirmed', isDue: false });
  });
  test('a mapping, a schema and a job each begin one', async () => {
    const table = await roster(run(1, 1, null));
    for (const other of [{ mapping: 'x' }, { schema: 'x' }, { job: 'x' }])
      expect(compareRules(table.header, { ...epochOf('1'), ...other }, 1, never).epoch).toBe(0);
    expect(compareRules(table.header, epochOf('1'), 1, never).epoch).toBe(1);
  });
  test('an epoch that is no longer listed is not the one that is not listed yet', async () => {
    const old = await roster(
      ...Array.from({ length: 16 }, (_, at) => ({
        ...run(at + 1, 1, null, String(at)),
        facts: at === 0 ? [{ id: ID, value: 1, why: null }] : [],
      })),
    );
    expect(old.find(ID)?.epoch).toBe(0);
    expect(compared(old, 1, { mapping: 'next' }).kind).toBe('new-epoch');
  });
});

describe('refresh', () => {
  const table = (id: bigint, value: number, n: number): RosterTable => partOf({ n, facts: [{ id, value, why: null }] });
  const days = { active: 30, inactive: 7 };
  const [ACTIVE, INACTIVE] = [1, 3];

  test.each([
    ['active', ACTIVE, 30],
    ['inactive', INACTIVE, 7],
  ])('an %s person is due on one day of every interval, whatever the day of the confirmation', (_, value, every) => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.integer({ min: 1, max: 60 }), (id, n) => {
        const one = table(id, value, n);
        const isDue = (today: number): boolean => compared(one, value, { id, today, refresh: days }).kind === 'refresh';
        expect(isDue(n)).toBe(false);
        const first = Array.from({ length: every }, (_unused, at) => n + 1 + at).find(isDue);
        expect(first).toBeDefined();
        // Still due if no file came on that day.
        expect(isDue(first! + every)).toBe(true);
        // Refreshed on its day, it is due exactly one interval later.
        const again = table(id, value, first!);
        const dueAgain = (today: number) => compared(again, value, { id, today, refresh: days }).kind === 'refresh';
        expect([dueAgain(first! + every - 1), dueAgain(first! + every)]).toEqual([false, true]);
      }),
    );
  });
  test('everybody confirmed on one day is spread over the days that follow', () => {
    const facts = Array.from({ length: 300 }, (_, at) => ({ id: BigInt(at), value: ACTIVE, why: null }));
    const all = partOf({ n: 1, facts });
    const dueOn = (today: number): number =>
      facts.filter(({ id }) => compared(all, ACTIVE, { id, today, refresh: days }).kind === 'refresh').length;
    const perDay = Array.from({ length: 30 }, (_, at) => dueOn(at + 2) - dueOn(at + 1));
    expect(perDay).toEqual(Array.from({ length: 30 }, () => 10));
  });
  test('never, if the settings say so; and a change goes whether it is due or not', () => {
    const one = table(ID, ACTIVE, 1);
    expect(compared(one, ACTIVE, { today: 500, refresh: never }).kind).toBe('same');
    expect(compared(one, 2, { today: 500, refresh: days }).kind).toBe('changed');
  });
});
