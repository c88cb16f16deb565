// Inactive people of whom nothing was ever sent: skipped if the settings say so, and nobody who may have an account of ours is.
import * as fc from 'fast-check';

import { deliver } from '../../../../shared/pipeline/deliver/deliver';
import { skipsUnknownInactive } from '../../../../shared/pipeline/read/unknown-inactive';
import { sentenceOfFate } from '../../../../shared/report/sentences';
import { dayOf } from '../../../../shared/roster/roster-entry';
import type { Run } from '../../../../shared/run/run';
import { settingsOf, SOURCE } from '../contoso';
import type { CallFate, Nights, OperationFate } from '../nights';
import { nights } from '../nights';
import { rounds } from '../../../rounds';

const DAY_MS = 86_400_000;
const SKIP = { unknownInactive: 'skip' } as const;
const BY_DATE = {
  unknownInactive: { leaveDate: { column: 'Gone', date: { format: 'yyyy-MM-dd' }, olderThanDays: 30 } },
} as const;
/** A row with a leave date; the nights begin on 2026-11-21. */
const row = (id: string, status = 'Active', gone = ''): string => `${id},${status},${id}@contoso.example,${gone}`;
const file = (...rows: readonly string[]): string => `${['Id,Status,Email,Gone', ...rows].join('\n')}\n`;
const fatesOf = async (all: Nights, run: Run): Promise<readonly string[]> =>
  (await all.fates(run)).map(({ id, verdict, code }) => `${id} ${verdict}${code === null ? '' : ` ${code}`}`);
const sentSince = (all: Nights, before: number): readonly string[] => all.tenant.taken.slice(before).flat();

describe('the rule', () => {
  const today = dayOf(Date.UTC(2026, 10, 21));
  const at = (daysAgo: number): number => Date.UTC(2026, 10, 21) - daysAgo * DAY_MS;
  test.each([
    ['send', { unknownInactive: 'send' }, true, null],
    ['send, later', { unknownInactive: 'send' }, false, null],
    ['skip, in a first run', SKIP, true, null],
  ] as const)('%s: the run has no such candidates', (_, settings, isFirst, skips) => {
    expect(skipsUnknownInactive(settings, today, isFirst)).toBe(skips);
  });
  test.each([
    ['skip, later', SKIP, false, null, true],
    ['by leave date, later', BY_DATE, false, null, true],
    ['by leave date, in a first run, 31 days ago', BY_DATE, true, at(31), true],
    ['by leave date, in a first run, 30 days ago', BY_DATE, true, at(30), false],
    ['by leave date, in a first run, in the future', BY_DATE, true, at(-400), false],
    ['by leave date, in a first run, without one', BY_DATE, true, null, false],
  ] as const)('%s', (_, settings, isFirst, leftAt, isSkipped) => {
    const skips = skipsUnknownInactive(settings, today, isFirst);
    expect(skips?.({ active: false, leftAt })).toBe(isSkipped);
    expect(skips?.({ active: true, leftAt })).toBe(false);
  });
});

