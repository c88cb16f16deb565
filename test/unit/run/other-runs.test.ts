// What a run must know of the others of its source: newer ones that carry the person, older deliveries that are still open.
import type { Hash64 } from '../../../shared/core/hash64';
import { loadHash64 } from '../../../shared/core/hash64';
import type { Batch } from '../../../shared/run/batch';
import type { Ledger } from '../../../shared/run/ledger';
import { lookAtOtherRuns } from '../../../shared/run/other-runs';
import { encodePeopleIndex } from '../../../shared/run/people-index';
import { PeopleIndexes } from '../../../shared/run/people-indexes';
import type { Run, RunState } from '../../../shared/run/run';
import type { RunFiles } from '../../../shared/run/run-files';
import { batchOf, rowOf } from './made-batch';

let hash: Hash64;
beforeAll(async () => {
  hash = await loadHash64();
});

interface Told {
  readonly run: string;
  readonly state: RunState;
  readonly content?: 'full' | 'changes';
  readonly people?: readonly string[];
  readonly batch?: Batch;
  /** What only a run that was once staged has. */
  readonly job?: Run['job'];
}
const job = { servicePrincipalId: 'sp', jobId: 'job' };

/** The answers about run r5, with these others beside it. */
const look = async (...told: readonly Told[]) => {
  const runs = told.map((one) => ({
    etag: '',
    value: { source: 'contoso-hr', content: 'changes', job, ...one } as unknown as Run,
  }));
  const ledger = {
    runs: {
      ofSource: (_: string, states: readonly RunState[], range: { after?: string; before?: string } = {}) =>
        Promise.resolve(
          runs.filter(
            ({ value }) =>
              states.includes(value.state) &&
              (range.after === undefined || value.run > range.after) &&
              (range.before === undefined || value.run < range.before),
          ),
        ),
    },
    batches: {
      family: (run: string) =>
        Promise.resolve(told.flatMap((one) => (one.run === run && one.batch ? [{ etag: '', value: one.batch }] : []))),
    },
  } as unknown as Ledger;
  const files = {
    readWhole: (key: { run: string }) => {
      const people = told.find((one) => one.run === key.run)?.people;
      if (people === undefined) return Promise.resolve(null);
      return Promise.resolve(encodePeopleIndex(people.map((id) => ({ idHash: hash(id), recordHash: 0n, batch: 1 }))));
    },
  } as unknown as RunFiles;
  return lookAtOtherRuns(ledger, new PeopleIndexes(files, hash), { source: 'contoso-hr', run: 'r5', sameAs: null });
};

describe('a newer run carries the person', () => {
  test.each(['staged', 'sending', 'confirming', 'settled'] as const)('when it is %s', async (state) => {
    const others = await look({ run: 'r6', state, people: ['p1'] });
    expect(await others.newerCarries('p1')).toBe(true);
    expect(await others.newerCarries('p2')).toBe(false);
  });
  test.each(['received', 'checking', 'held', 'refused'] as const)('not when it is %s', async (state) => {
    expect(await (await look({ run: 'r6', state, people: ['p1'] })).newerCarries('p1')).toBe(false);
  });
  test('a full file says something about everybody', async () => {
    expect(await (await look({ run: 'r6', state: 'staged', content: 'full', people: [] })).newerCarries('p9')).toBe(
      true,
    );
  });
  test('an older run is no newer one', async () => {
    expect(await (await look({ run: 'r4', state: 'sending', people: ['p1'] })).newerCarries('p1')).toBe(false);
  });
  test('also when it was parked after it had been staged: some of its people were sent already', async () => {
    expect(await (await look({ run: 'r6', state: 'parked', people: ['p1'] })).newerCarries('p1')).toBe(true);
  });
  test('not when it was parked before: it has sent nothing and carries nobody', async () => {
    expect(await (await look({ run: 'r6', state: 'parked', job: null })).newerCarries('p1')).toBe(false);
  });
});

describe('an older delivery is open (unknownIsOpen)', () => {
  const older = (row: Parameters<typeof rowOf>[1], state: RunState = 'sending') =>
    look({ run: 'r4', state, people: ['p1'], batch: batchOf([rowOf(1, row)]) });
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
      batch: batchOf([rowOf(1, { work: 'open', deliveries: 1 })]),
    });
    expect(await others.olderIsOpen('p1')).toBe(false);
  });
});
