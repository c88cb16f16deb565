// Rows whose first or last day decides: who waits for a first day is not sent, whatever else is known; and a run reads one day, however often it begins.
import fc from 'fast-check';
import { acceptedUsers } from '../../../../shared/pipeline/check/findings';
import { sentenceOfFate } from '../../../../shared/report/sentences';
import { DAY_MS } from '../../../../shared/core/clock';
import { readPinnedRoster } from '../../../../shared/run/pinned-roster';
import type { Run } from '../../../../shared/run/run';
import { rounds } from '../../../rounds';
import { check, listOf } from '../check/checked';
import { SOURCE } from '../contoso';
import type { CallFate, Nights, OperationFate } from '../nights';
import { nights } from '../nights';

const date = { format: 'yyyy-MM-dd', zone: 'Europe/Berlin' };
/** The nights begin on 2026-11-21. */
const DAYS = {
  active: {
    ...{ column: 'Status', active: ['Active'], inactive: ['Left'] },
    from: { column: 'First', date, before: 'not-yet', daysBefore: 2, blank: 'active' },
    until: { column: 'Last', date, blank: 'active' },
  },
};
const row = (id: string, first = '', last = '', status = 'Active'): string =>
  `${id},${status},${id}@contoso.example,${first},${last}`;
const file = (...rows: readonly string[]): string => `${['Id,Status,Email,First,Last', ...rows].join('\n')}\n`;
const fatesOf = async (all: Nights, run: Run): Promise<readonly string[]> =>
  (await all.fates(run)).map(({ id, verdict, code, turnedOn }) =>
    [id, verdict, ...(code === null ? [] : [code]), ...(turnedOn ? ['turned-on'] : [])].join(' '),
  );
/** Drops a file and waits until it has its verdicts. */
async function night(all: Nights, ...rows: readonly string[]): Promise<readonly string[]> {
  const run = await all.drop(file(...rows));
  await all.rest();
  return fatesOf(all, run);
}
const isActive = (all: Nights, id: string): unknown =>
  (JSON.parse(all.tenant.directory.get(id) ?? '{}') as { active?: unknown }).active;

test('who waits is not sent until the day comes, and then as anybody', async () => {
  const all = await nights({}, DAYS);
  const rows = [row('p1'), row('p2', '2026-11-30')];
  const run = await all.drop(file(...rows));
  await all.rest();
  expect(await fatesOf(all, run)).toEqual(['p1 created', 'p2 skipped not-yet']);
  expect(sentenceOfFate((await all.fates(run))[1]!)).toBe(
    "Nothing was sent yet: this person's first day is still to come. The row goes from 2026-11-28 on.",
  );
  expect(all.run(run)).toMatchObject({ rows: 2, users: 2, verdicts: { created: 1, skipped: 1 } });
  all.pass(6 * DAY_MS);
  expect(await night(all, ...rows)).toEqual(['p1 unchanged', 'p2 skipped not-yet']);
  expect(all.tenant.taken.flat()).toEqual(['p1']);
  all.pass(DAY_MS);
  expect(await night(all, ...rows)).toEqual(['p1 unchanged', 'p2 created']);
});

test('somebody who is known and waits again keeps the account as it is, and is not missing', async () => {
  const all = await nights({ content: 'full' }, DAYS);
  await night(all, row('p1'), row('p2'));
  all.pass(DAY_MS);
  expect(await night(all, row('p1', '2027-05-01'), row('p2'))).toEqual(['p1 skipped not-yet', 'p2 unchanged']);
  expect([all.tenant.taken.length, isActive(all, 'p1')]).toEqual([1, true]);
  all.pass(DAY_MS);
  expect(await night(all, row('p1'), row('p2'), row('p3'))).toEqual(['p1 unchanged', 'p2 unchanged', 'p3 created']);
});

test('an inactive word goes at once, also of somebody whose first day is to come', async () => {
  const all = await nights({}, DAYS);
  await night(all, row('p1'));
  expect(await night(all, row('p1', '2027-05-01', '', 'Left'))).toEqual(['p1 disabled']);
});

test('what is on its way of somebody who waits now is not followed by the record of a later day', async () => {
  const all = await nights({}, DAYS);
  all.tenant.nextOperations = ['slow', 'entry-lost'];
  await all.drop(file(row('p1'), row('p2'), row('p3')));
  await all.tick();
  const run = await all.drop(file(row('p1', '2027-05-01'), row('p2', '2027-05-01'), row('p4', '2027-05-01')));
  await all.rest();
  expect(await fatesOf(all, run)).toEqual(['p1 skipped not-yet', 'p2 skipped not-yet', 'p4 skipped not-yet']);
  expect(all.tenant.taken.flat().sort()).toEqual(['p1', 'p2', 'p3']);
});

test('with the same file the day comes: the last day disables, and is HR’s word', async () => {
  const all = await nights({}, DAYS);
  expect(await night(all, row('p1', '', '2026-11-23'), row('p2'))).toEqual(['p1 created', 'p2 created']);
  all.pass(DAY_MS);
  expect(await night(all, row('p1', '', '2026-11-23'), row('p2'))).toEqual(['p1 unchanged', 'p2 unchanged']);
  all.pass(3 * DAY_MS);
  expect(await night(all, row('p1', '', '2026-11-23'), row('p2'))).toEqual(['p1 disabled', 'p2 unchanged']);
  // The day was moved: HR's word has changed, so nobody is told that somebody turned the account on.
  expect(await night(all, row('p1', '', '2027-06-30'), row('p2'))).toEqual(['p1 updated', 'p2 unchanged']);
  expect(isActive(all, 'p1')).toBe(true);
});

