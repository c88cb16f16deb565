// Mapping the rows of an open export: where each row's line and user are, what the end of the file amends, which rows were returned.
import { loadHash64 } from '../../../../shared/core/hash';
import { openExport } from '../../../../shared/export/open-export';
import { People } from '../../../../shared/people/people';
import { noRows } from '../../../../shared/run/row-counts';
import { LineBuffer, mapRows } from '../../../../shared/pipeline/read/map-rows';
import type { LineSink } from '../../../../shared/pipeline/read/map-rows';
import { rowMark } from '../../../../shared/columns/row-mark';
import type { RowLine } from '../../../../shared/run/run-files';
import { exportExpectation, parseSourceSettings } from '../../../../shared/source/source-settings';
import { csvOf, person, settingsOf, SOURCE } from '../contoso';

/** Keeps copies, as a sink must: the caller writes over the bytes. */
function sink(): LineSink & { readonly text: () => string } {
  let kept = '';
  return {
    append: (lines) => {
      kept += Buffer.from(lines).toString('utf8');
      return Promise.resolve();
    },
    text: () => kept,
  };
}

/** Maps a file under settings. */
async function mapped(content: string, file: object = {}, more: object = {}) {
  const parsed = parseSourceSettings(JSON.stringify(settingsOf(file, more)), SOURCE);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { settings } = parsed;
  async function* bytes() {
    await Promise.resolve();
    yield Buffer.from(content);
  }
  const opened = await openExport(bytes(), exportExpectation(settings, 'people.csv', null));
  const counts = noRows();
  const people = new People(await loadHash64());
  const rows = sink();
  const users = sink();
  const warned: number[] = [];
  const { isReturned } = await mapRows({
    opened,
    confirmed: null,
    settings,
    people,
    counts,
    rows,
    users,
    asOf: { at: 0 },
    afterChunk: (warnings) => Promise.resolve(void warned.push(warnings.length)),
  });
  const lines = rows
    .text()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RowLine);
  return { isReturned, counts, lines, users: Buffer.from(users.text()), warned, people };
}

test('every user line is where its row says it is, over all chunks, and letters of more than one byte count as such', async () => {
  const count = 260;
  const content = csvOf(
    ...Array.from({ length: count }, (_, i) =>
      person(`zoë-${i}`, i % 7 === 3 ? 'Asleep' : 'Active', `p${i}@contoso.example`),
    ),
  );
  const { lines, users, counts, people } = await mapped(content);
  const rejected = Array.from({ length: count }, (_, i) => i % 7 === 3).filter(Boolean).length;
  expect(counts).toEqual({ ...noRows(), rows: count, users: count - rejected, rejected, collapsed: 0 });
  expect(lines).toHaveLength(count);
  lines.forEach((line, i) => {
    if ('into' in line) throw new Error('nothing was amended');
    expect(line).toMatchObject({ row: i + 1, line: i + 2, id: `zoë-${i}` });
    if (!('user' in line)) return;
    const [offset, bytes] = line.user;
    expect(JSON.parse(users.toString('utf8', offset, offset + bytes))).toMatchObject({ externalId: `zoë-${i}` });
    expect(users[offset + bytes]).toBe(10);
  });
  const packedRows = [...people.packed()].flatMap((batch) => batch.rows);
  expect(packedRows.map(([row, , offset, bytes]) => [row, [offset, bytes]])).toEqual(
    lines.flatMap((line) => ('user' in line ? [[line.row, line.user]] : [])),
  );
});
test('warnings about users are passed on chunk by chunk', async () => {
  const content = csvOf(
    ...Array.from({ length: 60 }, (_, i) =>
      person(`p${i}`, i % 10 === 0 ? 'Asleep' : 'Active', i % 2 === 0 ? '' : `p${i}@contoso.example`),
    ),
  );
  // Every tenth is rejected: nothing is said about a user that there is not.
  const { warned } = await mapped(content);
  expect(warned).toEqual([20, 4]);
});

