// Which lines of a table init takes for nobody: never one that may be a person's.
import fc from 'fast-check';
import { expectedLines, rulesFor } from '../../../cli/init/propose-lines';
import { surveyLines } from '../../../cli/init/survey-lines';
import { openExport } from '../../../shared/export/open-export';
import { exportExpectation } from '../../../shared/source/source-settings';
import { settingsWith } from '../mapping/one-row';
import { memoryFile } from './local-file';

const COLUMNS = ['Id', 'Email', 'Status', 'Name'];
const expectation = { ...exportExpectation(settingsWith({}), 'people.csv', null), delimiter: ',' };
const survey = (text: string) => surveyLines(memoryFile(text), expectation, COLUMNS);
const person = (id: string): string => `${id},p${id}@contoso.example,Active,P${id}`;
const file = (...lines: readonly string[]): string => `${[COLUMNS.join(','), ...lines].join('\n')}\n`;

test.each([
  ['a row that was cut', '3,p3@contoso.example'],
  ['a row that was cut behind the id', '3,'],
  ['an id that looks like the count', 'E2'],
  ['a row as wide as all others with little in it', '2,,,'],
  ['a row with a name and a number', 'Ann,,,2'],
])('%s is a row', async (_, line) => {
  const { closing, between } = await survey(file(person('1'), person('2'), line));
  expect({ closing, between }).toEqual({ closing: null, between: [] });
});

test('comments that begin as a row does are rows', async () => {
  const { between, rows } = await survey(file(person('#1'), '# a comment', person('#2')));
  expect({ between, rows }).toEqual({ between: [], rows: 3 });
});

test('a heading that begins as a column does is left, because the header might be meant', async () => {
  const columns = ['Total pay', ...COLUMNS];
  const text = `${columns.join(',')}\n1,${person('1')}\nTotal pay\n2,${person('2')}\n`;
  expect((await surveyLines(memoryFile(text), expectation, columns)).between).toEqual([]);
});

test('whatever is ignored, no row of a person is: with the rules a file has the same people as without', async () => {
  const nobody = fc.constantFrom(
    '# a comment',
    'Subtotal A: 2',
    'Department: IT',
    '-- end',
    'Page 1 of 2',
    '(2 rows affected)',
    'x',
  );
  const row = fc.integer({ min: 1, max: 99 }).map((id) => person(String(id)));
  const lines = fc.array(fc.oneof({ weight: 3, arbitrary: row }, { weight: 1, arbitrary: nobody }), {
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(lines, async (written) => {
      const text = file(person('100'), ...written);
      const found = await survey(text);
      const opened = await openExport(memoryFile(text).read(), { ...expectation, ...expectedLines(found) });
      const ids: string[] = [];
      for await (const records of opened.records)
        for (const record of records) if (record.kind === 'csv') ids.push(record.cells[0] ?? '');
      expect(ids).toEqual(['100', ...written.filter((line) => line.includes('@')).map((line) => line.split(',')[0])]);
      expect(rulesFor(found).trailer === undefined || found.closing?.isCount).toBe(true);
    }),
  );
});
