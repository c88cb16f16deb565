// `rollcall plan` without storage: against a roster file or nothing; what it writes, and what it never touches.
import { linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runPlan, type PlanOptions } from '../../../cli/plan';
import { csvOf, newFolder, rollcall, sourceText, type Ran } from './recorded-terminal';

const folder = newFolder();
afterAll(() => folder.remove());
const source = folder.put('source.json', sourceText());
const people = folder.put('people.csv', csvOf('1,Groß,gross@contoso.example,Active', '2,Li,li@contoso.example,Left'));
const out = folder.path('out');
/** The command in this process; its options are parsed by the tests of whole machines. */
async function plan(file: string, more: Partial<PlanOptions> = {}): Promise<Ran> {
  const told = { out: '', err: '' };
  const write = (to: 'out' | 'err') => (text: string) => Promise.resolve(void (told[to] += text));
  const options = { file, source, storage: null, data: null, roster: null, out, json: false, ...more };
  const exitCode = await runPlan(options, { out: write('out'), err: write('err'), isInteractive: false });
  return { exitCode, ...told };
}
const planJson = async (file: string, more: Partial<PlanOptions> = {}) => {
  const { exitCode, out: text, err } = await plan(file, { json: true, ...more });
  return { exitCode, err, told: JSON.parse(text) as Record<string, unknown> };
};

test('against nothing everybody is new, and that is said', async () => {
  const { exitCode, err, told } = await planJson(people);
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' });
  expect(told).toMatchObject({
    ...{ file: people, source: 'contoso-hr', comparedWith: 'nothing', state: 'held', known: 0, rows: 2, calls: 2 },
    ...{ counts: { new: 2 }, reason: { code: 'guard-tripped' }, held: [{ limit: 'firstRun', count: 2 }] },
  });
  expect(told['findings']).toContainEqual(expect.objectContaining({ severity: 'note', code: 'plan-against-nothing' }));
  const { out: text } = await plan(people);
  expect(text).toContain('This file would create 2 people.\nIt would be held');
  expect(text).toContain('everybody counts as new. [plan-against-nothing]');
});

test('both files are for their owner alone, also in place of an earlier plan, and nothing else is left', async () => {
  await plan(people);
  const { told } = await planJson(people);
  const written = ['people.csv.plan.csv', 'people.csv.plan.html'];
  expect(readdirSync(out).filter((name) => name.startsWith('people.csv') || name.startsWith('.'))).toEqual(written);
  for (const name of written) expect(statSync(join(out, name)).mode & 0o077).toBe(0);
  expect(told['plan']).toEqual({ csv: join(out, written[0]!), page: join(out, written[1]!) });
  expect(readFileSync(join(out, written[0]!), 'utf8')).toContain('1,2,1,Groß,new,1,');
});

test('a file that is read is never replaced, by whatever name it is reached', async () => {
  for (const link of [symlinkSync, linkSync]) {
    const own = folder.path(`linked-${link.name}`);
    mkdirSync(own);
    link(people, join(own, 'people.csv.plan.csv'));
    const before = readFileSync(people);
    const { exitCode, out: text } = await plan(people, { out: own });
    expect(exitCode).toBe(2);
    expect(text).toMatch(/: there is no plan\.\n.*it is the file that is read\. \[file-not-writable\]/);
    expect(readFileSync(people)).toEqual(before);
  }
});

test.each([
  ['a damaged file', csvOf('1,"Groß,a@contoso.example,Active'), 'file-truncated'],
  ['an empty file', '', 'file-empty'],
])('%s is held as intake would hold it, and there is no plan', async (name, text, code) => {
  const file = folder.put(`${name.replaceAll(' ', '-')}.csv`, text);
  const { exitCode, told } = await planJson(file);
  expect(exitCode).toBe(2);
  expect(told).toMatchObject({ state: 'held', reason: { code }, counts: null, plan: null });
  expect(readdirSync(out).some((written) => written.startsWith(name.replaceAll(' ', '-')))).toBe(false);
  expect((await plan(file)).out).toMatch(/: HELD, nothing of it would be sent\. There is no plan\.\n {2}.*\.( .*)? \[/);
});

test('a manifest that differs, a broken hold list, a name that is not expected: as `rollcall check` tells them', async () => {
  const manifest = folder.put('with-manifest.csv', csvOf('1,Groß,gross@contoso.example,Active'));
  folder.put('with-manifest.csv.manifest.json', '{"rows": 2}');
  expect((await planJson(manifest)).told).toMatchObject({ state: 'held', reason: { code: 'manifest-differs' } });
  const text = folder.put('people.txt', csvOf('1,Groß,gross@contoso.example,Active'));
  const { told } = await planJson(text);
  expect(told['findings']).toContainEqual(expect.objectContaining({ severity: 'warning', code: 'file-not-expected' }));
  const own = folder.path('held');
  mkdirSync(own);
  const listed = folder.put('held/source.json', sourceText());
  folder.put('held/hold.csv', 'id;until\n');
  const held = await planJson(people, { source: listed });
  expect(held.exitCode).toBe(2);
  expect(held.told).toMatchObject({ reason: { code: 'hold-list-broken' }, plan: null });
});

test('a roster that is none, a name without storage, two places at once', async () => {
  const unusable = await planJson(people, { roster: people });
  expect(unusable.exitCode).toBe(2);
  expect(unusable.told).toMatchObject({ state: 'held', reason: { code: 'plan-roster-unusable' } });
  expect(await plan(people, { source: 'contoso-hr' })).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('[storage-not-named]') as string,
  });
  const twice = await rollcall('plan', people, '--source', source, '--roster', people, '--data', '.');
  expect(twice).toMatchObject({ exitCode: 2, err: expect.stringContaining('takes the place of') as string });
});
