// Question marks in place of letters: a hold where nothing else can be meant, and no word about those that people write.
import iconv from 'iconv-lite';
import { readExport } from './read-export';

const header = 'EmployeeID,Email,Status,Given,Family,Title,Note';
const csv = (...rows: readonly string[]): string => `${header}\n${rows.map((row) => `${row}\n`).join('')}`;
const expectation = { mappedColumns: header.split(','), nameColumns: ['Given', 'Family'] };
const read = async (text: string | Buffer) => {
  const { hold, findings, records } = await readExport(text, expectation);
  return hold === null ? { rows: records.length, findings: findings.map(({ code }) => code) } : hold.values;
};

test('a question mark within a name holds a file without one letter above ASCII', async () => {
  expect(
    await read(csv('1,a,Active,Anna,Lee,Clerk,', '2,b,Active,J?rg,M?ller,Clerk,', '3,c,Active,Fran??ois,Le?vre,,')),
  ).toEqual({
    damage: 'letters-replaced',
    line: 3,
    column: { quote: 'Given' },
    value: { quote: 'J?rg' },
    values: 4,
  });
});

test('also in UTF-16, in a declared encoding, and behind a byte order mark', async () => {
  const damaged = csv('1,a,Active,J?rg,Lee,,');
  for (const bytes of [Buffer.from(`\ufeff${damaged}`, 'utf16le'), Buffer.from(`\ufeff${damaged}`)])
    expect(await read(bytes)).toMatchObject({ damage: 'letters-replaced' });
  expect((await readExport(damaged, { ...expectation, encoding: 'windows-1252' })).hold?.code).toBe('text-damaged');
});

test.each([
  ['alone', '1,a,Active,?,?,,'],
  ['at the end of a name', '1,a,Active,Anna?,Lee ?,,'],
  ['before a name', '1,a,Active,?Anna,?,,'],
  ['in a title', '1,a,Active,Anna,Lee,Gesch?ftsf?hrer,'],
  ['in a note', '1,a,Active,Anna,Lee,,http://contoso.example/a?b=c'],
])('%s it says nothing', async (_name, row) => {
  expect(await read(csv(row))).toEqual({ rows: 1, findings: [] });
});

test.each([
  ['after it', ['1,a,Active,O?Brien,Lee,,', '2,b,Active,Anna,Müller,,']],
  ['before it', ['1,a,Active,Anna,Müller,,', '2,b,Active,O?Brien,Lee,,']],
  ['in another column', ['1,a,Active,O?Brien,Lee,,Köln']],
])('one letter above ASCII %s shows that none is lost', async (_name, rows) => {
  expect(await read(csv(...rows))).toMatchObject({ rows: rows.length });
});

test('a letter far behind is seen', async () => {
  const plain = Array.from({ length: 20_000 }, (_, at) => `${at + 10},p,Active,Anna,Lee,Clerk,`);
  expect(await read(csv('1,a,Active,O?Brien,Lee,,', ...plain, '2,b,Active,Zoë,Lee,,'))).toMatchObject({ rows: 20_002 });
  expect(await read(csv('1,a,Active,O?Brien,Lee,,', ...plain))).toMatchObject({ line: 2, values: 1 });
});

test('letters of UTF-16 whose bytes are ASCII are letters', async () => {
  expect(await read(Buffer.from(`\ufeff${csv('1,a,Active,O?Brien,扡,,')}`, 'utf16le'))).toMatchObject({ rows: 1 });
});

test('names of nothing but question marks are a warning', async () => {
  const { findings } = await readExport(csv('1,a,Active,??,???,,', '2,b,Active,?? ??,Lee,,'), expectation);
  expect(
    findings.map(({ code, severity, values, line, column }) => ({ code, severity, values, line, column })),
  ).toEqual([
    {
      code: 'names-of-question-marks',
      severity: 'warning',
      values: { column: { quote: 'Given' }, value: { quote: '??' }, values: 2, line: 2 },
      line: 2,
      column: 'Given',
    },
    {
      code: 'names-of-question-marks',
      severity: 'warning',
      values: { column: { quote: 'Family' }, value: { quote: '???' }, values: 1, line: 2 },
      line: 2,
      column: 'Family',
    },
  ]);
});

test('a row whose cells have shifted says nothing of names', async () => {
  expect(await read(csv('1,a,Active,Anna,What?now,x,y,z'))).toMatchObject({ rows: 1 });
});

describe('in JSON', () => {
  const readJson = async (text: string) => {
    const { hold, records } = await readExport(text, {
      format: 'json',
      mappedColumns: ['name.family'],
      nameColumns: ['name.family'],
    });
    return hold === null ? records.length : hold.values;
  };
  const person = (family: string, more = '') =>
    `{"EmployeeID":"1","Email":"a","Status":"Active","name":{"family":"${family}"}${more}}`;

  test('the same holds', async () => {
    expect(await readJson(`[${person('M?ller')}]`)).toMatchObject({
      damage: 'letters-replaced',
      column: { quote: 'name.family' },
    });
    expect(await readJson(`[${person('M?ller', ',"note":"a\\\\b \\u003f \\u007e"')}]`)).toMatchObject({
      damage: 'letters-replaced',
    });
  });

  test('a letter that is written as an escape is a letter', async () => {
    expect(await readJson(`[${person('O?Brien')},\n${person('M\\u00fcller')}]`)).toBe(2);
    expect(await readJson(`[${person('M\\u00FCller')},\n${person('O?Brien')}]`)).toBe(2);
  });

  test('a question mark elsewhere says nothing', async () => {
    expect(await readJson(`[${person('Lee', ',"note":"a?b"')}]`)).toBe(1);
  });
});

test('a file in a single-byte encoding without letters is judged like ASCII', async () => {
  const bytes = iconv.encode(csv('1,a,Active,J?rg,Lee,5 €,'), 'windows-1252');
  expect((await readExport(bytes, { ...expectation, encoding: 'windows-1252' })).hold?.values).toMatchObject({
    damage: 'letters-replaced',
  });
});