describe('amendments', () => {
  test('a row twice is collapsed into its first', async () => {
    const { lines, counts, users } = await mapped(csvOf(person('p1'), person('p2'), person('p1'), person('p1')));
    expect(lines.slice(2)).toEqual([
      { row: 3, line: 4, id: 'p1', into: 1 },
      { row: 4, line: 5, id: 'p1', into: 1 },
    ]);
    // Nothing is written that will never be sent.
    expect(users.toString().split('\n')).toHaveLength(3);
    expect(counts).toEqual({ ...noRows(), rows: 4, users: 2, rejected: 0, collapsed: 2 });
  });
  test('an id with two records rejects both rows, each with the line of the other and the column of the id', async () => {
    const { lines, counts } = await mapped(csvOf(person('p1'), person('p1', 'Left')));
    expect(lines.slice(1)).toMatchObject([
      { row: 2, line: 3, id: 'p1', rejected: { code: 'duplicate-id', column: 'Id' } },
      { row: 1, line: 2, id: null, rejected: { code: 'duplicate-id', column: 'Id' } },
    ]);
    const values = lines.slice(1).map((line) => ('rejected' in line ? line.rejected.values : null));
    expect(values).toEqual([{ otherLine: 2 }, { otherLine: 3 }]);
    expect(counts).toEqual({ ...noRows(), rows: 2, users: 0, rejected: 2, collapsed: 0 });
  });
  test.each([
    ['a column', { userName: 'Email' }, 'Email'],
    ['a column with its treatment', { userName: { column: 'Email', case: 'lower' } }, 'Email'],
    ['made of several', { userName: { expression: 'Email' } }, null],
  ])('a user name twice rejects both rows with the column of the name: %s', async (_, mapping, column) => {
    const content = csvOf(person('p1', 'Active', 'p@contoso.example'), person('p2', 'Active', 'p@contoso.example'));
    const { lines, counts } = await mapped(content, {}, { mapping });
    expect(lines.slice(2)).toMatchObject([
      { row: 1, line: 2, rejected: { code: 'duplicate-user-name', column } },
      { row: 2, line: 3, rejected: { code: 'duplicate-user-name', column } },
    ]);
    expect(counts).toEqual({ ...noRows(), rows: 2, users: 0, rejected: 2, collapsed: 0 });
  });
  test('name the column of the id even if its form is declared', async () => {
    const { lines } = await mapped(
      csvOf(person('p1'), person('p1', 'Left')),
      {},
      { id: { column: 'Id', pattern: 'p\\d' } },
    );
    expect(lines.slice(1)).toMatchObject([{ rejected: { column: 'Id' } }, { rejected: { column: 'Id' } }]);
  });
  test('are made where the settings map no user name', async () => {
    const content = csvOf(person('p1'), person('p1', 'Left'));
    const { lines } = await mapped(content, {}, { mapping: { displayName: 'Email' } });
    expect(lines.slice(1)).toMatchObject([
      { rejected: { code: 'duplicate-id' } },
      { rejected: { code: 'duplicate-id' } },
    ]);
  });
  test('a rejected row casts doubt on rows with the same id', async () => {
    const { lines, counts } = await mapped(csvOf(person('p1'), person('p1', 'Asleep')));
    expect(lines.slice(2)).toMatchObject([{ row: 1, rejected: { code: 'duplicate-id' } }]);
    expect(counts).toEqual({ ...noRows(), rows: 2, users: 0, rejected: 2, collapsed: 0 });
  });
});

describe('several rows of one person', () => {
  const prefer = (...rules: readonly unknown[]): object => ({ rowsPerPerson: { prefer: rules } });
  const before = (...lines: readonly string[]): string => `Id,Status,Email,Main\n${lines.join('\n')}\n`;

  test('are all staged; the ones that do not count are amended, with the line of the one that does', async () => {
    const content = before(
      'p1,Left,p1@contoso.example,',
      'p2,Active,p2@contoso.example,',
      'P1,Active,p1@contoso.example,',
    );
    const { lines, counts, people } = await mapped(content, {}, prefer('active'));
    expect(lines.slice(3)).toEqual([
      {
        ...{ row: 1, line: 2, id: 'p1' },
        unsent: { verdict: 'superseded', code: 'other-row-counts', values: { otherLine: 4 }, column: null },
      },
    ]);
    expect(counts).toEqual({ ...noRows(), rows: 3, users: 2, superseded: 1 });
    expect([...people.packed()].flatMap(({ rows }) => rows.map(([row]) => row))).toEqual([2, 3]);
  });
  test('one that says what the one that counts says is collapsed into it at the end', async () => {
    const same = 'p1,Active,p1@contoso.example';
    const content = before(`${same},N`, 'p1,Active,p2@contoso.example,', `${same},Y`);
    const { lines, counts } = await mapped(content, {}, prefer({ column: 'Main', values: ['y'] }));
    expect(lines.slice(3)).toMatchObject([
      { row: 2, unsent: { values: { otherLine: 2 } } },
      { row: 3, into: 1 },
    ]);
    expect(counts).toEqual({ ...noRows(), rows: 3, users: 1, superseded: 1, collapsed: 1 });
  });
  test('one sign-in name under two ids: who has left rests, and no other row is amended', async () => {
    const content = before('p1,Left,p@contoso.example,', 'p2,Active,P@contoso.example,');
    const { lines, counts } = await mapped(content);
    expect(lines.slice(2)).toEqual([{ row: 1, line: 2, id: 'p1', rests: 'unknown-inactive' }]);
    expect(counts).toEqual({ ...noRows(), rows: 2, users: 2 });
  });
  test('a file without a column by which rows are told apart is held', async () => {
    const rules = prefer('active', { column: 'Primary', values: ['Y'] });
    await expect(mapped(csvOf(person('p1')), {}, rules)).rejects.toMatchObject({ code: 'column-missing' });
  });
  test('a well-known word for blank in such a column rejects nobody', async () => {
    const rules = prefer({ column: 'Main', values: ['Y'] });
    const { counts } = await mapped(before('p1,Active,p1@contoso.example,NULL'), {}, rules);
    expect(counts).toMatchObject({ users: 1, rejected: 0 });
  });
});

