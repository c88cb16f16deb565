// What HR reads: cells, marks, sentences, the summary. The other reader is papaparse, not the library that wrote.
import * as fc from 'fast-check';
import Papa from 'papaparse';
import { BOM, csvText } from '../../../shared/report/csv-text';
import { fitsMark, rowMark } from '../../../shared/columns/row-mark';
import type { RowFate } from '../../../shared/report/row-fates';
import { sentenceOf } from '../../../shared/report/sentences';
import { heldText, summaryText } from '../../../shared/report/summary';
import type { Run } from '../../../shared/run/run';
import { MANAGER_NOT_RESOLVED } from '../../../shared/verdict/judge-row';
import { noVerdicts, VERDICTS } from '../../../shared/verdict/verdict';

const readBack = (text: string, delimiter: string): string[][] =>
  Papa.parse<string[]>(text, { delimiter, skipEmptyLines: false }).data.slice(0, -1);
/** What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

describe('CSV', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', '"', "'", ',', ';', '\n', '\r', '=', '+', '-', '@', '\t', ' ', '🙂'),
  });
  const records = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));

  test('for any cells: another reader reads what was meant, with one apostrophe before formulas at the most', () => {
    fc.assert(
      fc.property(records, fc.constantFrom(',', ';', '\t', '|'), (rows, delimiter) => {
        fc.pre(rows.every((row) => row.join('') !== ''));
        expect(readBack(csvText(rows, delimiter), delimiter)).toEqual(
          rows.map((row) => row.map((text) => (FORMULA.test(text) ? `'${text}` : text))),
        );
      }),
    );
  });
  test.each(['=1+1', '+49 30 123', '-5', '@SUM(A1)', '\tx', '=HYPERLINK("http://evil.example")'])(
    '%j does not begin as a formula',
    (text) => {
      expect(readBack(csvText([[text, 'x']], ','), ',')[0]?.[0]).toBe(`'${text}`);
    },
  );
  test('records end in CRLF, and the mark at the beginning is that of UTF-8', () => {
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
  test('fits the id it was made for, and no other', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), fc.string(), (row, id, other) => {
        expect(fitsMark(rowMark(row, id), id)).toBe(true);
        fc.pre(id !== other);
        // Six hex digits: one of 16 million others would fit.
        expect(fitsMark(rowMark(row, id), other)).toBe(false);
      }),
    );
  });
  test.each(['', 'x', 'r1', 'r17.new', '17', 'r1.XYZ'])('%j fits every id', (mark) => {
    expect(fitsMark(mark, 'anybody')).toBe(true);
  });
  test('survives the spaces of a spreadsheet', () => {
    expect(fitsMark(` ${rowMark(3, 'a')} `, 'a')).toBe(true);
    expect(fitsMark(` ${rowMark(3, 'a')} `, 'b')).toBe(false);
  });
  test('is no number and no formula to a spreadsheet', () => {
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
    reason: null,
    column: null,
    ...more,
  });
  test.each(VERDICTS)('%s has one, and it is a sentence', (verdict) => {
    expect(sentenceOf(fate({ verdict }))).toMatch(/^[A-Z].*\.$/);
  });
  test('a rejection and a hold bring their own', () => {
    for (const verdict of ['rejected', 'held'] as const)
      expect(sentenceOf(fate({ verdict, reason: 'Own words.' }))).toBe('Own words.');
  });
  test('a failure says what its code means, then the words of the service', () => {
    expect(sentenceOf(fate({ verdict: 'failed', code: 'Conflict', reason: 'proxyAddresses.' }))).toBe(
      'Another person in Microsoft Entra already has one of these values. proxyAddresses.',
    );
    expect(sentenceOf(fate({ verdict: 'failed', code: 'Unheard' }))).toBe('Microsoft Entra refused the person.');
  });
  test('a missing manager is told beside the verdict', () => {
    expect(sentenceOf(fate({ verdict: 'updated', code: MANAGER_NOT_RESOLVED }))).toMatch(
      /^The account was updated\. .*manager/,
    );
  });
  test.each(['graph-refused-operation', 'graph-request-too-large'])(
    'a row that the service refused (%s) says so',
    (code) => {
      expect(sentenceOf(fate({ verdict: 'rejected', code }))).toMatch(/Microsoft Entra/);
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
    reason: null,
    column: null,
    ...more,
  });
  const OURS = ['graph-refused-operation', 'graph-request-too-large', 'delivery-poisoned'];

  test.each(OURS)('%s has one of its own, and the words of the service after it', (code) => {
    for (const verdict of ['rejected', 'held'] as const) {
      const alone = sentenceOf(fate({ verdict, code }));
      expect(alone).not.toBe(sentenceOf(fate({ verdict })));
      expect(sentenceOf(fate({ verdict, code, reason: 'Their words.' }))).toBe(`${alone} Their words.`);
    }
  });
  test('no two of them are the same', () => {
    expect(new Set(OURS.map((code) => sentenceOf(fate({ code })))).size).toBe(OURS.length);
    expect(new Set(VERDICTS.map((verdict) => sentenceOf(fate({ verdict })))).size).toBe(VERDICTS.length);
  });
  test.each(VERDICTS.filter((verdict) => !['rejected', 'held', 'failed'].includes(verdict)))(
    '%s: a code or words beside it change nothing',
    (verdict) => {
      const plain = sentenceOf(fate({ verdict }));
      expect(plain).not.toMatch(/ manager /);
      expect(sentenceOf(fate({ verdict, code: 'delivery-poisoned', reason: 'Their words.' }))).toBe(plain);
      expect(sentenceOf(fate({ verdict, code: MANAGER_NOT_RESOLVED }))).toMatch(/ manager /);
    },
  );
  test('a failure without a code is told plainly', () => {
    const plain = sentenceOf(fate({ verdict: 'failed' }));
    expect(sentenceOf(fate({ verdict: 'failed', reason: 'Their words.' }))).toBe(plain);
    expect(sentenceOf(fate({ verdict: 'failed', code: 'Conflict' }))).not.toBe(plain);
  });
});

describe('why a file is held', () => {
  const held = (reason: Partial<NonNullable<Run['reason']>> | null): readonly string[] =>
    heldText({
      run: 'r1',
      blobName: 'contoso-hr/2026/people.csv',
      reason: reason && { code: 'csv-damaged', message: 'Damaged.', line: null, column: null, ...reason },
    } as Run).split('\r\n');

  test('names the file, the reason, the code and the run', () => {
    const lines = held({});
    expect(lines[0]).toMatch(/^people\.csv /);
    expect(lines[2]).toBe('Damaged.');
    expect(lines.some((line) => line.includes('csv-damaged, run r1'))).toBe(true);
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
  test('without a reason it says no more than it knows', () => {
    expect(held(null).join(' ')).not.toMatch(/undefined|null|Where/);
  });
});

test('the summary of a held run tells code, place and words of its reason', () => {
  const reason = { code: 'csv-damaged', message: 'Damaged.', line: 3, column: 'Id' };
  const run = { blobName: 'contoso-hr/people.csv', arrivedAt: 0, settledAt: 0, reason } as unknown as Run;
  const finding = {
    severity: 'note',
    code: 'column-unknown',
    message: 'Unused.',
    line: 1,
    column: null,
    id: null,
  } as const;
  const text = summaryText(run, [finding]);
  expect(JSON.parse(text)).toMatchObject({ reason, findings: [finding] });
  expect(text.endsWith('}\n')).toBe(true);
});

test('the summary is JSON with the numbers of the run and no person in it', () => {
  const run = {
    source: 'contoso-hr',
    run: 'r1',
    state: 'settled',
    reason: null,
    blobName: 'contoso-hr/people.csv',
    arrivedAt: 0,
    settledAt: 1_000,
    rows: 3,
    verdicts: { ...noVerdicts(), created: 3 },
  } as unknown as Run;
  expect(JSON.parse(summaryText(run, []))).toEqual({
    source: 'contoso-hr',
    file: 'people.csv',
    run: 'r1',
    state: 'settled',
    reason: null,
    arrivedAt: '1970-01-01T00:00:00.000Z',
    settledAt: '1970-01-01T00:00:01.000Z',
    rows: 3,
    verdicts: { ...noVerdicts(), created: 3 },
    findings: [],
  });
});
