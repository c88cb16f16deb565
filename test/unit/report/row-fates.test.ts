// What happened to each row: destinations from rows.jsonl, verdicts from the batches, nothing made up.
import type { Batch } from '../../../shared/run/batch';
import type { BatchStore } from '../../../shared/run/ledger';
import type { Run } from '../../../shared/run/run';
import type { Candidate, LeftOutValue, RowLine, RunFiles } from '../../../shared/run/run-files';
import type { RowFate } from '../../../shared/report/row-fates';
import { codesOf, rowFates } from '../../../shared/report/row-fates';
import { batchOf, rowOf } from '../run/made-batch';

/** Of whom an older run said that they are inactive. */
const LEFT = 'p9';

const user = (row: number): RowLine => ({ row, line: row + 1, id: `p${row}`, user: [0, 1] });
const repeat = (row: number, into: number): RowLine => ({ row, line: row + 1, id: `p${row}`, into });
const rejected = (row: number, code = 'id-empty'): RowLine => ({
  row,
  line: row + 1,
  id: null,
  rejected: { code, values: {}, column: 'Id' },
});
const unsent = (row: number, verdict: 'skipped' | 'superseded'): RowLine => ({
  row,
  line: row + 1,
  id: `p${row}`,
  unsent: { verdict, code: 'not-for-this-source', values: {}, column: 'Kind' },
});
const fates = async (
  lines: readonly RowLine[],
  batches: readonly Batch[],
  run: Partial<Run> = {},
  sent: readonly number[] | null = null,
): Promise<RowFate[]> => {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const files = {
    read: () => Promise.resolve(one(Buffer.from(text))),
    readWhole: () => Promise.resolve(sent && Buffer.from(JSON.stringify({ sent }))),
  } as unknown as RunFiles;
  const store = { all: () => one(batches.map((value) => ({ value, etag: '' }))) } as unknown as BatchStore;
  const list: RowFate[] = [];
  for await (const fate of rowFates(
    files,
    store,
    { state: 'confirming', reason: null, ...run } as Run,
    new Map([[2, 'Their words.']]),
    (id) => Promise.resolve(id === LEFT),
  ))
    list.push(fate);
  return list;
};
async function* one<T>(value: T): AsyncGenerator<T> {
  yield await Promise.resolve(value);
}
const done = (row: number, verdict: 'created' | 'failed', code: string | null = null) =>
  rowOf(row, { work: 'done', verdict, code });
const short = (list: readonly RowFate[]) => list.map((fate) => `${fate.row} ${fate.verdict}`);

describe('a candidate for `unchanged`', () => {
  const candidate = (row: number, why: Candidate = 'confirmed'): RowLine => ({
    ...(user(row) as RowLine & { user: [0, 1] }),
    candidate: why,
  });
  test.each([
    ['failed', 'failed'],
    ['skipped', 'skipped'],
    ['not-seen', 'not-seen'],
    ['manager-not-resolved', 'unchanged'],
  ] as const)(
    'that was sent in vain (%s) and waits for its next try is %s again, and says until when',
    async (why, verdict) => {
      const values = { why, nextTry: '2026-12-04' };
      expect(await fates([candidate(1, { why, nextTry: 20_791 })], [], {}, [])).toMatchObject([
        { verdict, code: 'tried-again-later', message: { code: 'tried-again-later', values } },
      ]);
    },
  );
  test('that is inactive and unknown is skipped, and says so', async () => {
    expect(await fates([candidate(1, 'unknown-inactive')], [], {}, [])).toMatchObject([
      {
        verdict: 'skipped',
        code: 'inactive-and-unknown',
        message: { code: 'inactive-and-unknown', values: {} },
      },
    ]);
  });
  test('is unchanged if the run decided not to send it', async () => {
    expect(await fates([candidate(1), user(2)], [batchOf([done(2, 'created')])], {}, [])).toMatchObject([
      { row: 1, id: 'p1', verdict: 'unchanged', code: null },
      { row: 2, verdict: 'created' },
    ]);
  });
  test('has the verdict of its batch if it was sent all the same', async () => {
    expect(short(await fates([candidate(1)], [batchOf([done(1, 'failed')])], {}, [1]))).toEqual(['1 failed']);
  });
  test.each([
    ['was to be sent', [1]],
    ['nobody decided about', null],
  ])('that %s and has no verdict is an error, never filled in', async (_, sent) => {
    await expect(fates([candidate(1)], [], {}, sent)).rejects.toMatchObject({ code: 'verdict-missing' });
  });
  test('is rejected if the end of the file showed so, and shares its verdict with an identical row', async () => {
    const late: RowLine = { ...rejected(1, 'duplicate-id') };
    expect(short(await fates([candidate(1), candidate(2), repeat(3, 2), late], [], {}, []))).toEqual([
      '1 rejected',
      '2 unchanged',
      '3 unchanged',
    ]);
  });
});