describe('returned rows', () => {
  const returned = (...marks: readonly string[]): string =>
    `rollcall_row,Id,Status,Email\n${marks.map((mark, i) => `${mark},${person(`p${i + 1}`)}\n`).join('')}`;
  test('are recognised by our column', async () => {
    expect((await mapped(returned(rowMark(1, 'p1'), 'r2.new', ''))).isReturned).toBe(true);
    expect((await mapped(csvOf(person('p1')))).isReturned).toBe(false);
  });
  test('that do not match their mark hold the file, with the line and our column', async () => {
    await expect(mapped(returned(rowMark(1, 'p1'), rowMark(2, 'p1')))).rejects.toMatchObject({
      name: 'FileHold',
      code: 'corrected-row-shifted',
      values: { line: 3 },
      at: { line: 3, column: 'rollcall_row' },
    });
  });
  test.each(['rollcall_code', 'rollcall_reason'])('are recognised by %s where the marks were deleted', async (ours) => {
    const content = `${ours},Id,Status,Email\nx,${person('p1')}\n`;
    expect(await mapped(content)).toMatchObject({ isReturned: true, counts: { users: 1 } });
  });
  test('that are rejected for another reason hold nothing', async () => {
    const content = `rollcall_row,Id,Status,Email\n${rowMark(1, 'p9')},${person('p1', 'Asleep')}\n`;
    expect(await mapped(content)).toMatchObject({ isReturned: true, counts: { rejected: 1 } });
  });

  const json = (...records: readonly object[]): string =>
    JSON.stringify(
      records.map((record, i) => ({
        Id: `p${i + 1}`,
        Status: 'Active',
        Email: `p${i + 1}@contoso.example`,
        ...record,
      })),
    );
  test('in JSON are recognised by our member, even if only some have it, in any chunk', async () => {
    const many = Array.from({ length: 120 }, (_, i) => (i === 10 ? { rollcall_row: rowMark(11, 'p11') } : {}));
    expect((await mapped(json(...many), { format: 'json' })).isReturned).toBe(true);
    expect((await mapped(json({}, {}), { format: 'json' })).isReturned).toBe(false);
    expect((await mapped(json({ rollcall_row: 7 }), { format: 'json' })).isReturned).toBe(true);
  });
  test('in JSON that do not match their mark hold the file', async () => {
    const content = json({ rollcall_row: rowMark(1, 'p1') }, { rollcall_row: rowMark(2, 'p1') });
    await expect(mapped(content, { format: 'json' })).rejects.toMatchObject({ code: 'corrected-row-shifted' });
  });
  test('a JSON record that cannot be read has no mark', async () => {
    const content = json({}).replace('[', '[{"Id":"p2","Id":"p3","Status":"Active"},');
    expect(await mapped(content, { format: 'json' })).toMatchObject({ isReturned: false, counts: { rejected: 1 } });
  });
});

describe('the buffer of lines', () => {
  test('gives the bytes of each text, and all of them with their line ends', () => {
    const lines = new LineBuffer();
    expect(Buffer.from(lines.append('zoë')).toString('utf8')).toBe('zoë');
    expect(lines.length).toBe(5);
    expect(Buffer.from(lines.append('')).length).toBe(0);
    expect(Buffer.from(lines.bytes()).toString('utf8')).toBe('zoë\n\n');
    lines.clear();
    expect(lines.length).toBe(0);
    expect(lines.bytes()).toHaveLength(0);
  });
  test.each([1, 60_000, 131_071, 131_072, 200_000, 900_000])(
    'grows where %i letters of three bytes do not fit',
    (letters) => {
      const lines = new LineBuffer();
      lines.append('before');
      const long = '€'.repeat(letters);
      expect(Buffer.from(lines.append(long)).toString('utf8')).toBe(long);
      lines.append('after');
      expect(Buffer.from(lines.bytes()).toString('utf8')).toBe(`before\n${long}\nafter\n`);
    },
  );
  test('at least doubles where it grows, so that it grows seldom', () => {
    const lines = new LineBuffer();
    const before = lines.bytes().buffer.byteLength;
    lines.append('x'.repeat(before / 2));
    expect(lines.bytes().buffer.byteLength).toBe(2 * before);
  });
  test('does not grow where even the longest form of a text fits', () => {
    const lines = new LineBuffer();
    const memory = lines.bytes().buffer;
    lines.append('');
    lines.append('x'.repeat(43_690));
    expect(lines.bytes().buffer).toBe(memory);
  });
  test('takes up to its last byte', () => {
    // 128 KiB: 43,690 letters of three bytes, their line end, and one byte left for a line end.
    const lines = new LineBuffer();
    const long = '€'.repeat(43_690);
    lines.append(long);
    lines.append('');
    expect(Buffer.from(lines.bytes()).toString('utf8')).toBe(`${long}\n\n`);
  });
});
