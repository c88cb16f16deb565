// Night after night with the guard: a file that would do too much is held with 0 calls; an approval lets exactly that file go.
import { reconcile } from '../../../shared/pipeline/reconcile/reconcile';
import { approveRun, refuseRun } from '../../../shared/pipeline/decide/decide-held';
import { intake } from '../../../shared/pipeline/intake/intake';
import { LONGEST_ATTEMPT_MS } from '../../../shared/run/approval';
import type { Run } from '../../../shared/run/run';
import { csvOf, eventsOf, person, settingsOf, SOURCE } from './contoso';
import type { Nights } from './nights';
import { nights, settledNights } from './nights';

const DAY_MS = 86_400_000;
const OPS = { by: 'ops@contoso.example', why: 'season begins' };
/** Everybody stays as they are unless named. */
const many = (count: number, others: Readonly<Record<string, string>> = {}): string =>
  csvOf(...Array.from({ length: count }, (_, i) => others[`p${i}`] ?? person(`p${i}`)));
/** The first `count` people, each with this line. */
const first = (count: number, line: (id: string) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, line(`p${i}`)]));
const left = (id: string): string => person(id, 'Left');

/** A source whose people are all confirmed. */
function settled(count: number, content: 'full' | 'changes' = 'full', more: object = {}): Promise<Nights> {
  // Until a full file has filled the roster, percentages say nothing.
  const counted =
    content === 'full' ? {} : { guard: { disabled: { hold: { count: 5 } }, enabled: { hold: { count: 5 } } } };
  return settledNights(content, many(count), { ...counted, ...more });
}
const trippedIn = (run: Run): readonly { limit: string; count: number; base: number; lines: readonly number[] }[] =>
  (run.reason?.values as { tripped?: readonly never[] } | undefined)?.tripped ?? [];
const limitsIn = (run: Run): readonly string[] => trippedIn(run).map(({ limit, count }) => `${limit} ${count}`);
const approve = (all: Nights, run: Run) => approveRun(all.pipeline, all.run(run), OPS);
async function dropAndSee(all: Nights, content: string): Promise<Run> {
  return all.run(await all.drop(content));
}