test('users have the verdict of their batch, rejections their own, in file order', async () => {
  const list = await fates(
    [user(1), user(2), rejected(3)],
    [batchOf([done(2, 'failed', 'Conflict')]), batchOf([done(1, 'created')])],
  );
  expect(list).toEqual([
    {
      row: 1,
      line: 2,
      id: 'p1',
      verdict: 'created',
      code: null,
      message: null,
      serviceWords: null,
      column: null,
      turnedOn: false,
      nameHolder: null,
      leftOut: [],
    },
    {
      row: 2,
      line: 3,
      id: 'p2',
      verdict: 'failed',
      code: 'Conflict',
      message: null,
      serviceWords: 'Their words.',
      column: null,
      turnedOn: false,
      nameHolder: null,
      leftOut: [],
    },
    {
      row: 3,
      line: 4,
      id: null,
      verdict: 'rejected',
      code: 'id-empty',
      message: { code: 'id-empty', values: {}, column: 'Id' },
      serviceWords: null,
      column: 'Id',
      turnedOn: false,
      nameHolder: null,
      leftOut: [],
    },
  ]);
});
test('an amendment counts, and the row keeps its line and id', async () => {
  const list = await fates([user(1), user(2), { ...rejected(1, 'duplicate-id') }, rejected(2, 'duplicate-id')], []);
  expect(list.map((fate) => [fate.row, fate.id, fate.verdict, fate.code])).toEqual([
    [1, 'p1', 'rejected', 'duplicate-id'],
    [2, 'p2', 'rejected', 'duplicate-id'],
  ]);
});
test('identical rows of one person get one verdict', async () => {
  expect(short(await fates([user(1), repeat(2, 1)], [batchOf([done(1, 'created')])]))).toEqual([
    '1 created',
    '2 created',
  ]);
});
test('even when the first of them was rejected later', async () => {
  const list = await fates([user(1), repeat(2, 1), rejected(3, 'duplicate-id'), rejected(1, 'duplicate-id')], []);
  expect(short(list)).toEqual(['1 rejected', '2 rejected', '3 rejected']);
});
test('rows of a held run are held, with its reason, whatever they would have become', async () => {
  const reason = { code: 'csv-damaged', values: {}, line: 3, column: null };
  const list = await fates([user(1), rejected(2)], [], { state: 'held', reason });
  expect(short(list)).toEqual(['1 held', '2 held']);
  expect(list[0]).toMatchObject({ code: 'csv-damaged', message: reason, serviceWords: null });
});
test('a row without a verdict is an error, never filled in', async () => {
  await expect(fates([user(1)], [batchOf([rowOf(1)])])).rejects.toMatchObject({ code: 'verdict-missing' });
  await expect(fates([user(1)], [])).rejects.toMatchObject({ code: 'verdict-missing' });
});
test('no rows: nothing', async () => {
  expect(await fates([], [])).toEqual([]);
});
test('nothing was read of a file that was held at once: no rows.jsonl, no fates', async () => {
  const files = { read: () => Promise.resolve(null) } as unknown as RunFiles;
  const run = { state: 'held', reason: null } as Run;
  const list: RowFate[] = [];
  for await (const fate of rowFates(files, {} as BatchStore, run, new Map(), () => Promise.resolve(false)))
    list.push(fate);
  expect(list).toEqual([]);
});
test('a held run without a reason has rows without one, and the batches are not asked', async () => {
  const list = await fates([user(1)], [batchOf([done(1, 'created')])], { state: 'held' });
  expect(list).toEqual([
    {
      row: 1,
      line: 2,
      id: 'p1',
      verdict: 'held',
      code: null,
      message: null,
      serviceWords: null,
      column: null,
      turnedOn: false,
      nameHolder: null,
      leftOut: [],
    },
  ]);
});
test('a row keeps its own line and id when it gets the verdict of another', async () => {
  const list = await fates([user(1), repeat(2, 1)], [batchOf([done(1, 'failed', 'Conflict')])]);
  expect(list[1]).toEqual({
    row: 2,
    line: 3,
    id: 'p2',
    verdict: 'failed',
    code: 'Conflict',
    message: null,
    serviceWords: null,
    column: null,
    turnedOn: false,
    nameHolder: null,
    leftOut: [],
  });
});
test('a row that should get the verdict of a missing row is an error', async () => {
  await expect(fates([user(1), repeat(2, 7)], [batchOf([done(1, 'created')])])).rejects.toMatchObject({
    code: 'verdict-missing',
    disposition: 'retry',
  });
});
test('amendments end the destinations: what comes after the first of them is not a row', async () => {
  const list = await fates(
    [user(1), user(2), rejected(1, 'duplicate-id'), user(3)],
    [batchOf([done(1, 'created'), done(2, 'created')])],
  );
  expect(short(list)).toEqual(['1 rejected', '2 created']);
});
test('of two amendments to one row the last counts', async () => {
  const list = await fates([user(1), rejected(1, 'duplicate-id'), rejected(1, 'duplicate-user-name')], []);
  expect(list[0]).toMatchObject({ verdict: 'rejected', code: 'duplicate-user-name', column: 'Id' });
});

