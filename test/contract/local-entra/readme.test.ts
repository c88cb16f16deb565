// The example of the README, run as its reader runs it: by Node, against a simulator in another process.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { started, stopAll } from './started';

afterEach(stopAll);

const README = readFileSync(path.resolve(__dirname, '../../../local/entra/README.md'), 'utf8');

/** The first block of a language. */
function readBlock(language: string): string {
  return new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(README)![1]!;
}

test('the example prints what the README says', async () => {
  const entra = await started({ strictFilter: true, processingDelayMs: 0, logDelayMs: 600_000 });
  const example = readBlock('js').replace('http://127.0.0.1:7250', entra.url);
  const node = spawn(process.execPath, ['--input-type=module', '-']);
  node.stdin.end(example);
  const [printed, errors] = await Promise.all([text(node.stdout), text(node.stderr)]);
  expect(errors).toBe('');
  expect(printed).toBe(readBlock('text'));
});
