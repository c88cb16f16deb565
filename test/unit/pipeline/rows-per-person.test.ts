// Night after night with several rows for one person, and with one sign-in name under two ids: the row that counts is sent, and nobody is disabled by
// one that does not.
import { sentenceOfFate } from '../../../shared/report/sentences';
import { codesOf } from '../../../shared/report/row-fates';
import type { Run } from '../../../shared/run/run';
import { SOURCE } from './contoso';
import type { Nights } from './nights';
import { nights } from './nights';

const DAY_MS = 86_400_000;
const RULES = {
  mapping: { userName: 'Email', title: { column: 'Title', blank: ['?'], required: true } },
  rowsPerPerson: {
    prefer: ['active', { column: 'Hired', latest: true, date: { format: 'yyyy-MM-dd' } }],
  },
};
/** A full file of these lines: id, status, title, day of hire; a name made of the id unless one is given. */
const file = (...lines: readonly string[]): string =>
  `${['Id,Status,Title,Hired,Email', ...lines.map((line) => (line.split(',').length < 5 ? `${line},${line.split(',')[0]}@contoso.example` : line))].join('\n')}\n`;
const told = async (all: Nights, run: Run): Promise<readonly string[]> =>
  (await all.fates(run)).map((fate) => [fate.id, fate.verdict, ...codesOf(fate)].join(' '));
const heldOf = (all: Nights, id: string): object => JSON.parse(all.tenant.directory.get(id) ?? 'null') as object;

async function night(all: Nights, ...lines: readonly string[]): Promise<Run> {
  all.pass(DAY_MS / 2);
  const run = await all.drop(file(...lines));
  await all.rest();
  return all.run(run);
}

const NORA_OLD = '2001,Left,Nurse,2015-02-01';
const NORA = '2001,Active,Senior Nurse,2024-01-01';
const PER = '2002,Active,Porter,2020-05-01';

test('somebody who was hired again has an account by the row that counts, and costs no call the next night', async () => {
  const all = await nights({ content: 'full' }, RULES);
  const first = await night(all, NORA_OLD, NORA, PER);
  expect(await told(all, first)).toEqual(['2001 superseded other-row-counts', '2001 created', '2002 created']);
  const [old] = await all.fates(first);
  expect(sentenceOfFate(old!)).toBe('For this person the row on line 3 counts, so this one was not sent.');
  expect(heldOf(all, '2001')).toMatchObject({ active: true, title: 'Senior Nurse' });
  expect(first).toMatchObject({ rows: 3, users: 2, superseded: 1, rejected: 0 });
  const { calls } = all.tenant;
  const second = await night(all, PER, NORA, NORA_OLD);
  expect(await told(all, second)).toEqual(['2002 unchanged', '2001 unchanged', '2001 superseded other-row-counts']);
  expect(all.tenant.calls).toBe(calls);
});
test('who leaves for good is disabled by one of the rows, although all of them stay in the file', async () => {
  const all = await nights({ content: 'full' }, RULES);
  await night(all, NORA_OLD, NORA, PER);
  const left = await night(all, NORA_OLD, NORA.replace('Active', 'Left'), PER);
  expect(await told(all, left)).toEqual(['2001 superseded other-row-counts', '2001 disabled', '2002 unchanged']);
  expect(heldOf(all, '2001')).toMatchObject({ active: false, title: 'Senior Nurse' });
});
test.each([
  ['the row that counts is rejected', '2001,Active,?,2024-01-01', 'superseded other-row-counts', 'value-missing'],
  ['the status of a row cannot be read', '2001,Asleep,Nurse,2024-01-01', 'rejected duplicate-id', 'status-unknown'],
  ['a row cannot be read', '2001,Active', 'rejected duplicate-id', 'row-ragged'],
])('nobody is disabled where %s, and the person is not missing', async (_, row, fateOfOld, code) => {
  const all = await nights({ content: 'full' }, { ...RULES, missingPeople: { disableAfterDays: 1 } });
  await night(all, NORA_OLD, NORA, PER);
  const lines = [NORA_OLD, row, PER].map((line) => (line === row && code === 'row-ragged' ? `${line},x,y,z,v` : line));
  const second = await night(all, ...lines);
  expect(await told(all, second)).toEqual([`2001 ${fateOfOld}`, `2001 rejected ${code}`, '2002 unchanged']);
  all.pass(3 * DAY_MS);
  await night(all, ...lines, '2003,Active,Matron,2010-05-01');
  expect(heldOf(all, '2001')).toMatchObject({ active: true });
  expect(all.pipeline.reports.reports.get(`${SOURCE}/${second.run}/people.csv.missing.csv`)).toBeUndefined();
});
test('a file that is on its way said what its row that counts says, not what the other one does', async () => {
  const all = await nights({ content: 'full' }, RULES);
  await night(all, PER);
  all.pass(DAY_MS / 2);
  await all.drop(file(NORA, NORA_OLD, PER));
  const newer = all.run(await all.drop(file(NORA, NORA_OLD, PER.replace('Porter', 'Head Porter'))));
  await all.rest();
  expect(await told(all, newer)).toEqual(['2001 created', '2001 superseded other-row-counts', '2002 updated']);
});
test('rows that do not count are no news: neither people nor columns are counted as changed for them', async () => {
  const count = 60;
  const people = Array.from({ length: count }, (_, i) => `${i},Active,Clerk ${i},2020-01-01`);
  const all = await nights({ content: 'full' }, { ...RULES, guard: { changed: { hold: { count: 0 } }, rows: false } });
  await night(all, ...people);
  const old = people.map((line) => line.replace('Active,Clerk', 'Left,Apprentice').replace('2020', '2010'));
  expect(await night(all, ...people, ...old)).toMatchObject({ state: 'settled', superseded: count, rejected: 0 });
});

