// A file that would do too much, on a whole machine: `rollcall plan` says so before it is dropped, the guard holds it with the same numbers, and a
// person lets it go or ends it. Each command is a process of its own; the one that only looks has rights to read and no others.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putSource } from '../../../local/drop-files';
import type { Machine } from '../../../local/machine';
import { startMachine } from '../../../local/machine';
import { hasEnded } from '../../../local/watch-runs';
import { STORAGE_NAMES } from '../../../shared/storage/azure-storage';
import { accountOf } from '../../shared-storage';
import { APP_DIR, dropAndWait, readReport, runOf, runsOf, until } from '../machine-under-test';
import { sourceText } from '../random-exports';
import { readOnlyString, rollcall, type Ran } from './rollcall-process';

jest.setTimeout(240_000);

const SOURCE = 'contoso-hr';
const PEOPLE = 30;
const LEFT = 20;
const HEADER = 'EmployeeID,Status,Email,FirstName,LastName,Title,Dept';

/** The first `left` people have left. */
const fileWith = (left: number): string =>
  [
    HEADER,
    ...Array.from(
      { length: PEOPLE },
      (_, n) => `p${n},${n < left ? 'Left' : 'Active'},p${n}@a.example,F,L${n},Clerk,IT`,
    ),
    '',
  ].join('\r\n');

let machine: Machine;
let folder: string;
const connection = accountOf('held');
const path = (name: string): string => join(folder, name);
const may = (rights: 'read' | 'all') => ({
  ROLLCALL_STORAGE: rights === 'all' ? connection : readOnlyString(connection),
});
const plan = (out: string, ...args: readonly string[]): Promise<Ran> =>
  rollcall(['plan', path('people.csv'), '--source', SOURCE, '--out', path(out), ...args], may('read'));
const json = (ran: Ran): Record<string, unknown> => JSON.parse(ran.out) as Record<string, unknown>;

/** Everything in storage but queues, which move by themselves. */
async function stored(): Promise<readonly string[]> {
  const names: string[] = [];
  for (const container of STORAGE_NAMES.containers.filter((name) => name !== 'evidence'))
    for await (const { name, properties } of machine.storage.blobs.getContainerClient(container).listBlobsFlat())
      names.push(`${container}/${name} ${properties.etag}`);
  return names.sort();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-held-'));
  machine = await startMachine({ appDir: APP_DIR, connectionString: connection });
  await putSource(machine.storage, SOURCE, Buffer.from(sourceText(SOURCE, 'full')));
  writeFileSync(path('people.csv'), fileWith(LEFT));
});
afterAll(async () => {
  await machine.stop();
  rmSync(folder, { recursive: true });
});

test('planned, held with the same numbers, refused; dropped again, approved, sent', async () => {
  expect(await dropAndWait(machine, SOURCE, 'monday.csv', fileWith(0))).toMatchObject({ state: 'settled' });

  const before = await stored();
  const [roster] = before.filter((name) => name.includes('.roster')).map((name) => name.split(' ')[0]!);
  const [container, ...blob] = roster!.split('/');
  await machine.storage.blobs
    .getContainerClient(container!)
    .getBlobClient(blob.join('/'))
    .downloadToFile(path('roster'));
  writeFileSync(path('source.json'), sourceText(SOURCE, 'full'));
  const [looked, offline] = await Promise.all([
    plan('out', '--json'),
    // The last `--source` counts.
    plan('offline', '--json', '--source', path('source.json'), '--roster', path('roster')),
  ]);
  // Without storage there are no values of before, but who would be disabled is in the roster.
  expect(json(offline)).toMatchObject({ comparedWith: 'roster-file', known: PEOPLE, counts: { disabled: LEFT } });
  const told = json(looked);
  expect({ exitCode: looked.exitCode, err: looked.err }).toEqual({ exitCode: 1, err: '' });
  expect(told).toMatchObject({
    ...{ source: SOURCE, comparedWith: 'storage', state: 'held', content: 'full', rows: PEOPLE, known: PEOPLE },
    ...{ counts: { disabled: LEFT, unchanged: PEOPLE - LEFT, new: 0 }, calls: 1, callsPerDay: 2_000 },
    held: [
      { limit: 'disabled', count: LEFT, base: PEOPLE, lines: [2, 3, 4, 5, 6] },
      { limit: 'changed', count: LEFT, base: PEOPLE },
    ],
    plan: { page: path('out/people.csv.plan.html'), csv: path('out/people.csv.plan.csv') },
  });
  expect(await stored()).toEqual(before);
  expect(statSync(path('out/people.csv.plan.csv')).mode & 0o077).toBe(0);

  const held = await dropAndWait(machine, SOURCE, 'people.csv', readFileSync(path('people.csv')));
  expect(held).toMatchObject({ state: 'held', reason: { code: 'guard-tripped' } });
  // What was told before is what intake found, limit by limit and person by person.
  expect(told['reason']).toMatchObject({ code: 'guard-tripped', values: held.reason?.values });
  const csv = readFileSync(path('out/people.csv.plan.csv'), 'utf8').replace(/^\uFEFF/, '');
  expect(await readReport(machine, held, 'people.csv.plan.csv')).toBe(csv);
  const page = `reports/${SOURCE}/${held.run}/people.csv.plan.html`;
  const status = await rollcall(['status', held.run], may('read'));
  expect(status.exitCode).toBe(1);
  expect(status.out).toContain(`Look at ${page}, then say yes or no:\n    rollcall approve ${held.run} --reason "…"\n`);

  const refused = await rollcall(['refuse', held.run, '--reason', 'half an export'], may('all'));
  expect(refused.exitCode).toBe(0);
  expect(refused.out).toContain('"people.csv" is refused: nothing of it will ever be sent');
  const late = await rollcall(['approve', held.run, '--reason', 'yes', '--json'], may('all'));
  expect(late.exitCode).toBe(2);
  expect(json(late)).toMatchObject({ error: { code: 'run-not-held' } });

  const again = await dropAndWait(machine, SOURCE, 'again.csv', fileWith(LEFT));
  expect(again.state).toBe('held');
  const forbidden = await rollcall(['approve', again.run, '--reason', 'yes', '--json'], may('read'));
  expect({ code: forbidden.exitCode, state: (await runOf(machine, SOURCE, 'again.csv'))?.state }).toEqual({
    ...{ code: 2, state: 'held' },
  });
  const uploads = machine.entra!.uploads().length;
  const approved = await rollcall(['approve', again.run, '--reason', 'the season ends', '--json'], may('all'));
  expect(approved.exitCode).toBe(0);
  expect(json(approved)).toMatchObject({ decision: 'approved', run: again.run, limits: [{ limit: 'disabled' }, {}] });
  await until(
    async () => hasEnded((await runOf(machine, SOURCE, 'again.csv'))!),
    async () => JSON.stringify(await runsOf(machine)),
  );
  expect(machine.entra!.uploads().length - uploads).toBe(1);
  expect(machine.entra!.directory().filter(({ accountEnabled }) => !accountEnabled)).toHaveLength(LEFT);
  const after = json(await rollcall(['status', again.run, '--json'], may('read')));
  expect(after).toMatchObject({
    ...{ state: 'settled', decide: null, verdicts: { disabled: LEFT, unchanged: PEOPLE - LEFT } },
    approval: { why: 'the season ends', by: expect.stringContaining('@') as string },
  });

  const idle = await plan('out', '--json');
  expect(idle.exitCode).toBe(0);
  expect(json(idle)).toMatchObject({ state: 'accepted', reason: null, counts: { unchanged: PEOPLE }, calls: 0 });
});
