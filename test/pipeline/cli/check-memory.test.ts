// A hostile file in a process with little memory: the check says what is wrong with the file, and does not fall over it.
import { csvOf, newFolder, sourceText } from './recorded-terminal';
import { rollcall } from './rollcall-process';

const folder = newFolder();
afterAll(() => folder.remove());
const source = folder.put('source.json', sourceText());

/** Old space, MB: the check itself needs less than half of it. */
const LITTLE = { NODE_OPTIONS: '--max-old-space-size=96' };

const check = async (name: string, content: string) => {
  const { exitCode, out } = await rollcall(['check', folder.put(name, content), '--source', source, '--json'], LITTLE);
  return { exitCode, report: JSON.parse(out) as { readonly reason: { readonly code: string } | null; readonly rows: number } };
};

test('one row, a million times', async () => {
  const rows = '1,Li,li@contoso.example,Active\n'.repeat(1_000_000);
  const { exitCode, report } = await check('same.csv', csvOf(rows));
  expect([exitCode, report.reason?.code]).toEqual([2, 'rows-repeated']);
});
