// The check of a file: whether it is held and why, its counts, how it was read, its manifest, its name, and what is told on the way.
import { noRows } from '../../../../shared/run/row-counts';
import { acceptedUsers } from '../../../../shared/pipeline/check/findings';
import { bulkRequestOf, countBatches } from '../../../../shared/pipeline/check/bulk-requests';
import { createHash } from 'node:crypto';
import { csvOf, person, SOURCE } from '../contoso';
import { check } from './checked';

const TWO = csvOf(person('p1'), person('p2', 'Left'));
const sha256Of = (content: string): string => createHash('sha256').update(content).digest('hex');

test('an accepted file: its counts, its hash, how it was read, and nothing found', async () => {
  const { checked } = await check(TWO);
  expect(checked).toMatchObject({
    state: 'accepted',
    reason: null,
    counts: { rows: 2, users: 2, rejected: 0, collapsed: 0 },
    sha256: sha256Of(TWO),
    warnings: 0,
    findings: [],
    shape: { format: 'csv', encoding: 'utf-8', delimiter: ',', compression: null, header: ['Id', 'Status', 'Email'] },
  });
});
test('rows are users, rejected or collapsed, and all of them are counted', async () => {
  const { checked } = await check(
    csvOf(person('p1'), person('p1'), person('p2', 'Asleep'), person('p3'), person('p3', 'Left'), person('p4')),
  );
  expect(checked).toMatchObject({ state: 'accepted', counts: { rows: 6, users: 2, rejected: 3, collapsed: 1 } });
});

describe('a held file', () => {
  test('before it could be opened has no shape, no hash and no rows', async () => {
    const { checked } = await check('');
    expect(checked).toMatchObject({
      state: 'held',
      reason: { code: 'file-empty', line: null, column: null },
      shape: null,
      sha256: null,
      counts: noRows(),
      findings: [],
    });
  });
  test('without a column that every row needs says which one', async () => {
    const { checked } = await check('Id,Email\np1,p1@contoso.example\n');
    expect(checked.reason).toEqual({
      code: 'column-missing',
      values: expect.objectContaining({ missing: [{ quote: 'Status' }] }) as object,
      line: 1,
      column: 'Status',
    });
  });
  test('of which less was read than it has keeps its shape and its counts as far as it was read', async () => {
    const content = csvOf(...Array.from({ length: 5_000 }, (_, i) => person(`p${i}`)));
    const { checked, progress } = await check(content, { bytes: Buffer.byteLength(content) + 1 });
    expect(checked).toMatchObject({
      state: 'held',
      reason: { code: 'file-truncated' },
      shape: { format: 'csv', delimiter: ',' },
    });
    expect(checked.counts.rows).toBeGreaterThan(0);
    expect(checked.counts).toEqual(progress.at(-1));
  });
  test('as a shifted corrected file names line and column', async () => {
    const { checked } = await check(`rollcall_row,Id,Status,Email\nr1.ffffff,${person('p1')}\n`);
    expect(checked.reason).toEqual({
      code: 'corrected-row-shifted',
      values: { line: 2 },
      line: 2,
      column: 'rollcall_row',
    });
  });
});
test('a fault of reading is no hold: it is thrown as it is', async () => {
  const fault = new Error('the disk is away');
  async function* broken(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    throw fault;
  }
  await expect(check(broken())).rejects.toBe(fault);
});

describe('a manifest', () => {
  const required = { manifest: 'required' };
  test.each([
    ['is not needed where none is required', undefined, {}, null],
    ['that is required and missing holds the file', undefined, required, 'manifest-invalid'],
    ['that counts right lets it pass', { rows: 2 }, {}, null],
    [
      'that counts and hashes right lets it pass where it is required',
      { rows: 2, sha256: sha256Of(TWO) },
      required,
      null,
    ],
    ['that counts wrong holds the file, even where none is required', { rows: 3 }, {}, 'manifest-differs'],
    ['of other bytes holds the file', { sha256: sha256Of('others') }, {}, 'manifest-differs'],
    ['that is null is given, and is none', null, {}, 'manifest-invalid'],
    ['that is text holds the file', 'two rows', required, 'manifest-invalid'],
  ])('%s', async (_, manifest, file, code) => {
    const { checked } = await check(TWO, { manifest, file });
    expect(checked.state).toBe(code === null ? 'accepted' : 'held');
    expect(checked.reason?.code ?? null).toBe(code);
    expect(checked.counts).toEqual({ ...noRows(), rows: 2, users: 2 });
    expect(checked.sha256).toBe(sha256Of(TWO));
  });
});