describe('what would hurt is held, with no call', () => {
  test.each([
    [5, 'sending'],
    [6, 'held'],
  ])('%i of 100 people who would be disabled: %s', async (leavers, state) => {
    const all = await settled(100);
    const { calls } = all.tenant;
    const run = await dropAndSee(all, many(100, first(leavers, left)));
    expect(run.state).toBe(state);
    if (state !== 'held') return;
    await all.tick();
    expect(all.tenant.calls).toBe(calls);
    expect(trippedIn(run)).toMatchObject([{ limit: 'disabled', count: 6, base: 100, lines: [2, 3, 4, 5, 6] }]);
    expect((await all.fates(run)).every(({ verdict }) => verdict === 'held')).toBe(true);
    expect(run.settledAt).toBeGreaterThan(0);
  });
  test('half an export: the people who are missing, and the rows that are', async () => {
    const all = await settled(100);
    expect(limitsIn(await dropAndSee(all, many(50)))).toEqual(['missing 50', 'rows 50']);
  });
  test('people who were missing before are not counted again', async () => {
    const all = await settled(100);
    const fewer = await all.drop(many(92));
    await all.rest();
    expect(all.run(fewer).state).toBe('settled');
    expect((await dropAndSee(all, many(84))).state).toBe('sending');
  });
  test('a person named only by a rejected row is not missing', async () => {
    const all = await settled(100);
    const rejected = first(9, (id) => person(id, 'Asleep'));
    const run = await dropAndSee(all, many(95, rejected));
    expect(limitsIn(run)).toEqual([]);
  });
  test('everybody renamed, and everybody enabled', async () => {
    const all = await settled(20);
    await all.drop(many(20, first(1, left)));
    await all.rest();
    const renamed = await dropAndSee(
      all,
      many(
        20,
        first(5, (id) => person(id, 'Active', `new-${id}@contoso.example`)),
      ),
    );
    expect(limitsIn(renamed)).toEqual(['renamed 5']);
  });
  test('a column that became empty, and one that became the same for all', async () => {
    const mapping = { userName: 'Email', displayName: 'Name', title: 'Title' };
    const file = (title: (i: number) => string, name = (i: number): string => `Name ${i}`): string =>
      `Id,Status,Email,Name,Title\n${Array.from({ length: 40 }, (_, i) => `p${i},Active,p${i}@contoso.example,${name(i)},${title(i)}\n`).join('')}`;
    const all = await nights({ content: 'full' }, { mapping, guard: { changed: false } });
    await all.drop(file((i) => (i < 10 ? 'Nurse' : i < 12 ? 'Cook' : '')));
    await all.rest();
    const emptied = await dropAndSee(
      all,
      file(() => ''),
    );
    expect(trippedIn(emptied)).toMatchObject([
      { limit: 'column', column: { quote: 'Title' }, became: 'empty', count: 12 },
    ]);
    const constant = await dropAndSee(
      all,
      file(
        (i) => (i < 10 ? 'Nurse' : i < 12 ? 'Cook' : ''),
        () => 'Erika',
      ),
    );
    expect(trippedIn(constant)).toMatchObject([
      { limit: 'column', column: { quote: 'Name' }, became: 'constant', count: 40 },
    ]);
    const other = await dropAndSee(
      all,
      file(
        (i) => (i < 10 ? 'Nurse' : i < 12 ? 'Cook' : ''),
        (i) => (i < 12 ? `New ${i}` : `Name ${i}`),
      ),
    );
    expect(limitsIn(other)).toEqual([]);
    const changed = await dropAndSee(
      all,
      file(
        (i) => (i < 10 ? 'Nurse' : i < 12 ? 'Cook' : ''),
        (i) => (i < 13 ? `Newer ${i}` : `Name ${i}`),
      ),
    );
    expect(trippedIn(changed)).toMatchObject([{ limit: 'column', became: 'changed', count: 13, base: 40 }]);
  });
  test('a file of changes may be about one thing: only a column that became empty is in doubt', async () => {
    const mapping = { userName: 'Email', title: 'Title' };
    const file = (count: number, title: (i: number) => string): string =>
      `Id,Status,Email,Title\n${Array.from({ length: count }, (_, i) => `p${i},Active,p${i}@contoso.example,${title(i)}\n`).join('')}`;
    const all = await nights({}, { mapping });
    await all.drop(file(60, (i) => `Room ${i}`));
    await all.rest();
    expect(
      limitsIn(
        await dropAndSee(
          all,
          file(30, () => ''),
        ),
      ),
    ).toEqual(['column 30']);
    expect(
      limitsIn(
        await dropAndSee(
          all,
          file(30, () => 'Room 1'),
        ),
      ),
    ).toEqual([]);
  });
  test('the guard is off on a simulator only', async () => {
    const all = await settled(100, 'full', { guard: 'off' });
    expect((await dropAndSee(all, many(100, first(50, left)))).state).toBe('sending');
    const elsewhere = { ...all.pipeline, isLoopback: false };
    const version = all.pipeline.exports.drop(`${SOURCE}/people.csv`, many(100, first(51, left)));
    await intake(elsewhere, { version: 1, blob: version.name });
    const held = (await all.pipeline.ledger.runs.ofSource(SOURCE, ['held'])).map(({ value }) => value.reason?.code);
    expect(held).toEqual(['guard-off-not-here']);
  });
  test('a first file is held where a person must look at it, and goes on a simulator', async () => {
    const all = await nights({}, { guard: { firstRun: 'hold' } });
    const run = await all.drop(many(3));
    expect(limitsIn(all.run(run))).toEqual(['firstRun 3']);
    await approve(all, run);
    await all.rest();
    expect(all.run(run)).toMatchObject({ state: 'settled', verdicts: { created: 3 } });
  });
  describe('in a roster in which most people have left over the years', () => {
    const old = (now: (i: number) => string): string =>
      csvOf(...Array.from({ length: 200 }, (_, i) => (i < 20 ? now(i) : left(`p${i}`))));
    const settledOld = (): Promise<Nights> =>
      settledNights(
        'full',
        old((i) => person(`p${i}`)),
      );
    test('half of the employees are many', async () => {
      const all = await settledOld();
      const run = await dropAndSee(
        all,
        old((i) => (i < 10 ? left(`p${i}`) : person(`p${i}`))),
      );
      expect(trippedIn(run)).toMatchObject([{ limit: 'disabled', count: 10, base: 20 }]);
    });
    test('a file without any of them is missing many', async () => {
      const all = await settledOld();
      const run = await dropAndSee(all, csvOf(...Array.from({ length: 180 }, (_, i) => left(`p${i + 20}`))));
      expect(trippedIn(run)).toMatchObject([{ limit: 'missing', count: 20, base: 20 }]);
    });
  });
  test('what is only worth a warning goes, and the report says so', async () => {
    const all = await settled(40, 'full', { guard: { disabled: { warn: { count: 1 } } } });
    const run = await all.drop(many(40, first(2, left)));
    expect(all.run(run).state).toBe('sending');
    expect(all.pipeline.files.peek(run, 'findings.json')).toContain('"guard-warned"');
  });
});

