// What HR reads: cells, marks, sentences, the summary. The other reader is papaparse, not the library that wrote.
import * as fc from 'fast-check';
import Papa from 'papaparse';
import { BOM, csvText } from '../../../shared/report/csv-text';
import { guardFormulas, restoreFormulas } from '../../../shared/columns/formula-guard';
import { fitsMark, rowMark } from '../../../shared/columns/row-mark';
import type { RowFate } from '../../../shared/report/row-fates';
import { sentenceOfFate } from '../../../shared/report/sentences';
import { heldText, summaryText } from '../../../shared/report/summary';
import { noRows } from '../../../shared/run/row-counts';
import type { Run } from '../../../shared/run/run';
import { MANAGER_NOT_RESOLVED } from '../../../shared/verdict/judge-row';
import { noVerdicts, VERDICTS } from '../../../shared/verdict/verdict';

const readBack = (text: string, delimiter: string): string[][] =>
  Papa.parse<string[]>(text, { delimiter, skipEmptyLines: false }).data.slice(0, -1);
/** What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), also behind blanks and quotes. */
const FORMULA = /^[ "]*[=+\-@＝＋－＠]/;
const SEPARATORS = [',', ';', '\t', '|'];

describe('CSV', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', '"', "'", ',', ';', '\n', '\r', '=', '+', '-', '@', '\t', ' ', '🙂'),
  });
  const records = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));

  test('for any cells: another reader reads what was meant, but for the apostrophes, which can be taken away', () => {
    fc.assert(
      fc.property(records, fc.constantFrom(...SEPARATORS), (rows, delimiter) => {
        fc.pre(rows.every((row) => row.join('') !== ''));
        const read = readBack(csvText(rows, delimiter), delimiter);
        expect(read).toEqual(rows.map((row) => row.map(guardFormulas)));
        expect(read.map((row) => row.map(restoreFormulas))).toEqual(rows);
      }),
      { numRuns: 1_000 },
    );
  });
  test('for any cells, opened with any list separator: no cell begins as a formula', () => {
    fc.assert(
      fc.property(
        records,
        fc.constantFrom(...SEPARATORS),
        fc.constantFrom(...SEPARATORS),
        (rows, delimiter, separator) => {
          for (const text of readBack(csvText(rows, delimiter), separator).flat()) expect(text).not.toMatch(FORMULA);
        },
      ),
      { numRuns: 1_000 },
    );
  });
  test('takes time linear in the length of a cell', () => {
    const hostile = [`;${'"'.repeat(1_000_000)}`, `;${"'".repeat(1_000_000)}`, ';'.repeat(1_000_000)];
    for (const text of hostile) expect(restoreFormulas(guardFormulas(`${text}=`))).toBe(`${text}=`);
  });
  test.each(['=1+1', '+49 30 123', '-5', '@SUM(A1)', '\tx', '=HYPERLINK("http://evil.example")'])(
    '%j does not begin as a formula',
    (text) => {
      expect(readBack(csvText([[text, 'x']], ','), ',')[0]?.[0]).toBe(`'${text}`);
    },
  );
  test('records end in CRLF, and begin with the BOM of UTF-8', () => {
    expect(
      csvText(
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
        ';',
      ),
    ).toBe('a;b\r\nc;d\r\n');
    expect(Buffer.from(BOM)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  });
});

describe('the mark of a row', () => {
  test('matches the id it was made for, and no other', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), fc.string(), (row, id, other) => {
        expect(fitsMark(rowMark(row, id), id)).toBe(true);
        fc.pre(id !== other);
        // Six hex digits: one of 16 million others would match.
        expect(fitsMark(rowMark(row, id), other)).toBe(false);
      }),
    );
  });
  test.each(['', 'x', 'r1', 'r17.new', '17', 'r1.XYZ'])('%j matches every id', (mark) => {
    expect(fitsMark(mark, 'anybody')).toBe(true);
  });
  test('survives the spaces of a spreadsheet', () => {
    expect(fitsMark(` ${rowMark(3, 'a')} `, 'a')).toBe(true);
    expect(fitsMark(` ${rowMark(3, 'a')} `, 'b')).toBe(false);
  });
  test('is neither a number nor a formula to a spreadsheet', () => {
    fc.assert(fc.property(fc.nat(), fc.string(), (row, id) => expect(rowMark(row, id)).toMatch(/^r\d+\.[0-9a-f]{6}$/)));
  });
});

