// What a run must know about the other runs of its source: newer ones that carry the person, older deliveries that are still open.
import { newestFirst } from '../../../shared/run/other-runs';
import type { Run, RunState } from '../../../shared/run/run';
import { batchOf, rowOf } from './made-batch';
import type { ToldRun } from './told-runs';
import { lookFrom, R5 } from './told-runs';

/** The answers about run r5, given these other runs. */
const look = (...told: readonly ToldRun[]) => lookFrom(R5, ...told);

describe('a newer run carries the person', () => {
  test.each(['staged', 'sending', 'confirming', 'settled'] as const)('when it is %s', async (state) => {
    const others = await look({ run: 'r6', state, people: ['p1'] });
    expect(await others.newerCarries('p1', false)).toBe(true);
    expect(await others.newerCarries('p2', false)).toBe(false);
  });
  test.each(['received', 'checking', 'held', 'refused'] as const)('not when it is %s', async (state) => {
    expect(await (await look({ run: 'r6', state, people: ['p1'] })).newerCarries('p1', false)).toBe(false);
  });
  test('a full file says something about everybody', async () => {
    expect(
      await (await look({ run: 'r6', state: 'staged', content: 'full', people: [] })).newerCarries('p9', false),
    ).toBe(true);
  });
  test('a full file does not replace the last word about a person; a row of the person does', async () => {
    for (const content of ['full', 'changes'] as const) {
      const others = await look({ run: 'r6', state: 'staged', content, people: ['p1'] });
      expect(await others.newerCarries('p9', true)).toBe(false);
      expect(await others.newerCarries('p1', true)).toBe(true);
    }
  });
  test('an older run does not count as newer', async () => {
    expect(await (await look({ run: 'r4', state: 'sending', people: ['p1'] })).newerCarries('p1', false)).toBe(false);
  });
  test('even when it was parked after it had been staged: some of its people were sent already', async () => {
    expect(await (await look({ run: 'r6', state: 'parked', people: ['p1'] })).newerCarries('p1', false)).toBe(true);
  });
  test('not when it was parked before: it has sent nothing and carries no person', async () => {
    expect(await (await look({ run: 'r6', state: 'parked', job: null })).newerCarries('p1', false)).toBe(false);
  });
});

describe('an older delivery is open (unknownIsOpen)', () => {
  const older = (row: Parameters<typeof rowOf>[1], state: RunState = 'sending') =>
    look({ run: 'r4', state, people: ['p1'], batches: [batchOf([rowOf(1, row)])] });
  test.each([
    ['sent', { work: 'open', deliveries: 1 }],
    ['without an answer, to be sent again', { work: 'todo', deliveries: 1, unknowns: 1 }],
  ] as const)('%s', async (_, row) => {
    expect(await (await older(row)).olderIsOpen('p1')).toBe(true);
  });
  test.each([
    ['never sent', { work: 'todo' }],
    ['decided', { work: 'done', deliveries: 1, verdict: 'created' }],
  ] as const)('not one that is %s', async (_, row) => {
    expect(await (await older(row)).olderIsOpen('p1')).toBe(false);
  });
  test('of another person does not matter', async () => {
    expect(await (await older({ work: 'open', deliveries: 1 })).olderIsOpen('p2')).toBe(false);
  });
  test('of a newer run does not matter', async () => {
    const others = await look({
      run: 'r6',
      state: 'sending',
      people: ['p1'],
      batches: [batchOf([rowOf(1, { work: 'open', deliveries: 1 })])],
    });
    expect(await others.olderIsOpen('p1')).toBe(false);
  });
});

test('runs are told newest first, and the list that was given stays as it is', () => {
  const given = ['r2', 'r5', 'r1', 'r4', 'r3'].map((run) => ({ run }) as Run);
  expect(newestFirst(given).map(({ run }) => run)).toEqual(['r5', 'r4', 'r3', 'r2', 'r1']);
  expect(given.map(({ run }) => run)).toEqual(['r2', 'r5', 'r1', 'r4', 'r3']);
});
