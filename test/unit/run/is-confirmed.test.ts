// Whether exactly this record of a person is confirmed (*freshCompare*): only then does the same content, dropped again, cost no call.
import { VERDICTS } from '../../../shared/verdict/verdict';
import { batchOf, rowOf } from './made-batch';
import type { ToldRun } from './told-runs';
import { lookFrom, R5 } from './told-runs';

type Row = Parameters<typeof rowOf>[1];
const RECORD = 77n;
const confirmedRow: Row = { work: 'done', deliveries: 1, verdict: 'created' };

/** The run r3, whose content r5 repeats, with p1's row in it. */
const before = (row: Row = confirmedRow, more: Partial<ToldRun> = {}): ToldRun => ({
  run: 'r3',
  state: 'settled',
  people: { p1: RECORD },
  batches: [batchOf([rowOf(1, row)])],
  ...more,
});
const repeating: ToldRun = { run: 'r5', state: 'staged', people: { p1: RECORD, p2: 5n } };

const isConfirmed = async (id: string, ...told: readonly ToldRun[]): Promise<boolean> =>
  (await lookFrom({ ...R5, sameAs: 'r3' }, repeating, ...told)).isConfirmed(id);

test('the run before it has confirmed the record', async () => {
  expect(await isConfirmed('p1', before())).toBe(true);
});
test('retention has taken the run before it: who was in it is not known', async () => {
  const gone: ToldRun = { run: 'r3', state: 'settled', batches: [batchOf([rowOf(1, confirmedRow)])] };
  expect(await isConfirmed('p1', gone)).toBe(false);
});
test('a run that repeats no other has nothing to compare with', async () => {
  const others = await lookFrom(R5, repeating, before());
  expect(await others.isConfirmed('p1')).toBe(false);
});

describe('another record', () => {
  test('of the person was there', async () => {
    expect(await isConfirmed('p1', before(confirmedRow, { people: { p1: RECORD + 1n } }))).toBe(false);
  });
  test('does not exist: the person was not there', async () => {
    expect(await isConfirmed('p2', before())).toBe(false);
  });
  test('does not exist: the person is not here', async () => {
    expect(await isConfirmed('p3', before(confirmedRow, { people: { p1: RECORD, p3: 9n } }))).toBe(false);
  });
});

describe('the verdict', () => {
  const successes = ['created', 'updated', 'unchanged', 'disabled'];
  test.each(VERDICTS.map((verdict) => [verdict, successes.includes(verdict)] as const))(
    '%s: %s',
    async (verdict, is) => {
      expect(await isConfirmed('p1', before({ ...confirmedRow, verdict }))).toBe(is);
    },
  );
  test('is still to come', async () => {
    expect(await isConfirmed('p1', before({ work: 'open', deliveries: 1 }))).toBe(false);
  });
  test('has a code too: part of the record did not arrive', async () => {
    expect(await isConfirmed('p1', before({ ...confirmedRow, code: 'manager-not-found' }))).toBe(false);
  });
  test('rests on one of two deliveries, the other went unanswered', async () => {
    expect(await isConfirmed('p1', before({ ...confirmedRow, unanswered: true }))).toBe(false);
  });
  test('is in a batch that was split off', async () => {
    const split = batchOf([rowOf(1, confirmedRow)], { batch: '000001.1' });
    expect(await isConfirmed('p1', before(undefined, { batches: [batchOf([rowOf(2)]), split] }))).toBe(true);
  });
});

test('a record whose row is in no batch was never sent', async () => {
  expect(await isConfirmed('p1', before(undefined, { batches: [] }))).toBe(false);
});

describe('a run between the two', () => {
  const between = (more: Partial<ToldRun>): ToldRun => ({ run: 'r4', state: 'settled', people: ['p1'], ...more });
  test.each(['staged', 'sending', 'confirming', 'settled', 'parked'] as const)(
    'that is %s and carries the person: what it confirmed is newer',
    async (state) => expect(await isConfirmed('p1', before(), between({ state }))).toBe(false),
  );
  test('that is full says something about everybody', async () => {
    expect(await isConfirmed('p1', before(), between({ content: 'full', people: [] }))).toBe(false);
  });
  test('that carries others does not matter', async () => {
    expect(await isConfirmed('p1', before(), between({ people: ['p9'] }))).toBe(true);
  });
  test.each(['received', 'checking', 'held', 'refused'] as const)('that is %s has sent nothing', async (state) => {
    expect(await isConfirmed('p1', before(), between({ state }))).toBe(true);
  });
});

describe('an older unanswered delivery', () => {
  const older = (row: Row, more: Partial<ToldRun> = {}): ToldRun => ({
    run: 'r1',
    state: 'settled',
    people: ['p1'],
    unanswered: 1,
    batches: [batchOf([rowOf(1, row)])],
    ...more,
  });
  test('may still be processed: the newest record is sent again', async () => {
    expect(await isConfirmed('p1', before(), older({ work: 'done', deliveries: 1, unanswered: true }))).toBe(false);
  });
  test('of somebody else does not matter', async () => {
    const another = batchOf([rowOf(8, { work: 'done', deliveries: 1, unanswered: true })]);
    expect(await isConfirmed('p1', before(), older({}, { people: ['p8'], batches: [another] }))).toBe(true);
  });
  test('of a newer run does not matter: it is not older', async () => {
    const newer = older({ work: 'done', deliveries: 1, unanswered: true }, { run: 'r6' });
    expect(await isConfirmed('p1', before(), newer)).toBe(true);
  });
  test('is looked for only in runs that have any: nothing is read of the others', async () => {
    // Without its index, looking somebody up in it fails.
    const unread: ToldRun = { run: 'r1', state: 'settled', unanswered: 0 };
    expect(await isConfirmed('p1', before(), unread)).toBe(true);
    await expect(isConfirmed('p1', before(), { ...unread, unanswered: 1 })).rejects.toMatchObject({
      code: 'run-file-missing',
    });
  });
  test('an answered one does not matter', async () => {
    expect(await isConfirmed('p1', before(), older({ work: 'done', deliveries: 1, verdict: 'created' }))).toBe(true);
  });
});