describe('the name', () => {
  const file = { pattern: 'staff-*.csv' };
  test('that the settings do not expect is a warning, and the file is checked all the same', async () => {
    const { checked } = await check(TWO, { name: 'people.csv', file });
    expect(checked.state).toBe('accepted');
    expect(checked.findings).toEqual([
      {
        severity: 'warning',
        code: 'file-not-expected',
        values: {
          source: { quote: SOURCE },
          pattern: { quote: 'staff-*.csv' },
          name: { quote: 'people.csv' },
          isDropped: false,
        },
        line: null,
        column: null,
        id: null,
      },
    ]);
  });
  test('that they expect is nothing to tell', async () => {
    expect((await check(TWO, { name: 'staff-7.csv', file })).checked.findings).toEqual([]);
  });
  test('comes first among the findings, then the file, then the settings', async () => {
    const settings = {
      mapping: { userName: 'Email', title: 'Title' },
      active: { column: 'Status', active: ['Active', 'Left'], inactive: [] },
    };
    const { checked } = await check(TWO, { file, settings });
    expect(checked.findings.map(({ severity, code }) => [severity, code])).toEqual([
      ['warning', 'file-not-expected'],
      ['warning', 'column-absent'],
      ['note', 'lint-no-inactive-words'],
    ]);
  });
});

describe('on the way', () => {
  const many = csvOf(
    ...Array.from({ length: 60 }, (_, i) => person(`p${i}`, 'Active', i % 2 === 0 ? '' : `p${i}@contoso.example`)),
  );
  test('the counts are told after each chunk', async () => {
    const { progress } = await check(many);
    expect(progress).toEqual([
      { ...noRows(), rows: 50, users: 50 },
      { ...noRows(), rows: 60, users: 60 },
    ]);
  });
  test('warnings about users are counted and written, one line each', async () => {
    const { checked, texts } = await check(many);
    expect(checked.warnings).toBe(30);
    let text = '';
    for await (const part of texts.warnings()) text += Buffer.from(part).toString('utf8');
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject(
      Array.from({ length: 30 }, (_, i) => ({
        severity: 'warning',
        code: 'user-name-missing',
        line: 2 * i + 2,
        id: `p${2 * i}`,
      })),
    );
  });
  test('nothing is written where nobody is warned about', async () => {
    const { checked, writes } = await check(TWO);
    expect(checked.warnings).toBe(0);
    expect(writes.warnings).toBe(0);
  });
});

describe('a hold list beside the settings', () => {
  const lines = (...entries: readonly string[]): string => ['id,until,why', ...entries, ''].join('\n');
  test('is told in a note if it names people of the file; the counts are those of the file', async () => {
    const { checked } = await check(TWO, { holdList: lines('P1,2026-11-21,x', 'p2,2026-12-31,', 'p3,2026-12-31,') });
    expect(checked).toMatchObject({ state: 'accepted', counts: { users: 2, rejected: 0 }, warnings: 0 });
    expect(checked.findings).toEqual([
      {
        severity: 'note',
        code: 'people-on-hold',
        values: { people: 2, leavers: 1 },
        line: null,
        column: null,
        id: null,
      },
    ]);
  });
  test('is not, if their days are over or nobody of the file is on it', async () => {
    const { checked } = await check(TWO, { holdList: lines('p1,2026-11-20,x', 'p3,2026-12-31,') });
    expect(checked.findings).toEqual([]);
  });
  test('holds the file if it cannot be used, with the line of the list', async () => {
    const { checked } = await check(TWO, { holdList: lines('p1,2026-12-31,x', 'p2,soon,') });
    expect(checked).toMatchObject({
      state: 'held',
      reason: { code: 'hold-list-broken', values: { mistake: 'until-form', line: 3 }, line: 3, column: null },
    });
  });
});

describe('inactive people of whom nothing was ever sent', () => {
  const file = ['Id,Status,Email,Gone', 'p1,Active,a@contoso.example,', 'p2,Left,b@contoso.example,2016-01-31']
    .concat('p3,Left,c@contoso.example,2026-11-20', 'p4,Left,d@contoso.example,2016-01-31', '')
    .join('\n');
  const byDate = {
    unknownInactive: { leaveDate: { column: 'Gone', date: { format: 'yyyy-MM-dd' }, olderThanDays: 30 } },
  };
  test('are counted as in a first run: by the leave date, and without a roster', async () => {
    const { checked } = await check(file, { settings: byDate });
    expect(checked.counts).toMatchObject({ users: 4 });
    expect(checked.findings).toMatchObject([
      { severity: 'note', code: 'inactive-people-unknown', values: { skipped: 2, sent: 1 } },
    ]);
  });
  test('are all sent in a first run where no column says since when', async () => {
    const { checked } = await check(file, { settings: { unknownInactive: 'skip' } });
    expect(checked.findings).toMatchObject([
      { code: 'column-unknown' },
      { code: 'inactive-people-unknown', values: { skipped: 0, sent: 3 } },
    ]);
  });
  test('are not told about where the settings say to send them', async () => {
    expect((await check(file)).checked.findings).toMatchObject([{ code: 'column-unknown' }]);
  });
  test('whoever would be skipped is in no request and no list of users', async () => {
    const { checked, texts, readUser } = await check(file, { settings: byDate });
    expect(countBatches(checked)).toBe(2);
    expect(await bulkRequestOf(checked, 3, 'r', readUser)).toBeNull();
    const users: string[] = [];
    for await (const user of acceptedUsers(checked, texts))
      users.push((JSON.parse(user) as { externalId: string }).externalId);
    expect(users).toEqual(['p1', 'p3']);
  });
});