describe('a row that enabled an account', () => {
  const known = (row: number, more: object = {}): RowLine => ({ ...user(row), wasActive: true, ...more });
  const enabled = (row: number, more: Parameters<typeof rowOf>[1] = {}) =>
    rowOf(row, { work: 'done', verdict: 'updated', turnedOn: true, ...more });
  test.each([
    ['of somebody whom the roster knew as active', known(1), enabled(1), true],
    ['of a candidate that was sent all the same', { ...user(1), candidate: 'confirmed' }, enabled(1), true],
    ['of somebody new, or whom HR had called inactive', user(1), enabled(1), false],
    ['of somebody of whom an older run said that they are inactive', known(9), enabled(9), false],
    ['whose log says nothing of it', known(1), enabled(1, { turnedOn: false }), false],
  ] as const)('%s', async (_, line, row, isTold) => {
    expect(await fates([line], [batchOf([row])], {}, [line.row])).toMatchObject([
      { verdict: 'updated', code: null, turnedOn: isTold },
    ]);
  });
  test('has that code besides another one, and identical rows share both', async () => {
    const lines = [known(1), repeat(2, 1)];
    const list = await fates(lines, [batchOf([enabled(1, { code: 'manager-not-resolved' })])]);
    expect(list.map(codesOf)).toEqual([
      ['manager-not-resolved', 'turned-on-again'],
      ['manager-not-resolved', 'turned-on-again'],
    ]);
  });
});

test('a row that has its verdict already keeps it, with code, message and column, and no batch is asked', async () => {
  const code = 'not-for-this-source';
  expect(await fates([unsent(1, 'skipped'), unsent(2, 'superseded')], [])).toMatchObject([
    { row: 1, id: 'p1', verdict: 'skipped', code, message: { code }, column: 'Kind', serviceWords: null },
    { row: 2, id: 'p2', verdict: 'superseded', code, column: 'Kind' },
  ]);
});
test('and is held with all others in a run that was never sent', async () => {
  const reason = { code: 'file-truncated', values: {}, line: null, column: null };
  expect(short(await fates([unsent(1, 'skipped')], [], { state: 'held', reason }))).toEqual(['1 held']);
});

describe('a value that cannot be read', () => {
  const value = (inPlace: LeftOutValue['inPlace']): LeftOutValue => ({
    ...{
      code: 'value-missing',
      values: { column: { quote: 'Phone' }, attribute: 'phoneNumbers.value' },
      column: 'Phone',
    },
    inPlace,
  });
  const incomplete = (row: number, ...leftOut: readonly LeftOutValue[]): RowLine => ({
    ...(user(row) as RowLine & { user: [0, 1] }),
    leftOut,
  });
  const codes = async (lines: readonly RowLine[], batches: readonly Batch[], run: Partial<Run> = {}) =>
    (await fates(lines, batches, run)).map((fate) => [fate.verdict, ...codesOf(fate)].join(' '));
  test('has a code beside the verdict, one for what is left out and one for what Entra already has', async () => {
    expect(
      await codes(
        [
          incomplete(1, value('nothing')),
          incomplete(2, value('last-value')),
          incomplete(3, value('nothing'), value('last-value')),
        ],
        [batchOf([done(1, 'created'), done(2, 'failed', 'Conflict'), done(3, 'created')])],
      ),
    ).toEqual(['created value-left-out', 'failed Conflict last-value-kept', 'created value-left-out last-value-kept']);
  });
  test('says nothing about a row that does not go', async () => {
    const amended: RowLine = {
      ...{ row: 1, line: 2, id: null },
      rejected: { code: 'duplicate-id', values: { otherLine: 3 }, column: 'Id' },
    };
    const twin: RowLine = { ...(repeat(2, 1) as RowLine & { into: number }), leftOut: [value('nothing')] };
    expect(await codes([incomplete(1, value('nothing')), twin, amended], [])).toEqual([
      'rejected duplicate-id',
      'rejected duplicate-id',
    ]);
    expect(await codes([incomplete(1, value('nothing'))], [], { state: 'held' })).toEqual(['held']);
    const skipped: RowLine = {
      ...(incomplete(1, value('nothing')) as RowLine & { user: [0, 1] }),
      candidate: 'unknown-inactive',
    };
    expect((await fates([skipped], [], {}, [])).map(codesOf)).toEqual([['inactive-and-unknown']]);
  });
});
