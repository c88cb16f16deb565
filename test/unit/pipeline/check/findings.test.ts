// Everything that a check found, in its order, and the users that would be sent.
import { acceptedUsers, findingsOf } from '../../../../shared/pipeline/check/findings';
import { csvOf, person } from '../contoso';
import type { Checked } from './checked';
import { check, listOf } from './checked';

const foundIn = ({ checked, texts }: Checked) => listOf(findingsOf(checked, texts));
const toldIn = async (done: Checked) =>
  (await foundIn(done)).map((one) => [one.severity, one.code, one.line, one.column, one.id]);
const idsOf = async ({ checked, texts }: Checked) =>
  (await listOf(acceptedUsers(checked, texts))).map((user) => (JSON.parse(user) as { externalId: string }).externalId);

describe('findings', () => {
  test('are none, and no text is read, where all is well', async () => {
    const done = await check(csvOf(person('p1'), person('p2')));
    expect(await foundIn(done)).toEqual([]);
    expect(done.reads).toEqual({ rows: 0, users: 0, warnings: 0 });
  });
  test('about rows are in file order, each with line, column and id, whatever was known only at the end', async () => {
    const done = await check(
      csvOf(
        person('p1'),
        person('p2', 'Asleep'),
        person('p3'),
        person('p3'),
        person('p4'),
        person('p4', 'Left'),
        person('p5', 'Active', 'same@contoso.example'),
        person('p6', 'Active', 'SAME@contoso.example'),
        person('p3'),
        ',Active,nobody@contoso.example',
      ),
    );
    expect(await toldIn(done)).toEqual([
      ['reject', 'status-unknown', 3, 'Status', 'p2'],
      ['note', 'row-collapsed', 5, null, 'p3'],
      ['reject', 'duplicate-id', 6, 'Id', 'p4'],
      ['reject', 'duplicate-id', 7, 'Id', 'p4'],
      ['reject', 'duplicate-user-name', 8, 'Email', 'p5'],
      ['reject', 'duplicate-user-name', 9, 'Email', 'p6'],
      ['note', 'row-collapsed', 10, null, 'p3'],
      ['reject', 'id-missing', 11, 'Id', null],
    ]);
    const found = await foundIn(done);
    expect(found[1]?.values).toEqual({ firstLine: 4 });
    expect(found[2]?.values).toEqual({ otherLine: 7 });
    expect(found[6]?.values).toEqual({ firstLine: 4 });
    expect(found.filter(({ severity }) => severity === 'reject')).toHaveLength(done.checked.counts.rejected);
    expect(found.filter(({ severity }) => severity === 'note')).toHaveLength(done.checked.counts.collapsed);
  });
  test('are told where rows were collapsed and none rejected, or rejected and none collapsed', async () => {
    expect(await toldIn(await check(csvOf(person('p1'), person('p1'))))).toEqual([
      ['note', 'row-collapsed', 3, null, 'p1'],
    ]);
    const rejected = await check(csvOf(person('p1', 'Asleep')));
    expect(await toldIn(rejected)).toEqual([['reject', 'status-unknown', 2, 'Status', 'p1']]);
    // Nothing was amended: one pass is enough.
    expect(rejected.reads).toEqual({ rows: 1, users: 0, warnings: 0 });
  });
  test('name the line of the first row, not its number', async () => {
    const [found] = await foundIn(await check(`\n\n${csvOf('p1,Active,"p1@contoso.example"', person('p1'))}`));
    expect(found).toMatchObject({ code: 'row-collapsed', line: 5, values: { firstLine: 4 } });
  });
  test('about the file come before those about rows, warnings about users last', async () => {
    const done = await check(csvOf(person('p1', 'Active', ''), person('p2', 'Asleep')), {
      file: { pattern: 'staff.csv' },
    });
    expect((await toldIn(done)).map(([severity, code]) => [severity, code])).toEqual([
      ['warning', 'file-not-expected'],
      ['reject', 'status-unknown'],
      ['warning', 'user-name-missing'],
    ]);
  });
  test('tell which rows go, and what is left out of them', async () => {
    const mapping = { userName: { column: 'Email', required: true, blank: ['tbd'] } };
    const done = await check(csvOf(person('p1', 'Left', 'tbd'), person('p2', 'Active', 'tbd'), person('p3')), {
      settings: { mapping },
    });
    expect(await toldIn(done)).toEqual([
      ['warning', 'inactive-values-left-out', 2, null, null],
      ['warning', 'value-left-out', 2, 'Email', 'p1'],
      ['reject', 'value-missing', 3, 'Email', 'p2'],
      ['warning', 'user-name-missing', 2, null, 'p1'],
    ]);
    expect(await idsOf(done)).toEqual(['p1', 'p3']);
  });
  test('of a held file begin with the hold, and show the rows as far as it was read', async () => {
    const done = await check(csvOf(person('p1', 'Asleep'), person('p2', 'Active', '')), { manifest: { rows: 7 } });
    expect((await foundIn(done))[0]).toEqual({
      severity: 'hold',
      code: 'manifest-differs',
      values: { what: 'rows', announced: 7, found: 2 },
      line: null,
      column: null,
      id: null,
    });
    expect(await toldIn(done)).toEqual([
      ['hold', 'manifest-differs', null, null, null],
      ['reject', 'status-unknown', 2, 'Status', 'p1'],
      ['warning', 'user-name-missing', 3, null, 'p2'],
    ]);
  });
});

describe('accepted users', () => {
  test('are in file order, without rejected and amended rows', async () => {
    const done = await check(
      csvOf(
        person('p1', 'Left'),
        person('p2', 'Asleep'),
        person('p3'),
        person('p3'),
        person('p4'),
        person('p4', 'Left'),
        person('p5'),
      ),
    );
    expect(await idsOf(done)).toEqual(['p1', 'p3', 'p5']);
  });
  test('are the lines as they were staged', async () => {
    const { checked, texts } = await check(csvOf(person('zoë', 'Active', 'zoe@contoso.example')));
    const [line = ''] = await listOf(acceptedUsers(checked, texts));
    expect(JSON.parse(line)).toMatchObject({ externalId: 'zoë', userName: 'zoe@contoso.example', active: true });
    let staged = '';
    for await (const part of texts.users()) staged += Buffer.from(part).toString('utf8');
    expect(staged).toBe(`${line}\n`);
  });
  test('of users that are not all there are a fault, not fewer users', async () => {
    const { checked, texts } = await check(csvOf(person('p1'), person('p2')));
    const users = async function* () {
      await Promise.resolve();
      yield Buffer.from('{"externalId":"p1"}\n');
    };
    await expect(listOf(acceptedUsers(checked, { ...texts, users }))).rejects.toThrow(
      new TypeError('every user row has a user line'),
    );
  });
});