describe('one sign-in name under two ids', () => {
  const NAME = 'nora@contoso.example';
  const OLD = `1201,Left,Nurse,2015-02-01,${NAME}`;
  const NEW = `2001,Active,Senior Nurse,2024-01-01,${NAME}`;

  test('who has left and was never sent is skipped, and costs the other one nothing, night after night', async () => {
    const all = await nights({ content: 'full' }, { ...RULES, rowsPerPerson: undefined });
    const first = await night(all, OLD, NEW, PER);
    expect(await told(all, first)).toEqual(['1201 skipped inactive-and-unknown', '2001 created', '2002 created']);
    expect(all.tenant.directory.has('1201')).toBe(false);
    const second = await night(all, NEW, OLD, PER);
    expect(await told(all, second)).toEqual(['2001 unchanged', '1201 skipped inactive-and-unknown', '2002 unchanged']);
    all.pass(DAY_MS / 2);
    // Of a file on its way as well.
    await all.drop(file(OLD, NEW.replace('Senior Nurse', 'Matron'), PER));
    const last = all.run(await all.drop(file(OLD, NEW.replace('Senior Nurse', 'Director'), PER)));
    await all.rest();
    expect(await told(all, last)).toEqual(['1201 skipped inactive-and-unknown', '2001 updated', '2002 unchanged']);
    expect(all.tenant.taken.flat()).not.toContain('1201');
  });
  test('who has left and was sent before is disabled, and the other row goes, and says who may hold the name', async () => {
    const all = await nights({ content: 'full' }, RULES);
    await night(all, OLD.replace('Left', 'Active'), PER);
    const second = await night(all, NEW, OLD, PER);
    expect(await told(all, second)).toEqual(['2001 created user-name-held', '1201 disabled', '2002 unchanged']);
    const [fate] = await all.fates(second);
    expect(sentenceOfFate(fate!)).toMatch(/^The account was created\. The person with the id "1201" \(line 3\)/);
    const third = await night(all, NEW, OLD, PER.replace('Porter', 'Head Porter'));
    // Entra holds the record, so nobody else has the name.
    expect(await told(all, third)).toEqual(['2001 unchanged', '1201 unchanged', '2002 updated']);
  });
  test('who has left and is on their way to Entra was sent before', async () => {
    const all = await nights({ content: 'full' }, RULES);
    await night(all, PER);
    all.pass(DAY_MS / 2);
    await all.drop(file(OLD.replace('Left', 'Active'), PER));
    await all.tick();
    const newer = all.run(await all.drop(file(OLD, NEW, PER)));
    await all.rest();
    expect(await told(all, newer)).toEqual(['1201 disabled', '2001 created user-name-held', '2002 unchanged']);
    expect(heldOf(all, '1201')).toMatchObject({ active: false });
  });
  test('two who are active are rejected', async () => {
    const all = await nights({ content: 'full' }, RULES);
    const run = await night(all, OLD.replace('Left', 'Active'), NEW, PER);
    expect(await told(all, run)).toEqual([
      '1201 rejected duplicate-user-name',
      '2001 rejected duplicate-user-name',
      '2002 created',
    ]);
  });
});
