// Rows that hold nobody are no rows of the file, and what was never written is not read as people.
import * as fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { readExport } from './read-export';

const header = 'EmployeeID,Email,Status';
const anna = '1,a@contoso.example,Active';
const bob = '2,b@contoso.example,Left';

const read = async (text: string, expect: Parameters<typeof readExport>[1] = {}) => {
  const { hold, records, findings } = await readExport(text, expect);
  return {
    hold: hold?.code ?? null,
    rows: records.map(({ row, line, kind }) => `${row} on ${line}${kind === 'unreadable' ? ' rejected' : ''}`),
    nobody: findings.filter(({ code }) => code === 'rows-without-anybody').map(({ values, line }) => [values, line]),
  };
};
const note = (rows: number, line: number) => [[{ rows, line }, line]];

describe('a row of blank cells', () => {
  test('is passed over and not numbered, wherever it is, and told once with its count', async () => {
    expect(await read(`${header}\n,,\n${anna}\n , \t ,\n"","",""\n${bob}\n,,\n`)).toEqual({
      hold: null,
      rows: ['1 on 3', '2 on 6'],
      nobody: note(4, 2),
    });
  });
  test('of another width, of special spaces, or of marks that nobody sees is one as well', async () => {
    expect(await read(`${header}\n${anna}\n,\n,,,,,\n\u00a0,\u2003,\n\u200e,,\n${bob}\n`)).toMatchObject({
      rows: ['1 on 2', '2 on 7'],
      nobody: note(4, 3),
    });
  });
  test('may be the last one without a line end, and so may blanks; part of one may be a row that was cut', async () => {
    expect(await read(`${header}\n${anna}\n,,`)).toMatchObject({ hold: null, rows: ['1 on 2'], nobody: note(1, 3) });
    expect(await read(`${header}\n${anna}\n   `)).toMatchObject({ hold: null, rows: ['1 on 2'], nobody: note(1, 3) });
    expect(await read(`${header}\n${anna}\n ,`)).toMatchObject({ hold: 'file-truncated' });
  });
  test('is one if a declared word fills its cells; an undeclared one says something', async () => {
    expect(await read(`${header}\nNULL,null,\n${anna}\n`, { blankWords: ['NULL'] })).toMatchObject({
      rows: ['1 on 3'],
      nobody: note(1, 2),
    });
    expect(await read(`${header}\nNULL,null,\n${anna}\n`, { decisiveColumns: ['EmployeeID'] })).toMatchObject({
      rows: ['1 on 2 rejected', '2 on 3'],
      nobody: [],
    });
  });
  test('does not hide how rows end: they may all end with a delimiter, or only the header', async () => {
    expect(await read(`${header}\n${anna},\n,,\n${bob},\n`)).toMatchObject({ rows: ['1 on 2', '2 on 4'] });
    expect(await read(`${header},\n,,,\n${anna}\n${bob}\n`)).toMatchObject({ rows: ['1 on 3', '2 on 4'] });
  });
  test('alone makes a file without rows', async () => {
    expect(await read(`${header}\n,,\n,,\n`)).toMatchObject({ hold: 'file-without-rows' });
  });
  test('in which anything is said is a row: no id, a zero, a zero-width space', async () => {
    expect(await read(`${header}\n,,Active\n0,,\n\u200b,,\n`)).toMatchObject({
      rows: ['1 on 2', '2 on 3', '3 on 4 rejected'],
      nobody: [],
    });
  });
});

describe('the line of dashes', () => {
  test.each(['-,-----,------', '----------', '--, ----- ,', '+----+-------+', '----+-----+-----'])(
    'under the header is passed over: %s',
    async (dashes) => {
      expect(await read(`${header}\n${dashes}\n${anna}\n`)).toEqual({
        hold: null,
        rows: ['1 on 3'],
        nobody: note(1, 2),
      });
    },
  );
  test.each(['-5,-----,------', '+,+,+', '--,a@contoso.example,--'])('says something: %s', async (line) => {
    expect(await read(`${header}\n${line}\n${anna}\n`)).toMatchObject({ nobody: [] });
  });
  test('anywhere else is a row: there a dash may stand for a value', async () => {
    expect(await read(`${header}\n${anna}\n-,-,-\n`)).toMatchObject({ rows: ['1 on 2', '2 on 3'], nobody: [] });
    expect(await read(`${header}\n,,\n-,-,-\n`)).toMatchObject({ rows: ['1 on 3'], nobody: note(1, 2) });
  });
});

