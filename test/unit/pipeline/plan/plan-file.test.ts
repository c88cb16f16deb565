// The plan of a file that is only looked at says what intake does when the file is dropped a moment later.
import fc from 'fast-check';
import { compareWithSource, NOTHING_KNOWN } from '../../../../shared/pipeline/plan/compare-with-source';
import { planFile, type FileToLookAt, type PlanOfFile } from '../../../../shared/pipeline/plan/plan-file';
import { parseSourceSettings, type SourceSettings } from '../../../../shared/source/source-settings';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { csvOf, person, settingsOf, SOURCE } from '../contoso';
import type { Nights } from '../nights';
import { nights } from '../nights';

const DAY_MS = 86_400_000;

function parsed(more: object = {}): SourceSettings {
  const found = parseSourceSettings(JSON.stringify(settingsOf({ content: 'full' }, more)), SOURCE);
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.settings;
}

const fileOf = (content: string, more: Partial<FileToLookAt> = {}): FileToLookAt => ({
  ...{ name: 'people.csv', bytes: Buffer.byteLength(content), manifest: undefined, settings: parsed(), holdList: null },
  // eslint-disable-next-line @typescript-eslint/require-await -- a stream of one part
  read: async function* () {
    yield Buffer.from(content);
  },
  ...more,
});

interface Looked extends PlanOfFile {
  readonly csv: string;
}

async function look(pipeline: MemoryPipeline, file: FileToLookAt): Promise<Looked> {
  let csv = '';
  const compared = await compareWithSource(pipeline, SOURCE);
  const at = { now: pipeline.clock.now(), isLoopback: pipeline.isLoopback, callsPerDay: pipeline.callsPerDay };
  const told = await planFile(pipeline.hash, file, compared, at, {
    append: (text) => Promise.resolve(void (csv += text)),
  });
  return { ...told, csv };
}

/** A source whose people p0, p1 … are confirmed. */
async function confirmed(count: number): Promise<Nights> {
  const all = await nights({ content: 'full' });
  await all.drop(csvOf(...Array.from({ length: count }, (_, i) => person(`p${i}`))));
  await all.rest();
  all.pass(DAY_MS / 2);
  return all;
}

test('for all files: the same limits with the same numbers, the same people, and as many calls', async () => {
  const PEOPLE = 40;
  const row = fc.record({
    id: fc.integer({ min: 0, max: PEOPLE + 25 }),
    status: fc.oneof(
      { weight: 12, arbitrary: fc.constant('Active') },
      { weight: 1, arbitrary: fc.constant('Left') },
      { weight: 1, arbitrary: fc.constant('a word nobody knows') },
    ),
  });
  const files = fc.uniqueArray(row, { selector: ({ id }) => id, minLength: 1, maxLength: 70, size: 'max' });
  let heldOnes = 0;
  let sentOnes = 0;
  await fc.assert(
    fc.asyncProperty(files, fc.integer({ min: 0, max: 8 }), async (rows, leavers) => {
      // Half of the files are whole, so that some are sent.
      const whole = Array.from({ length: PEOPLE }, (_, i) => person(`p${i}`, i < leavers ? 'Left' : 'Active'));
      const content =
        leavers % 2 === 0 ? csvOf(...whole) : csvOf(...rows.map(({ id, status }) => person(`p${id}`, status)));
      const all = await confirmed(PEOPLE);
      const looked = await look(all.pipeline, fileOf(content));
      const calls = all.tenant.calls;
      const run = all.run(await all.drop(content));
      const tripped = (run.reason?.values as { tripped?: unknown } | undefined)?.tripped ?? [];
      expect(looked.planned.decision.hold).toEqual(tripped);
      if (run.state === 'held') {
        heldOnes++;
        expect(all.pipeline.reports.reports.get(`${run.source}/${run.run}/people.csv.plan.csv`)).toBe(looked.csv);
        return;
      }
      sentOnes++;
      await all.rest();
      expect(all.tenant.calls - calls).toBe(looked.planned.calls);
      const { created = 0, disabled = 0, unchanged = 0, rejected = 0 } = all.run(run).verdicts ?? {};
      expect(looked.planned.counts).toMatchObject({ new: created, disabled, unchanged, rejected });
    }),
    { numRuns: 14 },
  );
  expect(Math.min(heldOnes, sentOnes)).toBeGreaterThan(0);
});