test('an attempt that comes days later reads the day of the first one', async () => {
  const all = await nights({}, DAYS);
  const { files, ledger } = all.pipeline;
  const fault = new Error('the process dies');
  files.calls.before = ({ method, key }) =>
    method === 'commit' && key.endsWith('/users.jsonl') ? Promise.reject(fault) : undefined;
  const rows = [row('p1', '2026-11-25'), row('p2', '', '2026-11-22'), row('p3')];
  await expect(all.drop(file(...rows))).rejects.toBe(fault);
  files.calls.before = () => undefined;
  all.pass(3 * DAY_MS);
  await all.rest();
  const [run] = (await ledger.runs.ofSource(SOURCE, ['settled'])).map(({ value }) => value);
  expect(run?.attempts).toBeGreaterThan(1);
  expect(await fatesOf(all, run!)).toEqual(['p1 skipped not-yet', 'p2 created', 'p3 created']);
  expect(isActive(all, 'p2')).toBe(true);
  expect(await night(all, ...rows)).toEqual(['p1 created', 'p2 disabled', 'p3 unchanged']);
});

test('a check shows the file of today, or of another day, and counts who waits', async () => {
  const content = file(row('p1', '2026-11-30'), row('p2', '', '2026-11-21'), row('p3'));
  const usersOn = async (more: object) => {
    const { checked, texts } = await check(content, { settings: DAYS, ...more });
    const users = (await listOf(acceptedUsers(checked, texts))).map(
      (text) => JSON.parse(text) as { externalId: string; active: boolean },
    );
    return {
      users: users.map(({ externalId, active }) => `${externalId} ${active}`),
      waiting: checked.findings.filter(({ code }) => code === 'people-not-yet').map(({ values }) => values),
      counts: checked.counts,
    };
  };
  const counts = { rows: 3, users: 3, rejected: 0, collapsed: 0, superseded: 0, skipped: 0 };
  expect(await usersOn({})).toEqual({ users: ['p2 true', 'p3 true'], waiting: [{ people: 1 }], counts });
  expect(await usersOn({ date: '2026-11-22' })).toMatchObject({
    users: ['p2 false', 'p3 true'],
    waiting: [{ people: 1 }],
  });
  expect(await usersOn({ date: '2026-11-28' })).toMatchObject({
    users: ['p1 true', 'p2 false', 'p3 true'],
    waiting: [],
  });
});

describe('for any days, faults and times', () => {
  const person = fc.record({
    id: fc.constantFrom('p1', 'p2', 'p3', 'p4'),
    first: fc.constantFrom('', '2026-11-20', '2026-11-23', '2026-11-25', '2027-01-01'),
    last: fc.constantFrom('', '', '2026-11-24', '2030-01-01'),
    status: fc.constantFrom('Active', 'Active', 'Left'),
  });
  const oneNight = fc.record({
    rows: fc.uniqueArray(person, { selector: ({ id }) => id, minLength: 1 }),
    hours: fc.constantFrom(0, 15, 24, 40),
    /** Ticks before the next file; many: until all is quiet. */
    ticks: fc.constantFrom(0, 1, 1_000),
  });
  const callFate = fc.constantFrom<CallFate>('well', 'well', 'answer-lost', 'call-lost', 'throttled');
  const operationFate = fc.constantFrom<OperationFate>('well', 'well', 'entry-lost', 'fails', 'fails-once', 'slow');
  const dayInBerlin = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: 'Europe/Berlin', year: 'numeric', month: '2-digit', day: '2-digit' },
  });
  const twoDaysBefore = (day: string): string => new Date(Date.parse(day) - 2 * DAY_MS).toISOString().slice(0, 10);

  test('who waits by the day of the run is never sent, and nobody else waits', async () => {
    let waiting = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(oneNight, { minLength: 1, maxLength: 4 }),
        fc.array(callFate, { maxLength: 8 }),
        fc.array(operationFate, { maxLength: 16 }),
        async (told, calls, operations) => {
          const all = await nights({}, DAYS);
          all.tenant.nextCalls = [...calls];
          all.tenant.nextOperations = [...operations];
          const runs: Run[] = [];
          for (const { rows, hours, ticks } of told) {
            runs.push(await all.drop(file(...rows.map(({ id, first, last, status }) => row(id, first, last, status)))));
            if (ticks === 1_000) await all.rest();
            else for (let tick = 0; tick < ticks; tick++) await all.tick();
            all.pass((hours * DAY_MS) / 24);
          }
          await all.rest();
          for (const [at, { rows }] of told.entries()) {
            const run = all.run(runs[at]!);
            if (run.state === 'held') continue;
            const today = dayInBerlin.format((await readPinnedRoster(all.pipeline.files, run))!.at);
            const fates = await all.fates(run);
            expect(fates).toHaveLength(rows.length);
            fates.forEach(({ code, row: number }, i) => {
              const { first, last, status } = rows[i]!;
              const hasLeft = status === 'Left' || (last !== '' && last < today);
              const isCrossed = first !== '' && last !== '' && last < first;
              const waits = first !== '' && today < twoDaysBefore(first) && !hasLeft && !isCrossed;
              expect([code === 'not-yet', waits && all.tenant.bulkIds.has(`${run.run}-${number}`)]).toEqual([
                waits,
                false,
              ]);
              if (waits) waiting++;
            });
          }
        },
      ),
      { numRuns: rounds(12) },
    );
    expect(waiting).toBeGreaterThan(rounds(12) / 3);
  }, 120_000);
});
