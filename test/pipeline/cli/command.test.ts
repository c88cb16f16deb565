// The built command as a user runs it: a process of its own, from any folder.
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { csvOf, newFolder, sourceText } from './recorded-terminal';

const root = join(__dirname, '../../..');
const folder = newFolder();
afterAll(() => folder.remove());
const source = folder.put('source.json', sourceText());
const file = folder.put('people.csv', csvOf('1,Groß,gross@contoso.example,Active', '2,Li,li@contoso.example,A'));

const run = (
  command: string,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<{ exitCode: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = execFile(
      command,
      args,
      { cwd: folder.path('.'), env: { ...process.env, ...more } },
      (_error, out, err) => resolve({ exitCode: child.exitCode ?? -1, out, err }),
    );
  });

const bin = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { bin: { rollcall: string } }).bin
  .rollcall;
const entry = join(root, bin);

test('the bin of package.json runs and ends with the exit code of the findings', async () => {
  expect(readFileSync(entry, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  const { exitCode, out, err } = await run(process.execPath, [entry, 'check', file, '--source', source, '--json']);
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' });
  expect(JSON.parse(out)).toMatchObject({ rows: 2, users: 1, rejected: 1, findings: [{ line: 3, column: 'Status' }] });
});

test('--version prints the version of package.json, called from any folder', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(await run(process.execPath, [entry, '--version'])).toEqual({ exitCode: 0, out: `${version}\n`, err: '' });
});

test('a reader that closes the pipe early is not a fault', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `${i},Li,li${i}@contoso.example,Nobody knows`);
  const long = folder.put('long.csv', csvOf(rows.join('\n')));
  const piped = `"${process.execPath}" "${entry}" check "${long}" --source "${source}" --json | head -c 50`;
  const { out, err } = await run('/bin/sh', ['-c', piped]);
  expect(out).toHaveLength(50);
  expect(err).toBe('');
});

test('what init proposes works with check as it is', async () => {
  const init = await run(process.execPath, [entry, 'init', file]);
  expect(init.exitCode).toBe(0);
  const checked = await run(process.execPath, [
    entry,
    'check',
    file,
    '--source',
    folder.put('proposed.json', init.out),
    '--show',
    '1',
  ]);
  expect(checked.out).toContain('"externalId": "1"');
});

test('no user is left in the temporary folder', async () => {
  const TMPDIR = folder.path('temporary');
  mkdirSync(TMPDIR);
  for (const more of [
    ['--show', '1'],
    ['--users', folder.path('no/such/folder')],
    ['--batch', '7'],
  ])
    await run(process.execPath, [entry, 'check', file, '--source', source, ...more], { TMPDIR });
  expect(readdirSync(TMPDIR)).toEqual([]);
});

test('no user is left when the command is stopped in the middle', async () => {
  const TMPDIR = folder.path('stopped');
  mkdirSync(TMPDIR);
  const rows = Array.from({ length: 100_000 }, (_, i) => `${i},Li,li${i}@contoso.example,Active`);
  const long = folder.put('stopped.csv', csvOf(rows.join('\n')));
  // Its files lose their names, and their folder goes, within milliseconds: whoever only looks now and then may see neither.
  const watcher = watch(TMPDIR);
  const begun = once(watcher, 'change');
  const child = spawn(process.execPath, [entry, 'check', long, '--source', source, '--show', '1'], {
    env: { ...process.env, TMPDIR },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  await Promise.race([begun, ended]);
  watcher.close();
  child.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
  expect(readdirSync(TMPDIR)).toEqual([]);
});
