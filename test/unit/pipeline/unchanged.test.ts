// Night after night: who has not changed costs no call, and the directory ends as if everybody had been sent.
import * as fc from 'fast-check';

import type { Run } from '../../../shared/run/run';
import { isSuccess } from '../../../shared/verdict/verdict';
import { csvOf, person, settingsOf } from './contoso';
import type { Nights } from './nights';
import { nights } from './nights';
import { rounds } from '../../rounds';

const DAY_MS = 86_400_000;
const verdictsOf = async (all: Nights, run: Run): Promise<readonly string[]> =>
  (await all.fates(run)).map(({ id, verdict }) => `${id} ${verdict}`);

test('the second night: whoever is confirmed is unchanged without a call, the others are sent', async () => {
  const all = await nights();
  await all.drop(csvOf(person('p1'), person('p2'), person('p3')));
  await all.rest();
  all.pass(DAY_MS / 2);
  const calls = all.tenant.calls;
  const second = await all.drop(csvOf(person('p1'), person('p2', 'Left'), person('p4'), person('p3')));
  await all.rest();
  expect(await verdictsOf(all, second)).toEqual(['p1 unchanged', 'p2 disabled', 'p4 created', 'p3 unchanged']);
  expect(all.tenant.taken.slice(calls)).toEqual([['p2'], ['p4']]);
});
test('a file in which nothing changed costs no call at all', async () => {
  const all = await nights();
  await all.drop(csvOf(person('p1'), person('p2', 'Left')));
  await all.rest();
  const calls = all.tenant.calls;
  const second = await all.drop(csvOf(person('p2', 'Left'), person('p1')));
  await all.rest();
  expect(await verdictsOf(all, second)).toEqual(['p2 unchanged', 'p1 unchanged']);
  expect(all.tenant.calls).toBe(calls);
  expect(all.run(second)).toMatchObject({ state: 'settled', batches: 0 });
});
test('a changed mapping sends everybody once more', async () => {
  const all = await nights();
  await all.drop(csvOf(person('p1')));
  await all.rest();
  const calls = all.tenant.calls;
  const changed = { mapping: { userName: 'Email', displayName: 'Id' } };
  all.pipeline.sources.put('contoso-hr', settingsOf({}, changed));
  const second = await all.drop(csvOf(person('p1')));
  await all.rest();
  expect(await verdictsOf(all, second)).toEqual(['p1 updated']);
  expect(all.tenant.calls).toBe(calls + 1);
});
test('a person whose answer was lost for good is sent again the next night', async () => {
  const all = await nights({}, { refresh: { everyDays: 366 } });
  all.tenant.nextOperations = ['well', 'entry-lost', 'entry-lost'];
  const first = await all.drop(csvOf(person('p1'), person('p2')));
  await all.rest();
  expect(await verdictsOf(all, first)).toEqual(['p1 created', 'p2 not-seen']);
  all.pass(DAY_MS);
  const calls = all.tenant.calls;
  const second = await all.drop(csvOf(person('p1'), person('p2'), person('p3')));
  await all.rest();
  expect(await verdictsOf(all, second)).toEqual(['p1 unchanged', 'p2 updated', 'p3 created']);
  // Once more as a repair: the first request may still be processed.
  expect(all.tenant.taken[calls]).toEqual(['p2', 'p3']);
  expect(new Set(all.tenant.taken.slice(calls + 1).flat())).toEqual(new Set(['p2']));
  all.pass(8 * DAY_MS);
  const third = await all.drop(csvOf(person('p3'), person('p2')));
  await all.rest();
  expect(await verdictsOf(all, third)).toEqual(['p3 unchanged', 'p2 unchanged']);
});
test('a row that fails for good is tried again after one day, then after two, then after four; a changed one at once', async () => {
  const all = await nights();
  const fates: string[] = [];
  const filler = (day: number): string => person(`day${day}`);
  for (let day = 0; day < 9; day++) {
    const calls = all.tenant.taken.length;
    all.tenant.nextOperations = Array.from({ length: 20 }, () => 'fails');
    const run = await all.drop(csvOf(filler(day), person('p1')));
    await all.rest();
    const [, fate] = await all.fates(run);
    const wasSent = all.tenant.taken.slice(calls).flat().includes('p1');
    fates.push(`${day} ${fate?.verdict} ${fate?.code ?? '-'} ${wasSent ? 'sent' : 'not sent'}`);
    all.pass(Math.ceil(all.pipeline.clock.now() / DAY_MS) * DAY_MS + 3_600_000 - all.pipeline.clock.now());
  }
  const later = 'failed tried-again-later not sent';
  const sent = 'failed InvalidPropertyValue sent';
  expect(fates.map((fate) => fate.slice(2).replace('- sent', 'InvalidPropertyValue sent'))).toEqual([
    sent,
    sent,
    later,
    sent,
    later,
    later,
    later,
    sent,
    later,
  ]);
  const calls = all.tenant.taken.length;
  await all.drop(csvOf(person('p1', 'Left')));
  await all.rest();
  expect(all.tenant.taken.slice(calls).flat()).toContain('p1');
});
test('a value that comes back while the change is on its way is sent, not taken for unchanged', async () => {
  const all = await nights();
  await all.drop(csvOf(person('p1')));
  await all.rest();
  await all.drop(csvOf(person('p1', 'Left')));
  await all.tick();
  const back = await all.drop(csvOf(person('p1'), person('p2')));
  await all.rest();
  expect(await verdictsOf(all, back)).toEqual(['p1 updated', 'p2 created']);
  expect(JSON.parse(all.tenant.directory.get('p1') ?? '')).toMatchObject({ active: true });
});
test('after 30 days everybody was sent once more, inactive people every week', async () => {
  const all = await nights();
  const file = csvOf(...Array.from({ length: 20 }, (_, i) => person(`p${i}`)), person('gone', 'Left'));
  await all.drop(file);
  await all.rest();
  const taken = all.tenant.taken.length;
  for (let day = 1; day <= 30; day++) {
    all.pass(DAY_MS - 3_600_000);
    await all.drop(`${file}${' '.repeat(day)}\n`);
    await all.rest();
  }
  const sent = all.tenant.taken.slice(taken).flat();
  const timesOf = (id: string): number => sent.filter((one) => one === id).length;
  expect(Array.from({ length: 20 }, (_, i) => timesOf(`p${i}`))).toEqual(Array.from({ length: 20 }, () => 1));
  expect(timesOf('gone')).toBeGreaterThanOrEqual(4);
  expect(timesOf('gone')).toBeLessThanOrEqual(5);
});

