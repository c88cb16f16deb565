// The file to correct: only the rejected and failed rows, as HR wrote them, in file order, each with its mark. The other reader: papaparse.
import Papa from 'papaparse';
import { reportRun } from '../../../../shared/pipeline/report/report-run';
import { fitsMark } from '../../../../shared/columns/row-mark';
import type { Run } from '../../../../shared/run/run';
import type { RowLine } from '../../../../shared/run/run-files';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { batchOf, doneRow, NOW, putRun, runOf, SOURCE } from '../told-ledger';

const SETTINGS = {
  name: SOURCE,
  file: { format: 'csv' },
  job: { servicePrincipalId: 'sp', jobId: 'API2AAD.example' },
  id: 'Id',
  active: { column: 'Status', active: ['Active'], inactive: ['Left'] },
  mapping: { userName: 'Email' },
};
const OURS = ['rollcall_row', 'rollcall_code', 'rollcall_reason'];

/** The values that the sentence of any rejection in these tests may need. */
const VALUES = {
  attribute: 'externalId',
  ...Object.fromEntries(['column', 'id', 'value', 'pattern', 'restored'].map((name) => [name, { quote: name }])),
  forms: [],
  otherLine: 2,
};
const user = (row: number): RowLine => ({ row, line: row + 1, id: `p${row}`, user: [0, 1] });
const rejected = (row: number, code: string, id: string | null): RowLine => ({
  row,
  line: row + 1,
  id,
  rejected: { code, values: VALUES, column: 'Id' },
});
const failed = (row: number, code = 'Conflict') => doneRow(row, { verdict: 'failed', code });

