// The table of README.md and the tests have the same lines of the checklist.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../../..');
const LINES = Array.from({ length: 18 }, (_, index) => index + 1);

test('each of the 18 lines has its row in the table', () => {
  const readme = readFileSync(path.join(ROOT, 'local/entra/README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\|\s+(\d+) /gm)].map((match) => Number(match[1]));
  expect(rows).toEqual(LINES);
});

test('each of the 18 lines has tests that begin with its number', () => {
  const folder = path.join(ROOT, 'test/contract/local-entra');
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
  const text = files.map((name) => readFileSync(path.join(folder, name), 'utf8')).join('\n');
  const tested = new Set([...text.matchAll(/['`]line (\d+):/g)].map((match) => Number(match[1])));
  expect([...tested].sort((a, b) => a - b)).toEqual(LINES);
});