describe('an approval', () => {
  test('lets the file go: it is sent, and who said yes and why is noted', async () => {
    const all = await settled(100);
    const run = await all.drop(many(100, first(30, left)));
    expect(await approve(all, run)).toMatchObject({ kind: 'decided' });
    expect(all.run(run)).toMatchObject({
      state: 'checking',
      approvals: 1,
      approval: {
        ...OPS,
        limits: [
          { limit: 'disabled', count: 30 },
          { limit: 'changed', count: 30 },
        ].slice(0, 1),
      },
    });
    await all.rest();
    expect(all.run(run)).toMatchObject({ state: 'settled', verdicts: { disabled: 30, unchanged: 70, held: 0 } });
  });
  test('compares with what Entra holds by then: nobody is sent who is confirmed meanwhile', async () => {
    const all = await settled(100, 'changes');
    const run = await all.drop(many(100, first(30, left)));
    await all.drop(csvOf(left('p0'), left('p1'), left('p2')));
    await all.rest();
    const before = all.tenant.taken.length;
    await approve(all, run);
    await all.rest();
    const sent = all.tenant.taken.slice(before).flat();
    expect(sent).toHaveLength(27);
    expect(sent).not.toContain('p1');
  });
  test('newer rows win over an approved file of changes', async () => {
    const all = await settled(100, 'changes');
    const run = await all.drop(many(100, first(30, left)));
    await all.drop(csvOf(person('p0', 'Active', 'stays@contoso.example')));
    await all.rest();
    await approve(all, run);
    await all.rest();
    expect(JSON.parse(all.tenant.directory.get('p0') ?? '')).toMatchObject({
      active: true,
      userName: 'stays@contoso.example',
    });
    expect((await all.fates(run)).find(({ id }) => id === 'p0')?.verdict).toBe('superseded');
  });
  test('sends no row of a person whose newer row was rejected meanwhile: it may say the opposite', async () => {
    const all = await settled(100, 'changes');
    const run = await all.drop(csvOf(...Array.from({ length: 8 }, (_, i) => left(`p${i}`))));
    expect(all.run(run).state).toBe('held');
    await all.drop(csvOf(person('p0', 'Asleep'), person('p50', 'Active', 'new@contoso.example')));
    await all.rest();
    await approve(all, run);
    await all.rest();
    expect(JSON.parse(all.tenant.directory.get('p0') ?? '')).toMatchObject({ active: true });
    const [fate] = await all.fates(run);
    expect(fate).toMatchObject({ id: 'p0', verdict: 'superseded', code: 'newer-row-rejected' });
    expect(all.run(run)).toMatchObject({ state: 'settled', verdicts: { disabled: 7, superseded: 1 } });
  });
  test('does not cover more than was seen: the file is held again, and can be approved again', async () => {
    const all = await settled(100, 'changes');
    await all.drop(many(100, first(6, left)));
    await all.rest();
    const six = (await all.pipeline.ledger.runs.ofSource(SOURCE, ['held']))[0]!.value;
    await approve(all, six);
    await all.rest();
    // Six are disabled by now. The next file would enable them, and is held; meanwhile a seventh is disabled.
    const back = await all.drop(many(101));
    expect(limitsIn(all.run(back))).toEqual(['enabled 6']);
    await all.drop(csvOf(left('p6')));
    await all.rest();
    await approve(all, back);
    await all.tick();
    expect(all.run(back).state).toBe('held');
    expect(limitsIn(all.run(back))).toEqual(['enabled 7']);
    await approve(all, back);
    await all.rest();
    expect(all.run(back)).toMatchObject({ state: 'settled', approvals: 2 });
  });
  test.each(['settings', 'hold-list'] as const)(
    'is not possible once the %s changed, nor does one count that was given',
    async (what) => {
      const change = (all: Nights): void => {
        if (what === 'settings')
          all.pipeline.sources.put(
            SOURCE,
            settingsOf({ content: 'full' }, { mapping: { userName: 'Email', title: 'Status' } }),
          );
        else all.pipeline.sources.putHoldList(SOURCE, 'id,until,why\np1,2026-12-31,leave\n');
      };
      const all = await settled(100);
      const run = await all.drop(many(100, first(30, left)));
      await approve(all, run);
      change(all);
      await all.tick();
      expect(all.run(run)).toMatchObject({
        state: 'held',
        reason: { code: 'approval-void', values: { changed: what } },
      });
      const other = await settled(100);
      const late = await other.drop(many(100, first(30, left)));
      change(other);
      expect(await approve(other, late)).toEqual({ kind: 'void', changed: what });
      expect(other.run(late).state).toBe('held');
    },
  );
  test.each([
    ['only', { only: { column: 'Status', values: ['Active', 'Left'] } }],
    ['except', { except: { column: 'Email', values: ['x@contoso.example'] } }],
    ['ignore', { ignore: ['Total'] }],
    ['trailer', { trailer: { pattern: '^Total: (?<rows>\\d+)' } }],
    ['blank', { blank: ['-'] }],
    ['aliases', { aliases: { Email: ['Mail'] } }],
    ['content', { content: 'changes' }],
  ])('is not possible once file.%s says another thing about rows', async (_, file) => {
    const all = await settled(100);
    const run = await all.drop(many(100, first(30, left)));
    all.pipeline.sources.put(SOURCE, settingsOf({ content: 'full', ...file }));
    expect(await approve(all, run)).toEqual({ kind: 'void', changed: 'settings' });
  });
  test.each([
    ['unknownInactive', { unknownInactive: 'skip' }],
    ['missingPeople', { missingPeople: { disableAfterDays: 3 } }],
    ['rowsPerPerson', { rowsPerPerson: { prefer: ['active'] } }],
  ])('is not possible once %s says another thing about people', async (_, more) => {
    const all = await settled(100);
    const run = await all.drop(many(100, first(30, left)));
    all.pipeline.sources.put(SOURCE, settingsOf({ content: 'full' }, more));
    expect(await approve(all, run)).toEqual({ kind: 'void', changed: 'settings' });
  });
  test('stays possible where other files are expected, more of them, or people are sent more often', async () => {
    const all = await settled(100);
    const run = await all.drop(many(100, first(30, left)));
    const file = { content: 'full', pattern: '*.csv', maxBytes: 5_000_000 };
    all.pipeline.sources.put(SOURCE, settingsOf(file, { refresh: { everyDays: 3 }, quota: { filesPerDay: 9 } }));
    expect(await approve(all, run)).toMatchObject({ kind: 'decided' });
  });
  test('ends after seven days: intake that begins later asks again', async () => {
    const all = await settled(100);
    const run = await all.drop(many(100, first(30, left)));
    await approve(all, run);
    all.pass(7 * DAY_MS);
    await all.tick();
    expect(all.run(run)).toMatchObject({ state: 'held', reason: { code: 'guard-tripped' } });
  });
  test('waits for an attempt that may still be at work', async () => {
    const all = await settled(100);
    const run = await all.drop(many(100, first(30, left)));
    const held = all.run(run);
    all.pipeline.ledger.runs.put({ ...held, attempts: 2 });
    expect(await approve(all, run)).toEqual({ kind: 'too-early', until: held.heartbeatAt + LONGEST_ATTEMPT_MS });
    all.pass(LONGEST_ATTEMPT_MS);
    expect(await approve(all, run)).toMatchObject({ kind: 'decided' });
  });
  test('says no to a run that is not held, or held by something else', async () => {
    const all = await settled(3);
    const run = await all.drop(csvOf(person('p0')));
    expect(await approve(all, run)).toMatchObject({ kind: 'not-held' });
    const broken = await all.drop('Id,Status\np1,Active\n');
    expect(await approve(all, broken)).toMatchObject({ kind: 'not-approvable' });
  });
  test('of a run that another person has decided about since changes nothing', async () => {
    const all = await settled(100);
    const run = await all.drop(many(100, first(30, left)));
    const seen = all.run(run);
    await refuseRun(all.pipeline, seen, OPS);
    expect(await approveRun(all.pipeline, seen, OPS)).toEqual({ kind: 'not-held', state: 'refused' });
  });
  test('of an attempt before it says nothing: an old attempt can neither hold nor stage the approved run', async () => {
    const all = await settled(100);
    const run = await all.drop(many(100, first(30, left)));
    const { runs } = all.pipeline.ledger;
    runs.put({ ...all.run(run), state: 'checking' });
    let isApproved = false;
    all.pipeline.files.calls.before = ({ method, key }) => {
      if (method !== 'commit' || !key.includes('/rows-') || isApproved) return;
      isApproved = true;
      runs.put({ ...all.run(run), approvals: 1 });
    };
    await intake(all.pipeline, { version: 1, blob: run.blobName, run: run.run });
    expect(isApproved).toBe(true);
    expect(all.run(run)).toMatchObject({ state: 'checking', approvals: 1 });
  });
});

