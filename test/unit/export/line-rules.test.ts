// Lines that the settings say are not people: to be ignored, or the closing line with its count.
import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import { createLineRules, maxLineChars } from '../../../shared/export/csv/line-rules';
import type { LineExpectation } from '../../../shared/export/export-record';
import { readExport } from './read-export';

const header = 'EmployeeID,Email,Status';
const anna = '1,a@contoso.example,Active';
const bob = '2,b@contoso.example,Left';

type Rules = Partial<LineExpectation>;
const linesOf = (rules: Rules): LineExpectation => ({ ignore: [], trailer: null, budgetMs: 10_000, ...rules });

const read = async (content: string | Buffer, rules: Rules, expect: Parameters<typeof readExport>[1] = {}) => {
  const { hold, records, findings } = await readExport(content, { ...expect, lines: linesOf(rules) });
  return {
    hold: hold?.code ?? null,
    rows: records.map(({ row, line, kind }) => `${row} on ${line}${kind === 'unreadable' ? ' rejected' : ''}`),
    ignored: findings.filter(({ code }) => code === 'lines-ignored').map(({ values }) => values),
  };
};
const rowsOf = async (...all: Parameters<typeof read>) => (await read(...all)).rows;

describe('a line to ignore', () => {
  const text = `${header}\nDepartment: HR\n${anna}\nSubtotal: 1\n\nPage 1 of 9\n${bob}\nSubtotal: 1`;
  const rules = { ignore: ['Department: ', 'Subtotal', { pattern: '^Page \\d+' }] };
  test('is no row; the others keep their lines, and the note counts it', async () => {
    expect(await read(text, rules)).toEqual({
      hold: null,
      rows: ['1 on 3', '2 on 7'],
      ignored: [{ lines: 4, line: 2 }],
    });
  });
  test.each(['\r\n', '\r', '\n'])('is found whatever ends the lines: %j', async (end) => {
    expect(await rowsOf(text.replaceAll('\n', end), rules)).toEqual(['1 on 3', '2 on 7']);
  });
  test.each(['utf-8', 'utf-16le', 'utf-16be'])('is found behind a byte order mark, in %s', async (encoding) => {
    const marked = iconv.encode(`Subtotal: 0\n${text}`, encoding, { addBOM: true });
    expect(await rowsOf(marked, rules)).toEqual(['1 on 4', '2 on 8']);
  });
  test('is told by all of what is written: quotes, spaces, letters above ASCII, backslashes', async () => {
    const lines = ['"Summe: 3",,', ' Summe: 3', 'Überschrift', 'C:\\dir'];
    const ignore = ['"Summe', ' Summe', 'Über', 'C:\\'];
    const content = `${header}\n${anna}\n${lines.join('\n')}\n"2","b\\"c@contoso.example","x"\n`;
    expect(await rowsOf(content, { ignore })).toEqual(['1 on 2', '2 on 7']);
    expect(await rowsOf(content, { ignore: ignore.map((one) => one.toLowerCase()) })).toHaveLength(6);
  });
  test('is one on which a record begins: inside a quoted cell nothing is ignored', async () => {
    const content = `${header}\n1,"a\nSubtotal: 1\n",Active\n${bob}\n`;
    const { records } = await readExport(content, { lines: linesOf({ ignore: ['Subtotal'] }) });
    expect(records).toMatchObject([{ line: 2, cells: ['1', 'a\nSubtotal: 1\n', 'Active'] }, { line: 5 }]);
  });
  test('takes all of the record that begins on it', async () => {
    expect(await rowsOf(`${header}\nTEST,"a\n${bob}\n",x\n${anna}\n`, { ignore: ['TEST'] })).toEqual(['1 on 5']);
  });
  test('may have a quote that is misplaced', async () => {
    expect(await rowsOf(`${header}\nTotal,"3" people\n${anna}\n`, { ignore: ['Total'] })).toEqual(['1 on 3']);
  });
  test('is never the header, and lines above it are ignored as well', async () => {
    expect(await rowsOf(`${header}\n${anna}\n`, { ignore: ['Employee', { pattern: 'Email' }] })).toEqual(['1 on 2']);
    const above = Array.from({ length: 40 }, (_, i) => `# ${i}, "`).join('\n');
    expect(await rowsOf(`${above}\n${header}\n${anna}\n`, { ignore: ['#'] })).toEqual(['1 on 42']);
    expect(await rowsOf(`x\n# y\n${header}\n# z\n${anna}\n`, { ignore: ['#'] }, { skipLines: 1 })).toEqual(['1 on 5']);
  });
  test('above a header that lacks a column is not taken for it', async () => {
    const { hold } = await readExport('# made today\nEmployeeID;Email\n1;a\n', { lines: linesOf({ ignore: ['#'] }) });
    expect(hold).toMatchObject({ code: 'column-missing', at: { line: 2 } });
  });
  test('does not hide how rows end, and dashes below it are still those of the header', async () => {
    expect(await rowsOf(`${header}\n#\n${anna},\n#\n${bob},\n`, { ignore: ['#'] })).toEqual(['1 on 3', '2 on 5']);
    expect(await rowsOf(`${header}\n#\n--,--,--\n${anna}\n`, { ignore: ['#'] })).toEqual(['1 on 4']);
  });
  test('by a pattern has at most so many characters', async () => {
    const line = (chars: number) => `${header}\n${'x'.repeat(chars)}\n${anna}\n`;
    const rules = { ignore: [{ pattern: '^x' }] };
    expect(await rowsOf(line(maxLineChars), rules)).toEqual(['1 on 3']);
    expect(await rowsOf(line(maxLineChars + 1), rules)).toEqual(['1 on 2 rejected', '2 on 3']);
    expect(await rowsOf(line(maxLineChars + 1), { ignore: ['x'] })).toEqual(['1 on 3']);
  });
  test('costs no more than its time: then the file is held', () => {
    let clock = 0;
    const rules = createLineRules(linesOf({ ignore: ['#', { pattern: 'x' }], budgetMs: 3 }), () => clock++);
    expect(rules?.isIgnored('# not timed')).toBe(true);
    expect([rules?.isIgnored('x'), rules?.isIgnored('y')]).toEqual([true, false]);
    expect(() => rules?.isIgnored('z')).toThrow(
      expect.objectContaining({ code: 'line-pattern-slow', values: { seconds: 0.003, lines: 3 } }) as Error,
    );
  });
  test('by a pattern that takes for ever elsewhere is matched at once', async () => {
    const content = `${header}\n${'a'.repeat(900)}!\n${anna}\n`;
    expect(await rowsOf(content, { ignore: [{ pattern: '^(?:a|a)+$' }] })).toEqual(['1 on 2 rejected', '2 on 3']);
  });
});

