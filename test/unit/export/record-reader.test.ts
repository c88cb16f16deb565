// The CSV reader compared with two libraries, and the lines and line ends that they do not report.
import fc from 'fast-check';
import { parse as parseCsv } from 'csv-parse/sync';
import Papa from 'papaparse';
import { createCsvRecordReader, type CsvRecord } from '../../../shared/export/csv/record-reader';

const readAll = (text: string, cuts: readonly number[] = [], comment: string | null = null): CsvRecord[] => {
  const reader = createCsvRecordReader({ delimiter: ',', escape: '"', comment }, 1);
  const records: CsvRecord[] = [];
  let from = 0;
  for (const cut of [...cuts.toSorted((one, other) => one - other), text.length]) {
    reader.push(text.slice(from, cut), records);
    from = cut;
  }
  reader.end(records);
  return records;
};

const cell = fc.oneof(
  fc.constantFrom('', 'a', '"', '""', ',', '\n', 'x\ny', ' ', '#', 'a"b'),
  fc.string({ maxLength: 6 }).map((text) => text.replaceAll('\r', '')),
);
const write = (rows: readonly (readonly string[])[]): string =>
  rows
    .map(
      (cells) =>
        `${cells.map((text) => (/[",\n]/.test(text) || cells.length === 1 ? `"${text.replaceAll('"', '""')}"` : text)).join(',')}\n`,
    )
    .join('');

describe('the CSV reader', () => {
  test('reads well-formed text as csv-parse and papaparse do, wherever it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(200), { maxLength: 6 }),
        (rows, cuts) => {
          const text = write(rows);
          const read = readAll(
            text,
            cuts.filter((cut) => cut < text.length),
          ).map(({ cells }) => cells);
          expect(read).toEqual(rows);
          expect(read).toEqual(parseCsv(text, { relax_column_count: true, record_delimiter: '\n' }));
          expect(read).toEqual(Papa.parse<string[]>(text.slice(0, -1), { delimiter: ',', newline: '\n' }).data);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('gives a short row as a short row, not filled up from the next line', () => {
    expect(readAll('a,b,c\n1,2\n3,4,5\n').map(({ cells }) => cells)).toEqual([
      ['a', 'b', 'c'],
      ['1', '2'],
      ['3', '4', '5'],
    ]);
  });

  test('counts CR, LF and CRLF as one line end each, also inside quotes and across a cut', () => {
    const text = 'a\r\nb\rc\n"x\r\ny\rz\n"\r\n\r\nd';
    for (let cut = 0; cut <= text.length; cut++) {
      expect(readAll(text, [cut]).map(({ line, cells }) => [line, cells[0]])).toEqual([
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
        [4, 'x\r\ny\rz\n'],
        [9, 'd'],
      ]);
    }
  });

  test('says whether the last record has a line end', () => {
    expect(readAll('a,b\n1,2').map(({ ended }) => ended)).toEqual([true, false]);
    expect(readAll('a,b\n"1","2"\n').map(({ ended }) => ended)).toEqual([true, true]);
  });

  test('a quote in a comment opens nothing', () => {
    expect(readAll('a\n#"b\nc\n', [], '#').map(({ line, cells }) => [line, cells[0]])).toEqual([
      [1, 'a'],
      [3, 'c'],
    ]);
  });

  test('a misplaced quote spoils its own line only', () => {
    expect(readAll('a,b\n1,"x"y\n2,z\n').map(({ line, spoiled }) => [line, spoiled])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
  });
});
