// Rows that are not for the source: set aside before anything else in them is judged.
import type { RowsWanted } from '../../../shared/export/export-record';
import { readExport } from './read-export';

const header = 'EmployeeID,Email,Status,Kind,Name';
const only = (...values: string[]): RowsWanted => ({ only: [{ column: 'Kind', values }], except: [] });
const except = (...values: string[]): RowsWanted => ({ only: [], except: [{ column: 'Kind', values }] });

const expected = (rows: RowsWanted, more: Parameters<typeof readExport>[1] = {}): Parameters<typeof readExport>[1] => ({
  rows,
  requiredColumns: ['EmployeeID', 'Email', 'Status', 'Kind'],
  decisiveColumns: ['EmployeeID', 'Email', 'Status'],
  ...more,
});
const told = async (content: string, rows: RowsWanted, more: Parameters<typeof readExport>[1] = {}) => {
  const { hold, records } = await readExport(content, expected(rows, more));
  if (hold !== null) return hold.code;
  return records.map((record) => {
    if (record.kind === 'unsent') return `${record.line} ${record.id} ${record.unsent.code}`;
    return `${record.line} ${record.kind === 'unreadable' ? record.rejection.code : 'stays'}`;
  });
};
const rowsOf = (...kinds: string[]): string =>
  `${header}\n${kinds.map((kind, i) => `${i},p${i}@contoso.example,Active,${kind},N\n`).join('')}`;
const aside = 'not-for-this-source';

test('of `only`, rows with one of its values stay; case, outer and special spaces do not count', async () => {
  expect(
    await told(rowsOf('Employee', ' employee ', 'Intern', 'Employees', '', 'Emplo yee'), only('EMPLOYEE', 'intern')),
  ).toEqual(['2 stays', '3 stays', '4 stays', `5 3 ${aside}`, `6 4 ${aside}`, `7 5 ${aside}`]);
  expect(await told(rowsOf('Part\u00a0time', '\u200ePart time'), only('Part time'))).toEqual(['2 stays', '3 stays']);
});
test('of `except`, rows with one of its values go; a blank cell is none of them', async () => {
  expect(await told(rowsOf('Employee', 'contractor', ''), except('Contractor'))).toEqual([
    '2 stays',
    `3 1 ${aside}`,
    '4 stays',
  ]);
});
test('several columns: one value of each in `only`, none of any in `except`', async () => {
  const rows: RowsWanted = {
    only: [
      { column: 'Kind', values: ['E'] },
      { column: 'Status', values: ['Active', 'Left'] },
    ],
    except: [{ column: 'Name', values: ['TEST'] }],
  };
  const content = `${header}\n1,a,Active,E,A\n2,b,Active,C,B\n3,c,Pre-hire,E,C\n4,d,Left,E,Test\n`;
  expect(await told(content, rows)).toEqual(['2 stays', `3 2 ${aside}`, `4 3 ${aside}`, `5 4 ${aside}`]);
});
test('a row that is set aside says by which value of which column', async () => {
  const { records } = await readExport(rowsOf(' Contractor '), expected(only('Employee')));
  expect(records).toMatchObject([
    {
      kind: 'unsent',
      row: 1,
      unsent: {
        column: 'Kind',
        values: { column: { quote: 'Kind' }, value: { quote: 'Contractor' } },
      },
    },
  ]);
});