describe('the trailer', () => {
  const total = '^Total: (?<rows>[\\d.,]+)';
  test.each([
    ['with a line end', 'Total: 2\n', total],
    ['without one', 'Total: 2', total],
    ['with blank lines and rows of blanks behind it', 'Total: 2\r\n\r\n,,\n  ', total],
    ['of delimiters', 'T|000002', '^T\\|(?<rows>\\d+)$'],
    ['anywhere in the line', '"(2 rows affected)"', '(?<rows>\\d+) rows'],
  ])('is no row: %s', async (_, end, trailer) => {
    expect(await read(`${header}\n${anna}\n${bob}\n${end}`, { trailer })).toMatchObject({
      hold: null,
      rows: ['1 on 2', '2 on 3'],
    });
  });
  test('counts rejected rows, and no blank, ignored or dashed ones', async () => {
    const content = `${header}\n--,--,--\n,,\n${anna}\n3,short\n# x\n${bob}\n# y\nTotal: 3\n# z\n`;
    expect(await read(content, { trailer: total, ignore: ['#'] })).toMatchObject({
      hold: null,
      rows: ['1 on 4', '2 on 5 rejected', '3 on 7'],
    });
  });
  test('may group its digits', async () => {
    const many = Array.from({ length: 1_234 }, (_, i) => `${i},p${i}@contoso.example,Active\n`).join('');
    for (const count of ['1,234', '1.234', '1234']) {
      expect((await read(`${header}\n${many}Total: ${count}`, { trailer: total })).hold).toBeNull();
    }
  });
  test.each([
    ['another number', 'Total: 3\n', 'trailer-differs'],
    ['a number that is cut', 'Total: ', 'trailer-missing'],
    ['no number of people', 'Total: 2,5', 'trailer-missing'],
    ['a person in the last line', '', 'trailer-missing'],
    ['a person behind it', `Total: 2\n${anna}\n`, 'trailer-missing'],
    ['another one in the middle', `Total: 2\n${anna}\nTotal: 3\n`, 'trailer-differs'],
  ])('that says otherwise holds the file: %s', async (_, end, code) => {
    expect((await read(`${header}\n${anna}\n${bob}\n${end}`, { trailer: total })).hold).toBe(code);
  });
  test('is shown in the hold, with its line', async () => {
    const { hold } = await readExport(`${header}\n${anna}\nTotal: 7`, { lines: linesOf({ trailer: total }) });
    expect(hold).toMatchObject({
      values: { announced: 7, found: 1, text: { quote: 'Total: 7' }, line: 3 },
      at: { line: 3 },
    });
  });
  test('of no rows belongs to a file without rows', async () => {
    expect((await read(`${header}\nTotal: 0\n`, { trailer: total })).hold).toBe('file-without-rows');
  });
});

test('for any file: ignored lines between the rows change nothing but lines, wherever the bytes are cut', async () => {
  const row = fc.constantFrom('a,b,c', '"x\n# y",b,c', 'a,"# q",c', 'a,b', 'Łukasz,b,c');
  const line = fc.oneof(row, fc.constantFrom('# one', '#', '# "open'));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 15 }), fc.nat(400), async (lines, cut) => {
      const isIgnored = (one: string): boolean => one.startsWith('#');
      const content = [header, ...lines].map((one) => `${one}\n`).join('');
      const bytes = Buffer.from(content);
      const expected: number[] = [];
      let at = 2;
      for (const one of lines) {
        if (!isIgnored(one)) expected.push(at);
        at += one.split('\n').length;
      }
      const { hold, records } = await readExport(bytes, { lines: linesOf({ ignore: ['#'] }) }, [
        Math.min(cut, bytes.length),
      ]);
      if (expected.length === 0) expect(hold?.code).toBe('file-without-rows');
      else expect(records.map((record) => [record.row, record.line])).toEqual(expected.map((one, i) => [i + 1, one]));
    }),
    { numRuns: 100 },
  );
});