describe('the plan of a held run', () => {
  const planOf = (all: Nights, run: Run, ending: 'csv' | 'html'): string =>
    all.pipeline.reports.reports.get(`${run.source}/${run.run}/people.csv.plan.${ending}`) ?? '';
  test('says person by person what an approval would let go, with the values of today beside those of the file', async () => {
    const all = await settled(100);
    const others = { p50: person('p50', 'Active', 'new@contoso.example'), p51: person('p51', 'Asleep') };
    const run = await all.drop(many(98, { ...first(30, left), ...others }));
    const lines = planOf(all, run, 'csv').split('\r\n');
    expect(lines.find((line) => line.startsWith('1,2,p0,'))).toBe(
      '1,2,p0,p0@contoso.example,disabled,1,active,true,false,',
    );
    expect(lines.find((line) => line.includes(',p50,'))).toBe(
      '51,52,p50,new@contoso.example,changed,1,userName,p50@contoso.example,new@contoso.example,',
    );
    expect(lines.find((line) => line.includes(',p51,'))).toContain(',rejected,');
    expect(lines.find((line) => line.includes(',p52,'))).toContain(',unchanged,');
    expect(lines.find((line) => line.includes(',p99,'))).toBe(',,p99,p99@contoso.example,missing,1,,,,');
    expect(lines.filter((line) => line.includes(',missing,'))).toHaveLength(2);
    const page = planOf(all, run, 'html');
    expect(page).toContain('This file would disable 30 of 100 people');
    expect(page).toContain('(30%). The limit is 5%.');
  });
  test('shows who is skipped because nothing was ever sent of them', async () => {
    const all = await settled(100, 'full', { unknownInactive: 'skip' });
    const run = await all.drop(many(104, { ...first(30, left), p101: left('p101'), p102: left('p102') }));
    expect(limitsIn(all.run(run))).toContain('disabled 30');
    const lines = planOf(all, run, 'csv').split('\r\n');
    expect(lines.filter((line) => line.includes(',skipped,')).map((line) => line.split(',')[2])).toEqual([
      'p101',
      'p102',
    ]);
    expect(lines.filter((line) => line.includes(',new,'))).toHaveLength(2);
  });
  test('is there before the report says that the run is held, and not for another hold', async () => {
    const all = await settled(100);
    const order: string[] = [];
    all.pipeline.reports.calls.before = ({ key }) => void order.push(key.slice(key.lastIndexOf('/') + 1));
    await all.drop(many(100, first(30, left)));
    expect(order.findIndex((name) => name.endsWith('.plan.html'))).toBeLessThan(
      order.indexOf('people.csv.why-held.txt'),
    );
    const broken = await all.drop('Id,Status\np1,Active\n');
    expect(planOf(all, broken, 'html')).toBe('');
  });
});