interface Told {
  readonly name?: string;
  readonly content: string;
  readonly rows: readonly RowLine[];
  readonly done: Parameters<typeof batchOf>[0];
  readonly settings?: object | null;
  readonly run?: Partial<Run>;
  readonly isGone?: boolean;
}
async function reported({
  name = 'people.csv',
  content,
  rows,
  done,
  settings = SETTINGS,
  run = {},
  isGone = false,
}: Told) {
  const pipeline = await memoryPipeline();
  const bytes = Buffer.from(content);
  const told = runOf('r1', { blobName: `${SOURCE}/${name}`, bytes: bytes.length, settledAt: NOW, ...run });
  putRun(pipeline, told, ...(done.length > 0 ? [batchOf(done)] : []));
  pipeline.files.put(told, 'rows.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  if (!isGone) pipeline.files.put(told, 'export', bytes);
  if (settings !== null) pipeline.files.put(told, 'source.json', JSON.stringify(settings));
  await reportRun(pipeline, told);
  return pipeline;
}
const names = (pipeline: MemoryPipeline): readonly string[] =>
  [...pipeline.reports.reports.keys()].map((key) => key.split('/')[2] ?? '').sort();
const textOf = (pipeline: MemoryPipeline, name: string): string =>
  pipeline.reports.reports.get(`${SOURCE}/r1/${name}`) ?? '';
const cellsOf = (pipeline: MemoryPipeline, delimiter = ','): readonly (readonly string[])[] =>
  Papa.parse<string[]>(textOf(pipeline, 'people.csv.to-correct.csv').replace('\uFEFF', ''), {
    delimiter,
    skipEmptyLines: true,
  }).data;

const CSV = ['Id,Status,Email', 'p1,Active,a@contoso.example', 'p2,Active,b', ',Active,c', 'p4,Left,d', ''].join(
  '\r\n',
);
const FOUR = [user(1), user(2), rejected(3, 'id-missing', null), user(4)];

describe('a CSV export', () => {
  test('gives exactly the rejected and failed rows in file order, as they were written, with our columns', async () => {
    const done = [failed(4, 'InsufficientRights'), doneRow(1), failed(2)];
    const pipeline = await reported({ content: CSV, rows: FOUR, done });
    const cells = cellsOf(pipeline);
    expect(textOf(pipeline, 'people.csv.to-correct.csv').startsWith('\uFEFFId,Status,Email,rollcall_row,')).toBe(true);
    expect(cells[0]).toEqual(['Id', 'Status', 'Email', ...OURS]);
    expect(cells.slice(1).map((row) => [...row.slice(0, 3), row[4]])).toEqual([
      ['p2', 'Active', 'b', 'Conflict'],
      ['', 'Active', 'c', 'id-missing'],
      ['p4', 'Left', 'd', 'InsufficientRights'],
    ]);
    expect(cells.slice(1).every((row) => /\.$/.test(row[5] ?? ''))).toBe(true);
    expect(cells.slice(1).map((row) => row[3]?.split('.')[0])).toEqual(['r2', 'r3', 'r4']);
    expect(fitsMark(cells[1]?.[3] ?? '', 'p2')).toBe(true);
    expect(fitsMark(cells[1]?.[3] ?? '', 'p4')).toBe(false);
  });
  test('in its own delimiter', async () => {
    const content = CSV.replaceAll(',', ';');
    const pipeline = await reported({ content, rows: FOUR, done: [failed(1), doneRow(2), doneRow(4)] });
    expect(cellsOf(pipeline, ';').map((row) => row.slice(0, 3))).toEqual([
      ['Id', 'Status', 'Email'],
      ['p1', 'Active', 'a@contoso.example'],
      ['', 'Active', 'c'],
    ]);
  });
  test('that was itself a file to correct has our columns once, with the current sentence', async () => {
    const content = [
      'rollcall_row,Id,rollcall_code,Status,Email,rollcall_reason',
      'r9.aaaaaa,p1,OldCode,Active,a,Old reason.',
      'r8.bbbbbb,p2,OldCode,Active,b,Old reason.',
      '',
    ].join('\r\n');
    const pipeline = await reported({ content, rows: [user(1), user(2)], done: [failed(1), doneRow(2)] });
    const [head, row, ...more] = cellsOf(pipeline);
    expect(head).toEqual(['Id', 'Status', 'Email', ...OURS]);
    expect(row?.slice(0, 3)).toEqual(['p1', 'Active', 'a']);
    expect(row?.[3]).toMatch(/^r1\./);
    expect(row?.[4]).toBe('Conflict');
    expect(more).toEqual([]);
  });
  test('with a row of too few cells keeps the columns in their places', async () => {
    const content = ['Id,Status,Email', 'p1,Active', 'p2,Active,b', ''].join('\r\n');
    const rows = [rejected(1, 'row-ragged', null), user(2)];
    const pipeline = await reported({ content, rows, done: [doneRow(2)] });
    expect(cellsOf(pipeline)[1]?.slice(0, 5)).toEqual(['p1', 'Active', '', 'r1.new', 'row-ragged']);
  });
});

describe('the mark of a row', () => {
  const markOf = async (row: RowLine, done: Parameters<typeof batchOf>[0] = []): Promise<string> =>
    cellsOf(await reported({ content: 'Id,Status,Email\r\np1,Active,a\r\n', rows: [row], done }))[1]?.[3] ?? '';

  test.each(['id-of-wrong-form', 'id-too-long', 'id-lost-zeros', 'duplicate-id', 'id-missing'])(
    'is made without the id when the id is to be corrected: %s',
    async (code) => {
      expect(await markOf(rejected(1, code, 'p1'))).toBe('r1.new');
    },
  );
  test('is made without the id when the service cannot use the id', async () => {
    expect(await markOf(user(1), [failed(1, 'InvalidAnchor')])).toBe('r1.new');
  });
  test.each(['InvalidDomain', 'AzureActiveDirectoryInvalidUserPrincipalName', 'Conflict'])(
    'is made with the id when something else is to be corrected: %s',
    async (code) => {
      const mark = await markOf(user(1), [failed(1, code)]);
      expect([fitsMark(mark, 'p1'), fitsMark(mark, 'p2')]).toEqual([true, false]);
    },
  );
});

describe('a JSON export', () => {
  const settings = { ...SETTINGS, file: { format: 'json', records: 'people' } };
  const people = [
    { Id: 'p1', Status: 'Active', Email: 'a', Address: { City: 'Bonn' } },
    { Id: 'p2', Status: 'Active', Email: 'b' },
    { Id: 'p3', Status: 'Active', Email: 'c' },
  ];
  const content = JSON.stringify({ people });

  test('gives an array of the rows as they were, with our members', async () => {
    const done = [failed(1), doneRow(2), failed(3)];
    const pipeline = await reported({
      name: 'people.json',
      content,
      rows: [user(1), user(2), user(3)],
      done,
      settings,
    });
    const read = JSON.parse(textOf(pipeline, 'people.json.to-correct.json')) as readonly Record<string, unknown>[];
    expect(read).toEqual([
      {
        ...people[0],
        rollcall_row: expect.stringMatching(/^r1\./),
        rollcall_code: 'Conflict',
        rollcall_reason: expect.any(String),
      },
      {
        ...people[2],
        rollcall_row: expect.stringMatching(/^r3\./),
        rollcall_code: 'Conflict',
        rollcall_reason: expect.any(String),
      },
    ]);
  });
  test('a record that is not an object leaves only our members in its place', async () => {
    const broken = JSON.stringify({ people: ['nobody', people[1]] });
    const rows = [rejected(1, 'json-record-not-object', null), user(2)];
    const pipeline = await reported({ name: 'people.json', content: broken, rows, done: [doneRow(2)], settings });
    expect(JSON.parse(textOf(pipeline, 'people.json.to-correct.json'))).toEqual([
      { rollcall_row: 'r1.new', rollcall_code: 'json-record-not-object', rollcall_reason: expect.any(String) },
    ]);
  });
});

describe('there is no such file', () => {
  const usual = ['people.csv.verdicts.csv', 'summary.json'];

  test('when nothing is to be corrected; the export is not even read', async () => {
    const done = [doneRow(1), doneRow(2, { verdict: 'skipped' }), doneRow(4, { verdict: 'not-seen' })];
    const pipeline = await reported({ content: CSV, rows: [user(1), user(2), user(4)], done });
    expect(names(pipeline)).toEqual(usual);
    expect(pipeline.files.calls.made.filter(({ key }) => key.endsWith('/export'))).toEqual([]);
  });
  test('for a held run: the file itself is to be corrected', async () => {
    const run = { state: 'held', job: null } as const;
    expect(names(await reported({ content: CSV, rows: FOUR, done: [], run }))).toEqual([
      ...usual.slice(0, 1),
      'people.csv.why-held.txt',
      ...usual.slice(1),
    ]);
  });
  test('when the kept export is gone; the other reports are written all the same', async () => {
    const done = [failed(1), doneRow(2), doneRow(4)];
    expect(names(await reported({ content: CSV, rows: FOUR, done, isGone: true }))).toEqual(usual);
  });
  test.each([
    ['are gone', null],
    ['cannot be read', { ...SETTINGS, file: { format: 'xlsx' } as never }],
  ])('when the settings of the run %s; the other reports are written all the same', async (_, settings) => {
    expect(
      names(await reported({ content: CSV, rows: FOUR, done: [failed(1), doneRow(2), doneRow(4)], settings })),
    ).toEqual(usual);
  });
});
