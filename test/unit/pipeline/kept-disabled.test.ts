// Nobody whom a file, a rule or a hold keeps disabled is enabled by us without a changed word of HR: no request says active of a person whose
// newest row says inactive, and none carries a row that the hold list keeps back.
import * as fc from 'fast-check';

import type { Run } from '../../../shared/run/run';
import { csvOf, person, SOURCE } from './contoso';
import { sentIn } from './hold-world';
import type { CallFate, OperationFate } from './nights';
import { nights } from './nights';
import { rounds } from '../../rounds';

const PEOPLE = ['p1', 'p2', 'p3', 'p4'] as const;

const row = fc.record({
  person: fc.constantFrom(...PEOPLE),
  isActive: fc.boolean(),
  email: fc.constantFrom('a', 'b', 'c', 'd'),
});
const night = fc.record({
  rows: fc.uniqueArray(row, { selector: (one) => one.person, minLength: 1, maxLength: 4 }),
  onHold: fc.subarray([...PEOPLE], { maxLength: 2 }),
  ticks: fc.constantFrom(0, 1, 2, 1_000),
});
const callFate = fc.constantFrom<CallFate>('well', 'well', 'answer-lost', 'call-lost', 'throttled');
const operationFate = fc.constantFrom<OperationFate>('well', 'well', 'entry-lost', 'fails-once', 'slow');

/** How many histories each case plays. */
const HISTORIES = rounds(12);

let enabled = 0;
let wentAfterHold = 0;
afterAll(() => {
  expect(enabled).toBeGreaterThan(HISTORIES / 4);
  expect(wentAfterHold).toBeGreaterThan(HISTORIES / 16);
});

test.each([
  ['changes', 'send'],
  ['full', 'skip'],
])(
  'for any %s files, holds, faults and times (unknown inactive people: %s)',
  async (content, unknownInactive) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(night, { minLength: 2, maxLength: 5 }),
        fc.array(callFate, { maxLength: 12 }),
        fc.array(operationFate, { maxLength: 20 }),
        async (files, calls, operations) => {
          const all = await nights({ content }, { unknownInactive });
          all.tenant.nextCalls = [...calls];
          all.tenant.nextOperations = [...operations];
          const word = new Map<string, boolean>();
          const lastSent = new Map<string, boolean>();
          const heldInRun = new Set<string>();
          let list: readonly string[] = [];
          let seen = 0;
          const check = (): void => {
            for (const { id, active, run } of sentIn(all.pipeline.graph.posts.slice(seen))) {
              if (active && word.get(id) === false) throw new Error(`${id} is to be enabled; HR says inactive`);
              if (heldInRun.has(`${run} ${id}`)) {
                if (list.includes(id)) throw new Error(`${id} is sent in ${run}, and on hold`);
                wentAfterHold++;
              }
              if (active && lastSent.get(id) === false) enabled++;
              lastSent.set(id, active);
            }
            seen = all.pipeline.graph.posts.length;
          };
          const tick = async (times: number): Promise<void> => {
            if (times === 1_000) await all.rest();
            else for (let i = 0; i < times; i++) await all.tick();
            check();
            // Once the sweep has ended a hold, a new entry counts for files that arrive after it: retries go on.
            if (times > 0)
              for (const key of heldInRun) if (!list.includes(key.split(' ')[1] ?? '')) heldInRun.delete(key);
          };
          for (const { rows, onHold, ticks } of files) {
            list = onHold;
            const lines = onHold.map((id) => `${id},2027-12-31,x\n`).join('');
            all.pipeline.sources.putHoldList(SOURCE, `id,until,why\n${lines}`);
            const text = csvOf(
              ...rows.map((one) =>
                person(one.person, one.isActive ? 'Active' : 'Left', `${one.email}-${one.person}@contoso.example`),
              ),
            );
            const run: Run = await all.drop(text);
            if (all.run(run).state !== 'held')
              for (const one of rows) {
                word.set(one.person, one.isActive);
                if (onHold.includes(one.person)) heldInRun.add(`${run.run} ${one.person}`);
              }
            check();
            await tick(ticks);
          }
          list = [];
          all.pipeline.sources.putHoldList(SOURCE, null);
          await tick(2);
          await tick(1_000);
        },
      ),
      { numRuns: HISTORIES },
    );
  },
  120_000,
);