test('in a first run everybody is sent whose leave date is not old enough; in the next nobody is who was never sent', async () => {
  const all = await nights({}, BY_DATE);
  const first = await all.drop(
    file(row('p1'), row('old', 'Left', '2016-01-31'), row('new', 'Left', '2026-11-20'), row('dateless', 'Left', '?')),
  );
  await all.rest();
  expect(await fatesOf(all, first)).toEqual([
    'p1 created',
    'old skipped inactive-and-unknown',
    'new created',
    'dateless created',
  ]);
  const before = all.tenant.taken.length;
  const second = await all.drop(
    file(
      row('p1'),
      row('old', 'Left', '2016-01-31'),
      row('new', 'Left', '2026-11-20'),
      row('late', 'Left', '2026-11-21'),
    ),
  );
  await all.rest();
  expect(await fatesOf(all, second)).toEqual([
    'p1 unchanged',
    'old skipped inactive-and-unknown',
    'new unchanged',
    'late skipped inactive-and-unknown',
  ]);
  expect(sentSince(all, before)).toEqual([]);
  const [, old] = await all.fates(second);
  expect(sentenceOfFate(old!)).toMatch(/^Nothing was sent: this person is inactive/);
});
test('who becomes active is sent as new, and a leaver from then on', async () => {
  const all = await nights({}, SKIP);
  await all.drop(file(row('p1')));
  await all.rest();
  const skipped = await all.drop(file(row('p2', 'Left')));
  await all.rest();
  const active = await all.drop(file(row('p2')));
  await all.rest();
  const left = await all.drop(file(row('p2', 'Left', '2026-11-21')));
  await all.rest();
  expect((await Promise.all([skipped, active, left].map((run) => fatesOf(all, run)))).flat()).toEqual([
    'p2 skipped inactive-and-unknown',
    'p2 created',
    'p2 disabled',
  ]);
});
test('a leaver whose only earlier record failed or went unanswered is known, and sent', async () => {
  const all = await nights({}, SKIP);
  all.tenant.nextOperations = ['fails', 'entry-lost', 'entry-lost'];
  await all.drop(file(row('failed'), row('lost'), row('p3')));
  await all.rest();
  const before = all.tenant.taken.length;
  await all.drop(file(row('failed', 'Left'), row('lost', 'Left'), row('never', 'Left')));
  await all.rest();
  expect(new Set(sentSince(all, before))).toEqual(new Set(['failed', 'lost']));
});
test('a leaver whose first record is on its way is sent, though the roster knows nobody yet', async () => {
  const all = await nights({}, BY_DATE);
  await all.drop(file(row('p1')));
  await all.tick();
  const left = await all.drop(file(row('p1', 'Left', '2016-01-31'), row('old', 'Left', '2016-01-31')));
  await all.rest();
  expect(await fatesOf(all, left)).toEqual(['p1 disabled', 'old skipped inactive-and-unknown']);
  expect(JSON.parse(all.tenant.directory.get('p1') ?? '')).toMatchObject({ active: false });
});
test('a leaver whose first record was confirmed after the roster was pinned is sent', async () => {
  const all = await nights({}, SKIP);
  await all.drop(file(row('p1')));
  await all.rest();
  const { files, ledger, deliveries } = all.pipeline;
  await all.drop(file(row('p2')));
  for (let next = deliveries.take(); next !== null; next = deliveries.take()) await deliver(all.pipeline, next);
  // The second attempt of the run decides after the other one has settled.
  const fault = new Error('the process dies');
  files.calls.before = ({ key }) => (key.endsWith('/decision.json') ? Promise.reject(fault) : undefined);
  await expect(all.drop(file(row('p2', 'Left')))).rejects.toBe(fault);
  files.calls.before = () => undefined;
  await all.rest();
  const runs = (await ledger.runs.ofSource(SOURCE, ['settled'])).map(({ value }) => value);
  expect(await fatesOf(all, runs.at(-1)!)).toEqual(['p2 disabled']);
});
test('a person on the hold list who is unknown and inactive is skipped, not held', async () => {
  const all = await nights({}, SKIP);
  await all.drop(file(row('p1')));
  await all.rest();
  all.pipeline.sources.putHoldList(SOURCE, 'id,until,why\np2,2026-12-31,x\n');
  const run = await all.drop(file(row('p2', 'Left')));
  await all.rest();
  expect(await fatesOf(all, run)).toEqual(['p2 skipped inactive-and-unknown']);
  expect(all.run(run).onHold).toBeNull();
});
test('a changed rule begins no new epoch: who is confirmed stays unchanged', async () => {
  const all = await nights();
  await all.drop(file(row('p1')));
  await all.rest();
  all.pipeline.sources.put(SOURCE, settingsOf({}, SKIP));
  const run = await all.drop(file(row('p1'), row('p2', 'Left')));
  await all.rest();
  expect(await fatesOf(all, run)).toEqual(['p1 unchanged', 'p2 skipped inactive-and-unknown']);
});