test('who waits for a first day is told with the day, and no call is made', async () => {
  const date = { format: 'yyyy-MM-dd', zone: 'Europe/Berlin' };
  const active = { from: { column: 'First', date, before: 'not-yet' } };
  const { pipeline } = await nights({ content: 'full' });
  const content = 'Id,Email,First\np1,p1@contoso.example,2027-01-01\np2,p2@contoso.example,2020-01-01\n';
  const { planned, csv } = await look(pipeline, fileOf(content, { settings: parsed({ active }) }));
  expect(planned).toMatchObject({ rows: 2, calls: 1, counts: { new: 1, skipped: 1 } });
  expect(csv).toContain('The first day is still to come: the row goes from 2027-01-01 on.');
});

test('of several rows of a person the one that counts is told, and who is skipped for a sign-in name', async () => {
  const { pipeline } = await nights({ content: 'full' });
  const content = csvOf(
    person('p1', 'Left', 'old@contoso.example'),
    person('p1'),
    person('p2', 'Left', 'p3@contoso.example'),
    person('p3'),
  );
  const settings = parsed({ rowsPerPerson: { prefer: ['active'] } });
  const { planned, csv } = await look(pipeline, fileOf(content, { settings }));
  expect(planned).toMatchObject({ rows: 4, calls: 1, superseded: 1, counts: { new: 2, skipped: 1, rejected: 0 } });
  expect(csv).not.toContain('old@contoso.example');
  expect(csv).toContain('Nothing was sent: this person is inactive');
});

test('an earlier file that has not settled is told: its people are not confirmed yet', async () => {
  const all = await confirmed(3);
  expect((await compareWithSource(all.pipeline, SOURCE)).unsettled).toBe(0);
  await all.drop(csvOf(person('p0'), person('p1'), person('new')));
  expect((await compareWithSource(all.pipeline, SOURCE)).unsettled).toBe(1);
});

test('a roster that is replaced and deleted while it is looked at is looked at again', async () => {
  const all = await confirmed(3);
  const { rosters } = all.pipeline;
  let isFirst = true;
  const moving = {
    current: (source: string) => rosters.current(source),
    keptRecords: (source: string) => rosters.keptRecords(source),
    read: async (pin: Parameters<typeof rosters.read>[0]) => {
      if (isFirst) {
        isFirst = false;
        await all.drop(csvOf(person('p0'), person('p1'), person('p2'), person('p3')));
        await all.rest();
        const { value } = (await rosters.current(SOURCE))!;
        await rosters.removeBefore(SOURCE, value, value);
      }
      return rosters.read(pin);
    },
  };
  expect((await compareWithSource({ ...all.pipeline, rosters: moving }, SOURCE)).roster?.size).toBe(4);
});

test.each([
  ['a manifest that differs', { manifest: { rows: 2 } }, 'manifest-differs'],
  ['a hold list with a mistake', { holdList: Buffer.from('who,when\n') }, 'hold-list-broken'],
  ['a guard that is switched off', { settings: parsed({ guard: 'off' }) }, 'guard-off-not-here'],
  [
    'a required manifest that is missing',
    { settings: { ...parsed(), file: { ...parsed().file, manifest: 'required' } } },
    'manifest-invalid',
  ],
] as const)('%s holds the file before there is a plan', async (_, more, code) => {
  const { pipeline } = await nights({ content: 'full' });
  const file = fileOf(csvOf(person('p0')), more);
  const at = { now: pipeline.clock.now(), isLoopback: false, callsPerDay: 2_000 };
  await expect(
    planFile(pipeline.hash, file, NOTHING_KNOWN, at, { append: () => Promise.resolve() }),
  ).rejects.toMatchObject({ code });
});
