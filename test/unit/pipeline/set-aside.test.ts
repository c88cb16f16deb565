// Rows that are not for the source: no call, a verdict of their own, and nothing happens to people who were sent before.
import fc from 'fast-check';
import { foldId } from '../../../shared/columns/id';
import { DAY_MS } from '../../../shared/core/clock';
import type { Finding } from '../../../shared/export/export-record';
import type { Run } from '../../../shared/run/run';
import { shownRowCounts } from '../../../shared/run/row-counts';
import { check, listOf } from './check/checked';
import { csvOf, eventsOf, person, SOURCE } from './contoso';
import type { Nights } from './nights';
import { nights } from './nights';
import { findingsOf } from '../../../shared/pipeline/check/findings';

const ELSEWHERE = 'Elsewhere';
/** People of another source have this status. */
const file = { content: 'full', except: { column: 'Status', values: [ELSEWHERE] } };
const open = (more: object = {}): Promise<Nights> => nights(file, { missingPeople: { disableAfterDays: 2 }, ...more });

async function night(world: Nights, ...lines: readonly string[]): Promise<Run> {
  const { clock } = world.pipeline;
  world.pass((Math.floor(clock.now() / DAY_MS) + 1) * DAY_MS + 8 * 3_600_000 - clock.now());
  // An exact copy of an older file would be held.
  const run = await world.drop(csvOf(...lines, person('P0', 'Active', `p0-${clock.now()}@contoso.example`)));
  await world.rest();
  return world.run(run);
}
const heldOf = (world: Nights, id: string): string | undefined => world.tenant.directory.get(foldId(id));
const summaryOf = (world: Nights, { run }: Run) =>
  JSON.parse(world.pipeline.reports.reports.get(`${SOURCE}/${run}/summary.json`) ?? '{}') as {
    readonly missing: { readonly people: number; readonly hasRowWithoutId: boolean };
    readonly findings: readonly Finding[];
    readonly skipped: number;
  };
const fatesIn = async (world: Nights, run: Run): Promise<readonly string[]> =>
  (await world.fates(run)).map(({ id, verdict, code }) => `${id ?? '-'} ${verdict} ${code ?? ''}`.trim());

test('who was sent before and is set aside keeps the account, is not missing, and is told of every night', async () => {
  const world = await open();
  await night(world, person('P1'), person('P2'));
  const before = heldOf(world, 'P2');
  for (let day = 0; day < 5; day++) {
    const { calls } = world.tenant;
    const run = await night(world, person('P1'), person('P2', ELSEWHERE), person('P3', ELSEWHERE));
    expect(world.tenant.calls).toBe(calls + 1);
    expect(run).toMatchObject({ state: 'settled', rows: 4, users: 2, rejected: 0, skipped: 2 });
    expect(await fatesIn(world, run)).toEqual([
      'P1 unchanged',
      'P2 skipped not-for-this-source',
      'P3 skipped not-for-this-source',
      'P0 updated',
    ]);
    const summary = summaryOf(world, run);
    expect(summary).toMatchObject({ skipped: 2, missing: { people: 0, hasRowWithoutId: false } });
    expect(summary.findings).toContainEqual(
      expect.objectContaining({ severity: 'warning', code: 'people-set-aside', values: { people: 1 } }),
    );
  }
  expect(heldOf(world, 'P2')).toBe(before);
  expect(heldOf(world, 'P3')).toBeUndefined();
  // A row that is for the source counts as ever.
  expect(await fatesIn(world, await night(world, person('P1'), person('P2', 'Left')))).toContain('P2 disabled');
  expect(eventsOf(world.pipeline, 'rollcall.intake.staged').at(-2)).toMatchObject({ rows: 4, users: 2, skipped: 2 });
});
test('one row that is set aside says nothing against another one of the person', async () => {
  const world = await open();
  const run = await night(world, person('P1', ELSEWHERE), person('P1'), person('P1', ELSEWHERE, 'x'));
  expect((await fatesIn(world, run)).slice(0, 3)).toEqual([
    'P1 skipped not-for-this-source',
    'P1 created',
    'P1 skipped not-for-this-source',
  ]);
  expect(summaryOf(world, run).findings.map(({ code }) => code)).not.toContain('people-set-aside');
});
test('a row without an id that is set aside is nobody of the source: who is missing is still known', async () => {
  const world = await open();
  await night(world, person('P1'), person('P2'));
  for (let day = 0; day < 3; day++) {
    const run = await night(world, person('P1'), person('', ELSEWHERE, 'x'));
    expect(summaryOf(world, run).missing.hasRowWithoutId).toBe(false);
  }
  expect(JSON.parse(heldOf(world, 'P2') ?? '{}')).toMatchObject({ active: false });
});
test('a row that waited is given up if a newer file sets its person aside', async () => {
  const world = await nights({ ...file, content: 'changes' });
  const until = new Date(world.pipeline.clock.now() + 3 * DAY_MS).toISOString().slice(0, 10);
  world.pipeline.sources.putHoldList(SOURCE, `id,until,why\nP1,${until},\n`);
  const waiting = await night(world, person('P1'), person('P2'));
  expect(await fatesIn(world, waiting)).toContain('P1 held on-hold-list');
  await night(world, person('P1', ELSEWHERE), person('P2'));
  for (let day = 0; day < 4; day++) await night(world, person('P1', ELSEWHERE), person('P2'));
  expect(await fatesIn(world, waiting)).toContain('P1 superseded newer-row-rejected');
  expect(heldOf(world, 'P1')).toBeUndefined();
});
test('a file whose rows are all set aside is settled without a call', async () => {
  const world = await nights({ ...file, content: 'changes' });
  const run = await world.drop(csvOf(person('P1', ELSEWHERE), person('P2', ELSEWHERE)));
  await world.rest();
  expect(world.tenant.calls).toBe(0);
  expect(world.run(run)).toMatchObject({ state: 'settled', rows: 2, users: 0, skipped: 2, batches: 0 });
});