describe('what was written about a run while it was held', () => {
  const textOf = (all: Nights, run: Run, ending: string): string =>
    all.pipeline.reports.reports.get(`${run.source}/${run.run}/people.csv.${ending}`) ?? '';
  async function held(): Promise<{ readonly all: Nights; readonly run: Run }> {
    const all = await settled(100);
    const run = await all.drop(many(100, first(30, left)));
    expect(textOf(all, run, 'plan.html')).toContain('--storage https://ACCOUNT.blob.core.windows.net');
    expect(textOf(all, run, 'why-held.txt')).toContain('was not sent');
    return { all, run };
  }
  const sayNothingOld = (all: Nights, run: Run): void => {
    expect(textOf(all, run, 'plan.html')).not.toMatch(/rollcall (approve|refuse)|It was held when|would disable/);
    expect(textOf(all, run, 'plan.csv')).toContain(',disabled,');
  };
  test('says that it was approved as soon as it goes', async () => {
    const { all, run } = await held();
    await approve(all, run);
    await all.tick();
    sayNothingOld(all, run);
    expect(textOf(all, run, 'plan.html')).toContain('This file was approved.');
    expect(textOf(all, run, 'why-held.txt')).toMatch(/^\uFEFFpeople\.csv was held, and has been approved since/);
  });
  test('says that it was refused, and by whom', async () => {
    const { all, run } = await held();
    await refuseRun(all.pipeline, all.run(run), OPS);
    sayNothingOld(all, run);
    expect(textOf(all, run, 'plan.html')).toMatch(/This file will never be sent\.[^]*ops@contoso\.example/);
    expect(textOf(all, run, 'why-held.txt')).toContain('refused it');
  });
  test('says that a newer file has taken its place', async () => {
    const { all, run } = await held();
    await all.drop(many(101));
    sayNothingOld(all, run);
    expect(textOf(all, run, 'plan.html')).toContain('a newer full file has taken its place');
  });
  test('is the plan again if an approval did not cover it', async () => {
    const { all, run } = await held();
    await approve(all, run);
    all.pass(7 * DAY_MS);
    await all.tick();
    expect(all.run(run).state).toBe('held');
    expect(textOf(all, run, 'plan.html')).toContain('rollcall approve');
  });
  test('is nothing if it was never held', async () => {
    const all = await settled(100);
    const run = await all.drop(many(101));
    await all.rest();
    expect(textOf(all, run, 'plan.html') + textOf(all, run, 'why-held.txt')).toBe('');
  });
});

