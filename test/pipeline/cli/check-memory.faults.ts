// A hostile file in a process with little memory: the check says what is wrong with the file, and does not fall over it.
import { csvOf, newFolder, sourceText } from './recorded-terminal';
import { rollcall } from './rollcall-process';

const folder = newFolder();
afterAll(() => folder.remove());
const source = folder.put('source.json', sourceText());
const jsonSource = folder.put('source-json.json', sourceText({ pattern: '*.json', format: 'json' }));

/** Old space, MB: the check itself needs less than half of it. */
const LITTLE = { NODE_OPTIONS: '--max-old-space-size=96' };

async function check(name: string, content: string, settings = source): Promise<string> {
  const file = folder.put(name, content);
  const { exitCode, out } = await rollcall(['check', file, '--source', settings, '--findings', '1'], LITTLE);
  return `${exitCode}: ${out}`;
}

test('one row, a million times', async () => {
  expect(await check('same.csv', csvOf('1,Li,li@contoso.example,Active\n'.repeat(1_000_000)))).toMatch(
    /^2: .*HELD.*\[rows-repeated\]/s,
  );
});

test('rows of a million cells', async () => {
  const rows = Array.from({ length: 61 }, () => ','.repeat(1_000_000));
  expect(await check('cells.csv', csvOf(...rows))).toMatch(/^2: .*HELD.*\[row-too-wide\]/s);
});

test('records of a third of a million objects', async () => {
  const record = `{"EmployeeID":"1","x":[${'{},'.repeat(340_000)}{}]}\n`;
  // No record shows its id.
  expect(await check('objects.json', record.repeat(20), jsonSource)).toMatch(
    /^2: .*\[column-missing\].* 20 rejected.*\[json-record-too-wide\]/s,
  );
});