describe('for any files, faults and times', () => {
  const row = fc.record({
    person: fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5'),
    isActive: fc.constantFrom(true, true, true, false),
    email: fc.constantFrom('a', 'a', 'b'),
  });
  const night = fc.record({
    rows: fc.uniqueArray(row, { selector: (one) => one.person, minLength: 1, maxLength: 5 }),
    /** Ticks before the next file; many: until all is quiet. */
    ticks: fc.constantFrom(0, 1, 2, 1_000, 1_000, 1_000),
  });
  const callFate = fc.constantFrom('well', 'well', 'well', 'answer-lost', 'call-lost', 'throttled');
  const operationFate = fc.constantFrom('well', 'well', 'well', 'entry-lost', 'fails', 'fails-once', 'slow');
  const textOf = (rows: readonly { person: string; isActive: boolean; email: string }[]): string =>
    csvOf(
      ...rows.map((one) =>
        person(one.person, one.isActive ? 'Active' : 'Left', `${one.email}-${one.person}@contoso.example`),
      ),
    );

  test.each(['changes', 'full'])(
    'every row of %s files has one verdict, and of each person the directory holds the newest record that succeeded',
    async (content) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(night, { minLength: 2, maxLength: 5 }),
          fc.array(callFate, { maxLength: 12 }),
          fc.array(operationFate, { maxLength: 30 }),
          async (files, calls, operations) => {
            const all = await nights({ content });
            all.tenant.nextCalls = [...calls];
            all.tenant.nextOperations = [...operations];
            const told: { readonly run: Run; readonly rows: (typeof files)[number]['rows'] }[] = [];
            for (const { rows, ticks } of files) {
              told.push({ run: await all.drop(textOf(rows)), rows });
              if (ticks === 1_000) await all.rest();
              else for (let tick = 0; tick < ticks; tick++) await all.tick();
            }
            await all.rest();
            await expectNewest(all, told);
          },
        ),
        { numRuns: HISTORIES },
      );
    },
    120_000,
  );

  /** How many histories each case plays. */
  const HISTORIES = rounds(10);
  let unsent = 0;
  afterAll(() => expect(unsent).toBeGreaterThan(HISTORIES / 3));

  /** Newest first, the first record that succeeded is in the directory, or one after it whose fate nobody knows. */
  async function expectNewest(
    all: Nights,
    told: readonly {
      readonly run: Run;
      readonly rows: readonly { person: string; isActive: boolean; email: string }[];
    }[],
  ): Promise<void> {
    const history = new Map<
      string,
      { readonly verdict: string; readonly facts: string; readonly wasTaken: boolean }[]
    >();
    for (const { run, rows } of told) {
      const { state } = all.run(run);
      // Held as an older file again, and then replaced by a newer one: refused.
      expect(['settled', 'held', 'refused']).toContain(state);
      const fates = await all.fates(run);
      expect(fates.map(({ id }) => id)).toEqual(rows.map((one) => one.person));
      if (state !== 'settled') continue;
      fates.forEach(({ id, row, verdict }, i) => {
        const one = rows[i]!;
        const wasTaken = all.tenant.bulkIds.has(`${run.run}-${row}`);
        if (verdict === 'unchanged' && !wasTaken) unsent++;
        const facts = `${one.isActive} ${one.email}-${one.person}@contoso.example`;
        history.set(id ?? '', [{ verdict, facts, wasTaken }, ...(history.get(id ?? '') ?? [])]);
      });
    }
    for (const [id, newestFirst] of history) {
      const text = all.tenant.directory.get(id);
      const user = text === undefined ? null : (JSON.parse(text) as { active: boolean; userName: string });
      const found = user === null ? 'nothing' : `${user.active} ${user.userName}`;
      const at = newestFirst.findIndex(({ verdict }) => isSuccess(verdict as never));
      const unknown = newestFirst.slice(0, at < 0 ? undefined : at).filter(({ wasTaken }) => wasTaken);
      const allowed = [at < 0 ? 'nothing' : newestFirst[at]!.facts, ...unknown.map(({ facts }) => facts)];
      if (!allowed.includes(found)) throw new Error(`${id} is ${found}: ${JSON.stringify(newestFirst)}`);
    }
  }
});