describe('a JSON record in which nothing is said', () => {
  const expect_ = { format: 'json' as const };
  test('is passed over and not numbered', async () => {
    const person = '{"EmployeeID":"1","Email":"a@contoso.example","Status":"Active"}';
    const blank = ['{}', '{"EmployeeID":null,"Email":" ","Tags":[],"Job":{"Title":""}}'];
    expect(await read(`[${blank[0]},\n${person},\n${blank[1]},\n${person}]`, expect_)).toEqual({
      hold: null,
      rows: ['1 on 2', '2 on 4'],
      nobody: note(2, 1),
    });
  });
  test.each(['0', 'false', '"x"', '[[["x"]]]'])('is a record if a member is %s', async (value) => {
    const lines = `{"EmployeeID":"1","Email":"a","Status":"b"}\n{"EmployeeID":"","More":${value}}\n`;
    expect(await read(lines, expect_)).toMatchObject({ rows: ['1 on 1', '2 on 2'], nobody: [] });
  });
});

test('for any file: blank rows between the others change nothing but lines', async () => {
  const blank = fc.constantFrom(',,', ' ,,', '"",,', ',', ' ');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(blank, { nil: null }), { minLength: 1, maxLength: 20 }), async (told) => {
      const lines = [header, ...told.map((one, i) => one ?? `${i},p${i}@contoso.example,Active`)];
      const { hold, records } = await readExport(lines.map((line) => `${line}\n`).join(''));
      const people = told.flatMap((one, i) => (one === null ? [i] : []));
      if (people.length === 0) expect(hold?.code).toBe('file-without-rows');
      else expect(records.map(({ row, line }) => [row, line])).toEqual(people.map((i, at) => [at + 1, i + 2]));
    }),
    { numRuns: 50 },
  );
});

describe('zero bytes', () => {
  const whole = `${header}\n${anna}\n${bob}\n`;
  const halves: readonly (readonly [string, Buffer])[] = [
    ['after the last line', Buffer.concat([Buffer.from(whole), Buffer.alloc(4_096)])],
    ['a single one', Buffer.from(`${whole}\0`)],
    ['in the middle of a row', Buffer.concat([Buffer.from(whole.slice(0, -9)), Buffer.alloc(500)])],
    ['more than a record may have', Buffer.concat([Buffer.from(whole), Buffer.alloc(2 * 1_048_576)])],
    ['and nothing else', Buffer.alloc(100)],
    ['in UTF-16 without a mark', Buffer.concat([iconv.encode(whole, 'utf-16le'), Buffer.alloc(512)])],
    ['in UTF-16 with a mark', Buffer.concat([iconv.encode(whole, 'utf-16be', { addBOM: true }), Buffer.alloc(512)])],
    ['in a compressed file', gzipSync(Buffer.concat([Buffer.from(whole), Buffer.alloc(90)]))],
    ['before more text', Buffer.concat([Buffer.from(whole.repeat(20)), Buffer.alloc(64), Buffer.from(`\n${anna}\n`)])],
  ];
  test.each(halves)('hold the file as half written: %s', async (_, bytes) => {
    const { hold } = await readExport(bytes);
    expect(hold).toMatchObject({ code: 'file-truncated', values: { within: 'zeros' } });
  });
  test('hold a JSON document that is complete before them', async () => {
    const { hold } = await readExport(`[{"EmployeeID":"1"}]${'\0'.repeat(9)}`, { format: 'json' });
    expect(hold).toMatchObject({ code: 'file-truncated', values: { within: 'zeros', zeros: 9 } });
  });
  test('are counted wherever the bytes are cut', async () => {
    const bytes = Buffer.from(`${whole}${'\0'.repeat(9)}`);
    for (const cut of [1, 3, 8, 12]) {
      const { hold } = await readExport(bytes, {}, [bytes.length - cut]);
      expect(hold?.values).toEqual({ within: 'zeros', zeros: 9 });
    }
  });
  test('inside a cell, a few of them reject its row alone', async () => {
    const { hold, records } = await readExport(`${header}\n1,a\0\0b,Active\n${bob}\n`, {}, [28]);
    expect(hold).toBeNull();
    expect(records).toMatchObject([{ rejection: { code: 'control-character' } }, { line: 3 }]);
  });
});