test('for any file: rows are users, rejected, collapsed, superseded, skipped and held, one verdict each, and nobody else is a row', async () => {
  const line = fc.oneof(
    fc
      .record({
        id: fc.constantFrom('1', '2', '3', '01', 'X-4', ''),
        status: fc.constantFrom('Active', 'Left', ELSEWHERE, 'elsewhere ', '?'),
        mail: fc.constantFrom('a@x.example', 'b@x.example', ''),
        more: fc.constantFrom('', '', ',more'),
      })
      .map(({ id, status, mail, more }) => ({ isRow: true, text: `${id},${status},${mail}${more}` })),
    fc.constantFrom('', ',,', ' , ', '# a remark', '#"').map((text) => ({ isRow: false, text })),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 12 }),
      fc.option(fc.integer({ min: -1, max: 1 }), { nil: null }),
      async (lines, difference) => {
        const rows = lines.filter(({ isRow }) => isRow).length;
        const content = csvOf(...lines.map(({ text }) => text));
        const trailer = { trailer: { pattern: '^Total (?<rows>\\d+)$' } };
        const { checked, texts } = await check(
          difference === null ? content : `${content}Total ${Math.max(0, rows + difference)}`,
          {
            file: { ...file, ignore: ['#'], ...(difference !== null && trailer) },
            settings: { id: { column: 'Id', pattern: '\\d+' } },
            holdList: 'id,until,why\n2,2026-12-24,\n',
          },
        );
        const { rows: all, ...parts } = shownRowCounts(checked.counts, checked.peopleOnHold);
        expect(Object.values(parts).reduce((sum, one) => sum + one)).toBe(all);
        if (checked.reason !== null) {
          expect(['file-without-rows', 'trailer-differs']).toContain(checked.reason.code);
          expect(checked.reason.code === 'file-without-rows').toBe(rows === 0);
          return;
        }
        expect(all).toBe(rows);
        expect(difference === null || rows + difference === Math.max(0, rows)).toBe(true);
        const found = await listOf(findingsOf(checked, texts));
        const count = (code: string): number => found.filter((one) => one.code === code).length;
        expect(count('not-for-this-source')).toBe(parts.skipped);
        expect(count('row-collapsed')).toBe(parts.collapsed);
        expect(found.filter(({ severity }) => severity === 'reject')).toHaveLength(parts.rejected);
        const packed = [...checked.people.packed()].flatMap(({ rows }) => rows);
        expect(packed).toHaveLength(parts.users + parts.held);
      },
    ),
    { numRuns: 150 },
  );
});