describe('sentences', () => {
  const fate = (more: Partial<RowFate>): RowFate => ({
    row: 1,
    line: 2,
    id: 'a',
    verdict: 'created',
    code: null,
    message: null,
    serviceWords: null,
    column: null,
    turnedOn: false,
    nameHolder: null,
    leftOut: [],
    ...more,
  });
  test.each(VERDICTS)('%s has one, and it is a sentence', (verdict) => {
    expect(sentenceOfFate(fate({ verdict }))).toMatch(/^[A-Z].*\.$/);
  });
  test('a rejection and a hold have their own', () => {
    for (const verdict of ['rejected', 'held'] as const)
      expect(sentenceOfFate(fate({ verdict, message: { code: 'row-collapsed', values: { firstLine: 4 } } }))).toBe(
        'The row is the same as the one on line 4; the two count as one.',
      );
  });
  test('a failure says what its code means, then the message of the service', () => {
    expect(sentenceOfFate(fate({ verdict: 'failed', code: 'Conflict', serviceWords: 'proxyAddresses.' }))).toBe(
      'Another entry in Microsoft Entra already has one of these values. proxyAddresses.',
    );
    expect(sentenceOfFate(fate({ verdict: 'failed', code: 'Unheard' }))).toBe(
      'Microsoft Entra could not apply this row.',
    );
  });
  test('a missing manager is reported with the verdict', () => {
    expect(sentenceOfFate(fate({ verdict: 'updated', code: MANAGER_NOT_RESOLVED }))).toMatch(
      /^The account was updated\. .*manager/,
    );
  });
  test.each(['graph-refused-operation', 'graph-request-too-large'])(
    'a row that the service refused (%s) says so',
    (code) => {
      expect(sentenceOfFate(fate({ verdict: 'rejected', code }))).toMatch(/Microsoft Entra/);
    },
  );
});

describe('which sentence a row gets', () => {
  const fate = (more: Partial<RowFate>): RowFate => ({
    row: 1,
    line: 2,
    id: 'a',
    verdict: 'rejected',
    code: null,
    message: null,
    serviceWords: null,
    column: null,
    turnedOn: false,
    nameHolder: null,
    leftOut: [],
    ...more,
  });
  const OURS = ['graph-refused-operation', 'graph-request-too-large', 'delivery-poisoned'];

  test.each(OURS)('%s has its own, followed by the message of the service', (code) => {
    for (const verdict of ['rejected', 'held'] as const) {
      const alone = sentenceOfFate(fate({ verdict, code }));
      expect(alone).not.toBe(sentenceOfFate(fate({ verdict })));
      expect(sentenceOfFate(fate({ verdict, code, serviceWords: 'Their words.' }))).toBe(`${alone} Their words.`);
    }
  });
  test('no two of them are the same', () => {
    expect(new Set(OURS.map((code) => sentenceOfFate(fate({ code })))).size).toBe(OURS.length);
    expect(new Set(VERDICTS.map((verdict) => sentenceOfFate(fate({ verdict })))).size).toBe(VERDICTS.length);
  });
  test.each(VERDICTS.filter((verdict) => !['rejected', 'held', 'failed'].includes(verdict)))(
    '%s: a code or a message with it changes nothing',
    (verdict) => {
      const plain = sentenceOfFate(fate({ verdict }));
      expect(plain).not.toMatch(/ manager /);
      expect(sentenceOfFate(fate({ verdict, code: 'delivery-poisoned', serviceWords: 'Their words.' }))).toBe(plain);
      expect(sentenceOfFate(fate({ verdict, code: MANAGER_NOT_RESOLVED }))).toMatch(/ manager /);
    },
  );
  test('a failure without a code gets a plain sentence', () => {
    const plain = sentenceOfFate(fate({ verdict: 'failed' }));
    expect(sentenceOfFate(fate({ verdict: 'failed', serviceWords: 'Their words.' }))).toBe(plain);
    expect(sentenceOfFate(fate({ verdict: 'failed', code: 'Conflict' }))).not.toBe(plain);
  });
});