describe('for any files, faults and times', () => {
  const one = fc.record({
    person: fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5'),
    isActive: fc.boolean(),
    gone: fc.constantFrom('', '2016-01-31', '2016-01-31', '2026-11-20'),
  });
  const night = fc.record({
    rows: fc.uniqueArray(one, { selector: ({ person }) => person, minLength: 1, maxLength: 5 }),
    /** Ticks before the next file; many: until all is quiet. */
    ticks: fc.constantFrom(0, 0, 1, 2, 1_000),
  });
  const callFate = fc.constantFrom<CallFate>('well', 'well', 'answer-lost', 'call-lost', 'throttled');
  const operationFate = fc.constantFrom<OperationFate>('well', 'well', 'entry-lost', 'fails', 'fails-once', 'slow');
  /** How many histories each case plays. */
  const HISTORIES = rounds(12);
  let skipped = 0;
  let sentLeavers = 0;
  afterAll(() => {
    expect(skipped).toBeGreaterThan(HISTORIES / 3);
    expect(sentLeavers).toBeGreaterThan(HISTORIES / 3);
  });

  test.each([
    ['skip', SKIP],
    ['by leave date', BY_DATE],
  ] as const)(
    'nobody is skipped who is active, or to whom something may have been sent; in a first run only who left long ago (%s)',
    async (_, settings) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(night, { minLength: 1, maxLength: 5 }),
          fc.array(callFate, { maxLength: 12 }),
          fc.array(operationFate, { maxLength: 30 }),
          async (files, calls, operations) => {
            const all = await nights({}, settings);
            all.tenant.nextCalls = [...calls];
            all.tenant.nextOperations = [...operations];
            const told: {
              readonly run: Run;
              readonly rows: (typeof files)[number]['rows'];
              readonly isFirst: boolean;
            }[] = [];
            for (const { rows, ticks } of files) {
              const isFirst = (await all.pipeline.rosters.current(SOURCE)) === null;
              const text = file(...rows.map((p) => row(p.person, p.isActive ? 'Active' : 'Left', p.gone)));
              told.push({ run: await all.drop(text), rows, isFirst });
              if (ticks === 1_000) await all.rest();
              else for (let tick = 0; tick < ticks; tick++) await all.tick();
            }
            await all.rest();
            await expectKnownAreSent(all, told, settings === BY_DATE);
          },
        ),
        { numRuns: HISTORIES },
      );
    },
    120_000,
  );

  async function expectKnownAreSent(
    all: Nights,
    told: readonly {
      readonly run: Run;
      readonly rows: readonly { readonly person: string; readonly isActive: boolean; readonly gone: string }[];
      readonly isFirst: boolean;
    }[],
    byDate: boolean,
  ): Promise<void> {
    const taken = new Set<string>();
    for (const { run, rows, isFirst } of told) {
      if (all.run(run).state === 'held') continue;
      const fates = await all.fates(run);
      const now = new Set<string>();
      fates.forEach(({ id, row: number, code }, i) => {
        const { isActive, gone } = rows[i]!;
        const wasTaken = all.tenant.bulkIds.has(`${run.run}-${number}`);
        if (wasTaken) {
          now.add(id ?? '');
          if (!isActive) sentLeavers++;
        }
        if (code !== 'inactive-and-unknown') return;
        skipped++;
        const why = `${id} in run ${run.run}`;
        if (isActive) throw new Error(`${why} is active`);
        if (wasTaken) throw new Error(`${why} was sent`);
        if (taken.has(id ?? '')) throw new Error(`${why} was sent something before`);
        if (isFirst && (!byDate || gone !== '2016-01-31'))
          throw new Error(`${why} was in a first run and left '${gone}'`);
      });
      for (const id of now) taken.add(id);
    }
  }
});
