// Rows at the limits of a rule: a missing last cell, the longest id, cell and header, the lines that may be skipped.
import { readExport } from './read-export';

const header = 'EmployeeID,Email,Status';
const row = '1,a@contoso.example,Active';

/** The codes of the rejected rows, or that of the hold. */
const told = async (text: string, expect: Parameters<typeof readExport>[1] = {}): Promise<unknown> => {
  const { hold, records } = await readExport(text, expect);
  if (hold !== null) return { hold: hold.code, line: hold.at.line };
  return records.map((record) => (record.kind === 'unreadable' ? record.rejection.code : 'good'));
};

describe('a row that is cut', () => {
  test.each(['2', '2,', '2,b@contoso', '2,b@contoso.example'])(
    'holds the file as truncated when it ends as %j, before its last cell',
    async (end) => {
      expect(await told(`${header}\n${row}\n${end}`)).toEqual({ hold: 'file-truncated', line: 3 });
    },
  );
  test('is rejected alone when its line has an end: then the file is complete', async () => {
    expect(await told(`${header}\n${row}\n2,b@contoso.example\n`)).toEqual(['good', 'row-ragged']);
  });
  test('is a normal row when its last cell is present', async () => {
    expect(await told(`${header}\n${row}\n2,b@contoso.example,Left`)).toEqual(['good', 'good']);
    expect(await told(`${header}\n${row}\n2,b@contoso.example,`)).toEqual(['good', 'good']);
  });
  test('is not truncated when it has a cell too many', async () => {
    expect(await told(`${header}\n${row}\n2,b@contoso.example,Left,more`)).toEqual(['good', 'row-ragged']);
  });
  test('is recognised even in a file whose rows end with a delimiter', async () => {
    const trailing = `${header}\n${row},\n${row},\n`;
    expect(await told(`${trailing}2,b@contoso.example,Left,`)).toEqual(['good', 'good', 'good']);
    expect(await told(`${trailing}2,b@contoso`)).toEqual({ hold: 'file-truncated', line: 4 });
  });
});

describe('an id that lost its zeros', () => {
  const idOfDigits = (digits: number): Promise<unknown> =>
    told(`${header}\n7,a@contoso.example,Active\n`, { idPattern: `\\d{${digits}}` });
  test('is recognised when one is missing, and up to twelve', async () => {
    expect(await idOfDigits(2)).toEqual(['id-lost-zeros']);
    expect(await idOfDigits(13)).toEqual(['id-lost-zeros']);
  });
  test('is only of the wrong form when thirteen would be missing', async () => {
    expect(await idOfDigits(14)).toEqual(['id-of-wrong-form']);
  });
  test('is named as it probably was', async () => {
    const { records } = await readExport(`${header}\n7,a@contoso.example,Active\n`, { idPattern: '0\\d{3}' });
    expect(records[0]).toMatchObject({ rejection: { values: { restored: { quote: '0007' } } } });
  });
});

test.each([
  ['123', 'good'],
  [' 123 ', 'good'],
  ['1234', 'id-of-wrong-form'],
  ['x123', 'id-of-wrong-form'],
  ['123x', 'id-of-wrong-form'],
])('the id %j is compared with the pattern as a whole', async (id, expected) => {
  expect(await told(`${header}\n${id},a@contoso.example,Active\n`, { idPattern: '\\d{3}' })).toEqual([expected]);
});

describe('declared lines to skip', () => {
  test('are skipped, and not reported as a preamble', async () => {
    const { hold, findings, records } = await readExport(`Report\n\n${header}\n${row}\n`, { skipLines: 2 });
    expect(hold).toBeNull();
    expect(records.map((record) => record.line)).toEqual([4]);
    expect(findings.map(({ code }) => code)).not.toContain('preamble-skipped');
  });
  test('are binding: one line more before the header holds the file', async () => {
    expect(await told(`Report\nof today\n${header}\n${row}\n`, { skipLines: 1 })).toEqual({
      hold: 'column-missing',
      line: 2,
    });
    expect(await told(`Report\nof today\n${header}\n${row}\n`)).toEqual(['good']);
  });
  test('are skipped although one of them looks like the header', async () => {
    expect(await told(`${header}\n${row}\n`, { skipLines: 1 })).toEqual({ hold: 'column-missing', line: 2 });
  });
  test('count line ends of every kind', async () => {
    for (const end of ['\n', '\r', '\r\n'])
      expect(await told([`Report`, 'of today', header, row, ''].join(end), { skipLines: 2 })).toEqual(['good']);
  });
  test('may be followed by blank lines', async () => {
    expect(await told(`Report\n\n\n${header}\n${row}\n`, { skipLines: 1 })).toEqual(['good']);
  });
});

describe('undeclared lines before the header', () => {
  const preamble = (lines: number): string => `${'Report\n'.repeat(lines)}${header}\n${row}\n`;
  test('are skipped up to thirty, and counted', async () => {
    const { findings } = await readExport(preamble(30));
    expect(findings.find(({ code }) => code === 'preamble-skipped')).toMatchObject({
      line: 31,
      values: { lines: 30, headerLine: 31 },
    });
  });
  test('hold the file when there are more', async () => {
    expect(await told(preamble(31))).toEqual({ hold: 'column-missing', line: 1 });
  });
});

describe('bounds', () => {
  test('a cell may hold 32,767 characters, and not one more', async () => {
    const wide = (chars: number): string => `${header},Note\n${row},${'n'.repeat(chars)}\n`;
    expect(await told(wide(32_767))).toEqual(['good']);
    expect(await told(wide(32_768))).toEqual(['cell-too-long']);
  });
  test('a header may have 16,384 columns, and not one more', async () => {
    const wide = (columns: number): string => {
      const more = Array.from({ length: columns - 3 }, (_, i) => `c${i}`).join(',');
      return `${header},${more}\n${row}${','.repeat(columns - 3)}\n`;
    };
    expect(await told(wide(16_384))).toEqual(['good']);
    expect(await told(wide(16_385))).toEqual({ hold: 'header-too-large', line: 1 });
  });
  test('a row may have 32,768 cells, and not one more, quoted or not', async () => {
    for (const cell of ['x', '"x"']) {
      const wide = (cells: number): string => `${header}\n${row}\n${`${cell},`.repeat(cells - 1)}${cell}\n`;
      expect(await told(wide(32_768))).toEqual(['good', 'row-ragged']);
      expect(await told(wide(32_769))).toEqual({ hold: 'row-too-wide', line: 3 });
    }
  });
  test('a JSON record may have 16,384 members, objects and lists, and not one more', async () => {
    const json = { format: 'json' } as const;
    const good = '{"EmployeeID":"1","Email":"a@contoso.example","Status":"Active"';
    const wide = (objects: number): string => `${good},"more":[${Array(objects).fill('{}').join(',')}]}`;
    // Four members, the record, and the list.
    expect(await told(`[${wide(16_378)}]`, json)).toEqual(['good']);
    expect(await told(`[${good}},${wide(16_379)}]`, json)).toEqual(['good', 'json-record-too-wide']);
    expect(await told(`${good}}\n${wide(16_379)}\n`, json)).toEqual(['good', 'json-record-too-wide']);
  });
  test('one row does not prove that rows end with a delimiter; two do', async () => {
    expect(await told(`${header}\n${row},\n`)).toEqual(['row-ragged']);
    expect(await told(`${header}\n${row},\n${row},\n`)).toEqual(['good', 'good']);
  });
});