describe('why a file is held', () => {
  const held = (reason: Partial<NonNullable<Run['reason']>> | null): readonly string[] =>
    heldText({
      run: 'r1',
      blobName: 'contoso-hr/2026/people.csv',
      state: 'refused',
      origin: 'file',
      reason: reason && { code: 'export-replaced', values: {}, line: null, column: null, ...reason },
    }).split('\r\n');

  test('names the file, the reason, the code and the run', () => {
    const lines = held({});
    expect(lines[0]).toMatch(/^people\.csv /);
    expect(lines[2]).toBe(
      'The file was replaced or deleted before it could be read. If it was deleted by mistake, drop it again.',
    );
    expect(lines.some((line) => line.includes('export-replaced, run r1'))).toBe(true);
    expect(lines.at(-1)).toBe('');
    expect(lines.some((line) => line.startsWith('Where'))).toBe(false);
  });
  test.each([
    [{ line: 3 }, 'Where: line 3.'],
    [{ column: 'Id' }, 'Where: column "Id".'],
    [{ line: 3, column: 'Id' }, 'Where: line 3, column "Id".'],
  ])('says where, as far as it is known: %j', (at, where) => {
    expect(held(at)[3]).toBe(where);
    expect(held(at)[4]).toBe('');
  });
  test('without a reason it says only what is known', () => {
    expect(held(null).join(' ')).not.toMatch(/undefined|null|Where/);
  });
});

test('the summary of a held run gives code, place and sentence of its reason', () => {
  const reason = { code: 'duplicate-id', values: { otherLine: 7 }, line: 3, column: 'Id' };
  const run = { blobName: 'contoso-hr/people.csv', arrivedAt: 0, settledAt: 0, reason } as unknown as Run;
  const finding = {
    severity: 'note',
    code: 'column-unknown',
    values: { count: 1, columns: [{ quote: 'Room' }] },
    line: 1,
    column: null,
    id: null,
  } as const;
  const text = summaryText(run, [finding], new Map());
  expect(JSON.parse(text)).toMatchObject({
    reason: { ...reason, message: expect.stringContaining('Line 7') },
    findings: [{ ...finding, message: 'The settings do not use 1 column: "Room".' }],
  });
  expect(text.endsWith('}\n')).toBe(true);
});

test('the summary is JSON with the numbers of the run and no person in it', () => {
  const run = {
    source: 'contoso-hr',
    run: 'r1',
    origin: 'file',
    state: 'settled',
    reason: null,
    blobName: 'contoso-hr/people.csv',
    arrivedAt: 0,
    settledAt: 1_000,
    ...{ ...noRows(), rows: 3, users: 2, skipped: 1 },
    onHold: { people: 1 },
    verdicts: { ...noVerdicts(), created: 3 },
  } as unknown as Run;
  expect(
    JSON.parse(
      summaryText(
        run,
        [],
        new Map([
          ['b', 2],
          ['a', 1],
        ]),
      ),
    ),
  ).toEqual({
    source: 'contoso-hr',
    file: 'people.csv',
    run: 'r1',
    origin: 'file',
    state: 'settled',
    reason: null,
    arrivedAt: '1970-01-01T00:00:00.000Z',
    settledAt: '1970-01-01T00:00:01.000Z',
    ...{ rows: 3, users: 1, rejected: 0, collapsed: 0, superseded: 0, skipped: 1, held: 1 },
    verdicts: { ...noVerdicts(), created: 3 },
    codes: { a: 1, b: 2 },
    missing: null,
    findings: [],
  });
  const missing = { people: 2, disabled: 1, run: 'r2', deleted: 0, hasRowWithoutId: false };
  expect(JSON.parse(summaryText(run, [], new Map(), missing))).toMatchObject({ rows: 3, missing });
});
