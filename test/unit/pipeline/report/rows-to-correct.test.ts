// The file of rows to correct: what HR wrote, our three columns once, and a mark only from an id that is not the problem.
import { rowMark } from '../../../../shared/columns/row-mark';
import { writeRowsToCorrect } from '../../../../shared/pipeline/report/rows-to-correct';
import type { RowFate } from '../../../../shared/report/row-fates';
import type { Run } from '../../../../shared/run/run';
import { MemoryExportStore } from '../../memory/memory-export-store';
import { HandClock } from '../../memory/hand-clock';
import { MemoryReportStore } from '../../memory/memory-report-store';
import { MemoryRunFiles } from '../../memory/memory-run-files';

const fateOf = (more: Partial<RowFate> = {}): RowFate => ({
  row: 1,
  line: 2,
  id: '17',
  verdict: 'rejected',
  code: 'value-missing',
  message: null,
  serviceWords: 'Fill it in.',
  column: 'Email',
  turnedOn: false,
  nameHolder: null,
  leftOut: [],
  ...more,
});

/** The report that is written about an export whose first row has this fate. */
async function toCorrect(
  format: 'csv' | 'json',
  text: string,
  fate: RowFate,
  maxChars?: number,
  id: string | object = 'Id',
): Promise<string> {
  const files = new MemoryRunFiles(new MemoryExportStore(new HandClock()));
  const reports = new MemoryReportStore();
  const blobName = `hr/people.${format}`;
  const run = { source: 'hr', run: 'r', origin: 'file', blobName, bytes: Buffer.byteLength(text) } as Run;
  const settings = {
    name: 'hr',
    file: { format },
    job: { servicePrincipalId: 'sp', jobId: 'API2AAD.example' },
    id,
    active: { column: 'Status', active: ['Active'], inactive: ['Left'] },
    mapping: { userName: 'Email' },
  };
  files.put(run, 'source.json', JSON.stringify(settings));
  files.put(run, 'export', text);
  const written = await writeRowsToCorrect({ files, reports }, run, new Map([[fate.row, fate]]), maxChars);
  expect(written).toBe(maxChars === undefined ? 1 : 0);
  return [...reports.reports.values()][0] ?? '';
}

const first = { csv: 'Id,Status,Email\r\n17,Active,\r\n', json: '[{"Id":"17","Status":"Active","Email":""}]' };

test('a row for which there is no room is not in it', async () => {
  expect(await toCorrect('csv', first.csv, fateOf(), 10)).not.toContain('17');
  expect(JSON.parse(await toCorrect('json', first.json, fateOf(), 10))).toEqual([]);
});

test('a table is returned with our columns after its own', async () => {
  expect(await toCorrect('csv', first.csv, fateOf())).toBe(
    `\uFEFFId,Status,Email,rollcall_row,rollcall_code,rollcall_reason\r\n17,Active,,${rowMark(1, '17')},value-missing,Fill it in.\r\n`,
  );
});

test('a list of records is returned with our members after its own', async () => {
  expect(JSON.parse(await toCorrect('json', first.json, fateOf()))).toEqual([
    {
      Id: '17',
      Status: 'Active',
      Email: '',
      rollcall_row: rowMark(1, '17'),
      rollcall_code: 'value-missing',
      rollcall_reason: 'Fill it in.',
    },
  ]);
});

test('a row without a code has an empty cell in its place', async () => {
  const told = fateOf({ code: null, message: null, serviceWords: 'Fill it in.' });
  expect((await toCorrect('csv', first.csv, told)).split('\r\n')[1]).toMatch(/^17,Active,,r1\.[0-9a-f]{6},,/);
  expect(JSON.parse(await toCorrect('json', first.json, told))).toMatchObject([{ rollcall_code: '' }]);
});

test.each(['csv', 'json'] as const)('a corrected %s that fails again carries our columns once', async (format) => {
  const once = await toCorrect(
    format,
    first[format],
    fateOf({ code: 'date-unreadable', serviceWords: 'Another one.' }),
  );
  expect(await toCorrect(format, once, fateOf())).toBe(await toCorrect(format, first[format], fateOf()));
});

test.each(['csv', 'json'] as const)(
  'even if a spreadsheet or a script wrote them differently in %s',
  async (format) => {
    const once = await toCorrect(format, first[format], fateOf());
    const changed = once.replaceAll('rollcall_row', ' Rollcall_Row ').replaceAll('rollcall_code', 'ROLLCALL_CODE');
    expect(await toCorrect(format, changed, fateOf())).toBe(await toCorrect(format, first[format], fateOf()));
  },
);

test('a row that is too short keeps its cells, and ours stay in the right columns', async () => {
  const text = 'rollcall_row,Id,rollcall_code,Status,Email\r\nr9.new,17,x\r\n18,x,x,x,x\r\n';
  const report = await toCorrect('csv', text, fateOf({ code: 'row-ragged', serviceWords: 'Short.', column: null }));
  expect(report.split('\r\n')[1]).toBe(`17,,,${rowMark(1, '17')},row-ragged,Short.`);
});

test.each([
  ['value-missing', 'Email', 'has'],
  ['InvalidDomain', null, 'has'],
  ['invalid-value', null, 'has'],
  ['video', null, 'has'],
  ['invisible-character', 'Email', 'has'],
  ['invisible-character', 'Id', 'lacks'],
  ['control-character', 'Id', 'lacks'],
  ['id-missing', 'Id', 'lacks'],
  ['id-lost-zeros', 'Id', 'lacks'],
  ['duplicate-id', 'Id', 'lacks'],
  ['id-of-wrong-form', null, 'lacks'],
  ['InvalidAnchor', null, 'lacks'],
  ['duplicate-user-name', 'Email', 'has'],
  [null, null, 'has'],
])('a row with %s in column %s %s a mark of its id', async (code, column, has) => {
  for (const format of ['csv', 'json'] as const) {
    const report = await toCorrect(format, first[format], fateOf({ code, column }));
    expect(report).toContain(has === 'has' ? rowMark(1, '17') : rowMark(1, null));
  }
});

test.each(['csv', 'json'] as const)('a form of ids that is refused by now changes nothing in %s', async (format) => {
  const id = { column: 'Id', pattern: '(?=1)[0-9]+' };
  const report = await toCorrect(format, first[format], fateOf(), undefined, id);
  expect(report).toBe(await toCorrect(format, first[format], fateOf()));
});