describe('a held run', () => {
  test('is replaced by a newer complete file, whole', async () => {
    const all = await settled(100);
    const run = await all.drop(many(100, first(30, left)));
    const newer = await all.drop(many(100));
    expect(all.run(newer).state).toBe('sending');
    expect(all.run(run)).toMatchObject({ state: 'refused', reason: { code: 'held-replaced' } });
    expect((await all.fates(run)).every(({ verdict }) => verdict === 'held')).toBe(true);
    expect(await approve(all, run)).toMatchObject({ kind: 'not-held' });
  });
  test('is not replaced by a held file, nor by one of changes', async () => {
    const all = await settled(100, 'changes');
    const run = await all.drop(many(100, first(30, left)));
    await all.drop(csvOf(person('p99', 'Left')));
    expect(all.run(run).state).toBe('held');
    const full = await settled(100);
    const held = await full.drop(many(100, first(30, left)));
    await full.drop(many(100, first(40, left)));
    expect(full.run(held).state).toBe('held');
  });
  test('is refused by a person, and HR reads by whom and why', async () => {
    const all = await settled(100);
    const run = await all.drop(many(100, first(30, left)));
    expect(await refuseRun(all.pipeline, all.run(run), OPS)).toMatchObject({
      kind: 'decided',
      run: { state: 'refused' },
    });
    expect(all.run(run).reason).toMatchObject({
      code: 'refused-by-person',
      values: { by: { quote: OPS.by }, why: { quote: OPS.why } },
    });
  });
  test('is told of once a day after a week, and parked after thirty days', async () => {
    const all = await settled(100, 'changes');
    const run = await all.drop(many(100, first(30, left)));
    const days: number[] = [];
    for (let day = 1; day <= 31; day++) {
      all.pass(DAY_MS);
      const before = eventsOf(all.pipeline, 'rollcall.held.waiting').length;
      await reconcile(all.pipeline);
      await reconcile(all.pipeline);
      if (eventsOf(all.pipeline, 'rollcall.held.waiting').length > before) days.push(day);
      expect(eventsOf(all.pipeline, 'rollcall.held.waiting').length).toBeLessThanOrEqual(before + 1);
    }
    expect(days).toEqual(Array.from({ length: 23 }, (_, i) => i + 7));
    expect(all.run(run)).toMatchObject({ state: 'parked', reason: { code: 'held-too-long', values: { days: 30 } } });
    expect(eventsOf(all.pipeline, 'rollcall.held.parked')).toHaveLength(1);
  });
});

