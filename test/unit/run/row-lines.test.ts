import { readRecordLines, readRowNotes, recordsOfPerson } from '../../../shared/run/row-lines';
import type { AmendmentLine, RowLine } from '../../../shared/run/run-files';

const user = (row: number): RowLine => ({ row, line: row + 1, id: `p${row}`, user: [0, 1] });
const rejected = (row: number, code: string, otherLine = 9): RowLine => ({
  row,
  line: row + 1,
  id: null,
  rejected: { code, values: { otherLine }, column: code === 'duplicate-id' ? 'Id' : null },
});
const repeat = (row: number, into: number): RowLine => ({ row, line: row + 1, id: `p${into}`, into });

async function* bytesOf(lines: readonly AmendmentLine[]): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
}

async function read(lines: readonly AmendmentLine[]) {
  const records: RowLine[] = [];
  for await (const line of readRecordLines(bytesOf(lines))) records.push(line);
  const notes = await readRowNotes(bytesOf(lines));
  const rows = records.map(({ row }) => row);
  return {
    records,
    amended: rows.flatMap((row): readonly (readonly unknown[])[] => {
      const note = notes.of(row);
      if (note === null) return [];
      if (!('rejected' in note)) return [[row, note]];
      const { code, column, values } = note.rejected;
      return [[row, code, column, values]];
    }),
    repeated: rows.filter((row) => notes.isRepeated(row)),
  };
}

test('records come in file order, and the lines after them amend them', async () => {
  const records = [user(1), rejected(2, 'id-missing'), user(3), repeat(4, 3), repeat(5, 3)];
  const amendments = [rejected(1, 'duplicate-user-name', 4), rejected(3, 'duplicate-id', 6)];
  expect(await read([...records, ...amendments])).toEqual({
    records,
    amended: [
      [1, 'duplicate-user-name', null, { otherLine: 4 }],
      [3, 'duplicate-id', 'Id', { otherLine: 6 }],
    ],
    repeated: [3],
  });
});

test('the last amendment of a row counts', async () => {
  const { records, amended } = await read([user(1), rejected(1, 'a'), rejected(1, 'b', 7)]);
  expect(records).toEqual([user(1)]);
  expect(amended).toEqual([[1, 'b', null, { otherLine: 7 }]]);
});

test('without amendments there are none, and without lines nothing', async () => {
  expect(await read([user(1), user(2)])).toEqual({ records: [user(1), user(2)], amended: [], repeated: [] });
  expect(await read([])).toEqual({ records: [], amended: [], repeated: [] });
});

test('the records of a person: folded ids, the last destination of each, nobody else', async () => {
  const mine = (row: number, id: string): RowLine => ({ row, line: row + 1, id, user: [0, 1] });
  const lines = [
    mine(1, '00AB1'),
    rejected(2, 'id-missing'),
    { row: 3, line: 4, id: 'ab1 ', into: 1 },
    mine(4, 'AB10'),
    mine(5, 'aB1'),
    rejected(1, 'duplicate-id'),
    rejected(4, 'duplicate-id'),
    rejected(1, 'duplicate-user-name'),
  ];
  expect(await recordsOfPerson(bytesOf(lines), 'AB1')).toEqual([
    { row: 1, line: 2, destination: rejected(1, 'duplicate-user-name'), nameHeldBy: null },
    { row: 3, line: 4, destination: { row: 3, line: 4, id: 'ab1 ', into: 1 }, nameHeldBy: null },
    { row: 5, line: 6, destination: mine(5, 'aB1'), nameHeldBy: null },
  ]);
  expect(await recordsOfPerson(bytesOf(lines), 'nobody')).toEqual([]);
});

test('amendments of every kind are told', async () => {
  const superseded: AmendmentLine = {
    ...{ row: 1, line: 2, id: 'p1' },
    unsent: { verdict: 'superseded', code: 'other-row-counts', values: { otherLine: 3 }, column: null },
  };
  const holder = { line: 5, id: 'p4' };
  const { amended, repeated } = await read([
    ...[user(1), user(2), user(3), user(4)],
    superseded,
    repeat(2, 1),
    { row: 3, line: 4, id: 'p3', rests: 'unknown-inactive' },
    { row: 4, line: 5, id: 'p4', nameHeldBy: holder },
  ]);
  expect(amended).toEqual([
    [1, { unsent: superseded.unsent }],
    [2, { into: 1 }],
    [3, { rests: 'unknown-inactive' }],
    [4, { nameHeldBy: holder }],
  ]);
  expect(repeated).toEqual([1]);
});

test('the records of a person after such amendments: one rests, one is as it was', async () => {
  const rests = { row: 1, line: 2, id: 'p1', rests: 'unknown-inactive' } as const;
  const held = { row: 1, line: 2, id: 'p1', nameHeldBy: { line: 9, id: 'p9' } } as const;
  const found = async (amendment: AmendmentLine) => (await recordsOfPerson(bytesOf([user(1), amendment]), 'p1'))[0];
  expect((await found(rests))?.destination).toEqual({ ...user(1), candidate: 'unknown-inactive' });
  expect(await found(held)).toEqual({ row: 1, line: 2, destination: user(1), nameHeldBy: held.nameHeldBy });
});
