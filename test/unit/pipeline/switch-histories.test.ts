// Days to come over any history of files, and through a crash at every step of making their run and settling it.
import fc from 'fast-check';
import { DAY_MS } from '../../../shared/core/clock';
import type { Call } from '../memory/recorded-calls';
import { placesToDie, rounds } from '../../rounds';
import { dated, datedFile, datedNights, daysToCome, enabled, runsOfDates, toDay } from './dated';
import type { Nights } from './nights';

const PEOPLE = ['P1', 'P2', 'P3'] as const;
const DAYS = 7;

/** What a day's file says of each person; days are those of the tests. */
interface Row {
  readonly kind: 'none' | 'row' | 'left' | 'rejected';
  readonly first?: number;
  readonly last?: number;
}
const anyDay = fc.option(fc.integer({ min: 0, max: DAYS }), { nil: undefined });
const anyKind = fc.constantFrom<Row['kind']>('none', 'row', 'row', 'row', 'left', 'rejected');
const anyRow: fc.Arbitrary<Row> = fc.tuple(anyKind, anyDay, anyDay).map(([kind, first, last]) =>
  // A last day that is over says inactive, whatever else is wrong with the row; one before the first day rejects it.
  kind === 'rejected' || (kind === 'row' && (last ?? DAYS) < (first ?? 0))
    ? { kind: 'rejected' }
    : { kind, ...(first !== undefined && { first }), ...(last !== undefined && { last }) },
);
/** Null: there is no file on that day. */
const anyFile = fc.option(fc.tuple(anyRow, anyRow, anyRow), { freq: 2 });

const STATUS = { row: 'Active', left: 'Left', rejected: 'Unknown' } as const;

const textOf = (id: string, { kind, first, last }: Row): readonly string[] => {
  const days = { ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
  if (kind === 'none') return [];
  return [dated(id, { ...days, status: STATUS[kind] })];
};

/** What a row says on a day: enabled, disabled, or null if it waits. */
function saidOn({ kind, first, last }: Row, today: number): boolean | null {
  if (kind === 'left' || (last !== undefined && today > last)) return false;
  return first !== undefined && today < first ? null : true;
}

/** Whom Entra should hold enabled after each day (null: no account), by HR's newest row of each person alone. */
function expected(
  files: readonly (readonly Row[] | null)[],
  isFull: boolean,
): readonly (readonly (boolean | null)[])[] {
  const people = PEOPLE.map(() => ({ held: null as boolean | null, row: null as Row | null, isMissing: false }));
  const tick = (known: (typeof people)[number], today: number): void => {
    const said = known.row === null ? null : saidOn(known.row, today);
    if (said !== null && !(known.isMissing && said)) known.held = said;
  };
  return files.map((rows, today) => {
    people.forEach((known, at) => {
      // The day begins before its file comes.
      tick(known, today);
      const row = rows?.[at];
      if (row !== undefined && row.kind !== 'none') {
        known.row = row.kind === 'rejected' ? null : row;
        known.isMissing = false;
      } else if (rows !== null && isFull) {
        // Nothing may enable somebody who may have left: what comes after a first day is not known either.
        if (known.row !== null && saidOn(known.row, today) === null) known.row = null;
        known.isMissing = true;
      }
      tick(known, today);
    });
    return people.map(({ held }) => held);
  });
}

async function play(files: readonly (readonly Row[] | null)[], isFull: boolean): Promise<unknown> {
  const world = await datedNights({ content: isFull ? 'full' : 'changes' });
  const found: (readonly (boolean | null)[])[] = [];
  for (const [day, rows] of files.entries()) {
    await toDay(world, day);
    if (rows !== null) {
      // No file is an exact copy of an older one.
      const lines = rows.flatMap((row, at) => textOf(PEOPLE[at] ?? '', row));
      await world.drop(datedFile(...lines, dated(`N${day}`), dated('P0')));
      await world.rest();
    }
    world.pass(DAY_MS / 2);
    await world.rest();
    found.push(PEOPLE.map((id) => enabled(world, id)));
  }
  return found;
}

test('for any history of files, each account is as HR’s newest row says on that day', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyFile, { minLength: 3, maxLength: DAYS }), fc.boolean(), async (files, isFull) => {
      expect(await play(files, isFull)).toEqual(expected(files, isFull));
    }),
    { numRuns: rounds(10) },
  );
}, 120_000);

class Death extends Error {}

/** What changes something: a process that dies before anything else leaves what it leaves before the next of these. */
const CHANGES = /^(insert|replace|keep|commit|write|put|remove)/;

/** Everybody's day comes; a process dies before the `nth` change from the day on, once. Null: counts. */
async function throughDeath(nth: number | null) {
  const world = await datedNights();
  await world.drop(datedFile(dated('P0'), dated('P1', { last: 1 }), dated('P2', { first: 2, last: 9 })));
  await world.rest();
  await toDay(world, 1);
  world.pass(DAY_MS);
  let made = 0;
  let isOver = nth === null;
  const { ledger, files, reports, rosters, deliveries, arrivals } = world.pipeline;
  for (const { calls } of [ledger.runs, ledger.batches, files, reports, rosters, deliveries, arrivals])
    calls.before = ({ method, key }: Call) => {
      if (!CHANGES.test(method)) return;
      made++;
      if (isOver || made !== nth) return;
      isOver = true;
      throw new Death(`at ${method} ${key}`);
    };
  for (let tick = 0; tick < 5; tick++) await untilDone(world);
  const changes = made;
  await world.rest();
  world.pass(DAY_MS);
  await world.rest();
  const runs = (await runsOfDates(world)).map(({ state, rows }) => [state, rows]);
  const end = { runs, days: await daysToCome(world), enabled: ['P0', 'P1', 'P2'].map((id) => enabled(world, id)) };
  return { changes, isDead: isOver, end };
}

async function untilDone(world: Nights): Promise<void> {
  for (let tries = 0; tries < 3; tries++)
    try {
      await world.tick();
      return;
    } catch (error) {
      if (!(error instanceof Death)) throw error;
    }
}

test('a process that dies before any change changes nothing in the end', async () => {
  const whole = await throughDeath(null);
  expect(whole.end).toEqual({ runs: [['settled', 2]], days: { P2: 1 }, enabled: [true, false, true] });
  expect(whole.changes).toBeGreaterThan(20);
  const wrong: object[] = [];
  for (const nth of placesToDie(whole.changes)) {
    const one = await throughDeath(nth);
    if (!one.isDead || JSON.stringify(one.end) !== JSON.stringify(whole.end)) wrong.push({ nth, ...one });
  }
  expect(wrong).toEqual([]);
}, 60_000);