describe('a new mapping', () => {
  const withTitle = { mapping: { userName: 'Email', title: 'Status' } };
  test('sends everybody once more and is not held: no word of HR changed', async () => {
    const all = await settled(100);
    all.pipeline.sources.put(SOURCE, settingsOf({ content: 'full' }, withTitle));
    const before = all.tenant.taken.length;
    const run = await all.drop(many(100, { p98: left('p98'), p97: person('p97', 'Active', 'new@contoso.example') }));
    expect(all.run(run).state).toBe('sending');
    await all.rest();
    const sent = all.tenant.taken.slice(before);
    expect(sent.flat()).toHaveLength(100);
    // Leavers first, then changed people, and then everybody else.
    expect(sent.slice(0, 2)).toEqual([['p98'], ['p97']]);
  });
  test('that would disable people by mistake is held', async () => {
    const all = await settled(100);
    const turned = { active: { column: 'Status', active: ['Employed'], inactive: ['Active', 'Left'] } };
    all.pipeline.sources.put(SOURCE, settingsOf({ content: 'full' }, turned));
    expect(limitsIn(await dropAndSee(all, many(100)))).toContain('disabled 100');
  });
  test('does not hide what HR changed', async () => {
    const mapping = { userName: 'Email', displayName: 'Name' };
    const file = (name: string): string =>
      `Id,Status,Email,Name\n${Array.from({ length: 40 }, (_, i) => `p${i},Active,p${i}@contoso.example,${name} ${i}\n`).join('')}`;
    const all = await nights({ content: 'full' }, { mapping });
    await all.drop(file('Erika'));
    await all.rest();
    all.pipeline.sources.put(SOURCE, settingsOf({ content: 'full' }, { mapping: { ...mapping, title: 'Status' } }));
    expect(limitsIn(await dropAndSee(all, file('Erich')))).toEqual(['changed 40', 'column 40']);
  });
});
