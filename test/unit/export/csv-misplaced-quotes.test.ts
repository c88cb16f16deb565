// What csv-parse reads too leniently, or drops: each text by itself, and wherever it is cut.
import fc from 'fast-check';
import type { CsvDialect } from '../../../shared/export/csv/parser-options';
import { createCsvRecordReader, type CsvRecord } from '../../../shared/export/csv/record-reader';

const plain: CsvDialect = { delimiter: ',', escape: '"', comment: null };

const readAll = (text: string, dialect: Partial<CsvDialect> = {}, cuts: readonly number[] = []): CsvRecord[] => {
  const reader = createCsvRecordReader({ ...plain, ...dialect }, 1);
  const records: CsvRecord[] = [];
  let from = 0;
  for (const cut of [...cuts.toSorted((one, other) => one - other), text.length]) {
    reader.push(text.slice(from, cut), records);
    from = cut;
  }
  reader.end(records);
  return records;
};

/** Line, whether it is spoiled, cells. */
const told = (records: readonly CsvRecord[]): unknown[] =>
  records.map(({ line, spoiled, cells }) => [line, spoiled ? 'spoiled' : 'read', ...cells]);

const cases: readonly (readonly [name: string, text: string, dialect: Partial<CsvDialect>, expected: unknown[]])[] = [
  [
    'a quote opened after a misplaced one affects no other row',
    '1,"x"y,"a\n2,b,c\n3,"d",e\n',
    {},
    [
      [1, 'spoiled', '1', 'x'],
      [2, 'read', '2', 'b', 'c'],
      [3, 'read', '3', 'd', 'e'],
    ],
  ],
  [
    'a misplaced quote after blanks affects no other row either',
    '1, "x","a\r\n2,b,c\r\n',
    {},
    [
      [1, 'spoiled', '1', ' "x"'],
      [2, 'read', '2', 'b', 'c'],
    ],
  ],
  [
    'quotes that are part of the value are not misplaced',
    '1,"""Chef"" de",5" pipe\n2,"\n ""x""",a"b"\n3,d,e\n',
    {},
    [
      [1, 'read', '1', '"Chef" de', '5" pipe'],
      [2, 'read', '2', '\n "x"', 'a"b"'],
      [4, 'read', '3', 'd', 'e'],
    ],
  ],
  [
    'a misplaced quote is found after a cell with inches',
    '1,5" pipe,"Bob ""the"" "Lee"\n2,b,c\n',
    {},
    [
      [1, 'spoiled', '1', '5" pipe', 'Bob "the" '],
      [2, 'read', '2', 'b', 'c'],
    ],
  ],
  [
    'a delimiter of several bytes shifts nothing',
    '1¬"Bob "the" Lee"¬"x\n2¬b¬c\n',
    { delimiter: '¬' },
    [
      [1, 'spoiled', '1', 'Bob '],
      [2, 'read', '2', 'b', 'c'],
    ],
  ],
  [
    'a comment does not begin after a closing quote',
    '1,"x"#y\n""#,"z\n#"\n2,b\n',
    { comment: '#' },
    [
      [1, 'spoiled', '1', 'x'],
      [2, 'spoiled', ''],
      [4, 'read', '2', 'b'],
    ],
  ],
  [
    'a backslash that escapes nothing is kept',
    '"C:\\new\\\\x \\"y\\"",a\\b,\\"\n"\\\n",\ufdd0,c\n',
    { escape: '\\' },
    [
      [1, 'read', 'C:\\new\\x "y"', 'a\\b', '\\"'],
      [2, 'read', '\\\n', '\ufdd0', 'c'],
    ],
  ],
];

describe('the CSV reader, where the library is too lenient', () => {
  test.each(cases)('%s', (_name, text, dialect, expected) => {
    expect(told(readAll(text, dialect))).toEqual(expected);
    for (let cut = 0; cut <= text.length; cut++) expect(told(readAll(text, dialect, [cut]))).toEqual(expected);
  });

  test('holds a quoted cell that ran over lines before its quote was misplaced', () => {
    expect(() => readAll('1,a\n2,"Bob\n3,B\n4,"C"\n5,d\n')).toThrow(
      expect.objectContaining({ code: 'quote-never-closed', at: { line: 2, column: null } }),
    );
  });

  test('gives the line of the row in which the text ends, blank lines and comments not counted as rows', () => {
    expect(() => readAll('1,a\n\n#"c\n2,"Bob\n3,B', { comment: '#' })).toThrow(
      expect.objectContaining({ code: 'file-truncated', at: { line: 4, column: null } }),
    );
  });

  test('a row is spoiled or read the same whatever rows surround it', () => {
    const row = fc.constantFrom('1,"x"y,"a', '2, "b",c', '3,"d ""e""",f', '4,5" pipe,"""g"', '5,h,i', '6,"j",k');
    const alone = new Map<string, unknown[]>();
    const readAlone = (text: string): unknown[] => {
      const known = alone.get(text) ?? told(readAll(`${text}\n`)).map((record) => (record as unknown[]).slice(1));
      alone.set(text, known);
      return known;
    };
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const together = told(readAll(rows.map((text) => `${text}\n`).join('')));
        expect(together).toEqual(
          rows.flatMap((text, index) => readAlone(text).map((rest) => [index + 1, ...(rest as unknown[])])),
        );
      }),
      { numRuns: 200 },
    );
  });
});