describe('what else is wrong with it', () => {
  test.each([
    ['an id of another form', 'C-17,a@contoso.example,Active,C,N', 'C-17'],
    ['a damaged id', '1.23E+05,a@contoso.example,Active,C,N', '1.23E+05'],
    ['no id', ',a@contoso.example,Active,C,N', 'null'],
    ['a word for blank that decides', '7,NULL,nan,C,N', '7'],
    ['an error of Excel', '7,a@contoso.example,#N/A,C,N', '7'],
    ['a character that nobody sees', '7,a\u200b@contoso.example,Active,C,N', '7'],
  ])('is not judged: %s', async (_, row, id) => {
    expect(await told(`${header}\n${row}\n`, only('E'), { idPattern: '\\d+' })).toEqual([`2 ${id} ${aside}`]);
  });
  test('is not counted either: no finding comes from it', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => `${1_000 + i},p${i},Active,E,N\n`).join('');
    const { findings } = await readExport(
      `${header}\n${ids}X-1,y,Active,C,NULL\n`,
      expected(only('E'), { mappedColumns: ['Name'] }),
    );
    expect(findings.map(({ code }) => code)).toEqual([]);
  });
  test('is judged if it is the column itself: then the row is rejected', async () => {
    expect(await told(rowsOf('#N/A'), only('E'))).toEqual(['2 excel-error-value']);
    expect(await told(rowsOf('#N/A'), except('C'))).toEqual(['2 excel-error-value']);
    expect(await told(rowsOf('E\u200b'), only('E'))).toEqual(['2 invisible-character']);
    expect(await told(rowsOf('C\u0007'), except('C'))).toEqual(['2 control-character']);
  });
  test('is judged if its cells may have shifted', async () => {
    expect(await told(`${header}\n1,a,Active,C\n`, only('E'))).toEqual(['2 row-ragged']);
    expect(await told(`${header}\n1,"a"b,Active,C,N\n`, only('E'))).toEqual(['2 quote-misplaced']);
  });
  test('holds the file if its text is damaged', async () => {
    expect(await told(`${header}\n1,a,Active,C,M\ufffdller\n`, only('E'))).toBe('text-damaged');
  });
});
test('a declared word for blank is a blank cell; a value that the settings name is a value, whatever programs mean by it', async () => {
  expect(await told(rowsOf('none'), only('E'), { blankWords: ['none'] })).toEqual([`2 0 ${aside}`]);
  expect(await told(rowsOf('n/a', '#N/A'), except('N/A', '#N/A'), { knownTexts: { Kind: ['N/A', '#N/A'] } })).toEqual([
    `2 0 ${aside}`,
    `3 1 ${aside}`,
  ]);
});
test('a file without the column is held: everybody would be sent, or nobody', async () => {
  expect(await told('EmployeeID,Email,Status\n1,a,b\n', except('C'))).toBe('column-missing');
});

describe('a JSON record', () => {
  const rows: RowsWanted = { only: [{ column: 'type.name', values: ['E', '1', 'true'] }], except: [] };
  const json = { format: 'json' as const, requiredColumns: ['EmployeeID', 'type.name'], mappedColumns: [] };
  const record = (type: unknown): string => `${JSON.stringify({ EmployeeID: '1', Email: 'a', Status: 'x', type })}\n`;
  test('is set aside by the text at a path, as it is written', async () => {
    const content = [{ name: 'e' }, { name: 1 }, { name: true }, { name: 'C' }, { name: null }, {}]
      .map(record)
      .join('');
    expect(await told(content, rows, json)).toEqual([
      '1 stays',
      '2 stays',
      '3 stays',
      `4 1 ${aside}`,
      `5 1 ${aside}`,
      `6 1 ${aside}`,
    ]);
  });
  test('with a list or an object there is rejected', async () => {
    const content = [{ name: ['E'] }, { name: { x: 'E' } }].map(record).join('');
    expect(await told(content, rows, json)).toEqual(['1 filter-value-not-single', '2 filter-value-not-single']);
  });
  test('is not judged for anything else, but holds the file if its text is damaged', async () => {
    const bad = `{"EmployeeID":1.0,"Email":"[object Object]","x":"\\u0007","type":{"name":"C"}}\n`;
    expect(await told(bad, rows, { ...json, idPattern: '\\d' })).toEqual([`1 1.0 ${aside}`]);
    expect(await told(bad.replace('\\u0007', '\ufffd'), rows, json)).toBe('text-damaged');
  });
  test('with the same key twice is rejected before', async () => {
    const twice = '{"EmployeeID":"1","type":{"name":"C","name":"E"}}\n';
    expect(await told(twice + record({ name: 'E' }), rows, json)).toEqual(['1 json-key-doubled', '2 stays']);
  });
});
