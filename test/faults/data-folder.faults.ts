// A machine that keeps what it knows in a folder: it remembers, tells where it is, survives being killed, and commands find its storage.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putSource } from '../../local/drop-files';
import { startMachine, type Machine } from '../../local/machine';
import { isAlive, isHeld, readDataLock } from '../../shared/storage/data-lock';
import { limitTests } from './until';
import { APP_DIR, dropAndWait, readVerdicts, runOf, until } from '../pipeline/machine-under-test';
import { rollcall, type Ran } from '../pipeline/cli/rollcall-process';
import { sourceText } from '../pipeline/random-exports';

limitTests(240_000);

const SOURCE = 'remembered';
const folder = mkdtempSync(join(tmpdir(), 'rollcall-machine-'));
const data = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const csvOf = (...ids: readonly string[]): string =>
  [
    'EmployeeID,Status,Email,FirstName,LastName,Title,Dept',
    ...ids.map((id) => `${id},Active,${id}@contoso.example,F${id},L${id},Clerk,IT`),
    '',
  ].join('\r\n');

const status = (path: string, root = APP_DIR): Promise<Ran> => rollcall(['status', '--data', path, '--json'], {}, root);
const runsIn = ({ out }: Ran): readonly { readonly file: string; readonly state: string }[] =>
  (JSON.parse(out) as { sources: { runs: { file: string; state: string }[] }[] }).sources.flatMap(({ runs }) => runs);

test('what was sent is remembered by storage and simulator, over a stop and a start', async () => {
  let machine: Machine = await startMachine({ appDir: APP_DIR, dataFolder: data });
  await putSource(machine.storage, SOURCE, Buffer.from(sourceText(SOURCE, 'changes')));
  const monday = await dropAndWait(machine, SOURCE, 'monday.csv', csvOf('1', '2'));
  expect((await readVerdicts(machine, monday)).map(({ verdict }) => verdict)).toEqual(['created', 'created']);
  const directory = machine.entra!.directory();

  // While it runs: nobody else may, and a command looks at its storage.
  await expect(startMachine({ appDir: APP_DIR, dataFolder: data })).rejects.toThrow(machine.entra!.url);
  const during = await status(data);
  expect({ ...during, out: runsIn(during) }).toEqual({
    exitCode: 0,
    out: [expect.objectContaining({ file: 'monday.csv', state: 'settled' })],
    err: '',
  });
  const { services } = (await readDataLock(data))!;
  expect(services.map(isAlive)).toEqual([true, true, true]);
  await machine.stop();
  expect(services.map(isAlive)).toEqual([false, false, false]);

  // Nobody runs: the storage is started for the command, and ends with it.
  expect(runsIn(await status(data))).toEqual([expect.objectContaining({ file: 'monday.csv', state: 'settled' })]);
  expect(readdirSync(data).sort()).toEqual(['entra.bin', 'storage']);

  machine = await startMachine({ appDir: APP_DIR, dataFolder: data });
  expect(machine.wasCutOff).toBe(false);
  expect(machine.entra!.directory()).toEqual(directory);
  expect((await runOf(machine, SOURCE, 'monday.csv'))?.state).toBe('settled');
  const tuesday = await dropAndWait(machine, SOURCE, 'tuesday.csv', csvOf('1', '3'));
  expect((await readVerdicts(machine, tuesday)).map(({ verdict }) => verdict)).toEqual(['unchanged', 'created']);
  await machine.stop();
});

test('a machine that is killed lets its storage save, and the next look says that it was cut off', async () => {
  const path = join(folder, 'killed');
  const folders = ['sources', 'inbound'].map((name) => join(folder, name, SOURCE));
  for (const each of folders) mkdirSync(each, { recursive: true });
  writeFileSync(join(folder, 'sources', SOURCE, 'source.json'), sourceText(SOURCE, 'changes'));
  writeFileSync(join(folder, 'inbound', SOURCE, 'monday.csv'), csvOf('1'));
  const args = ['--data', path, '--sources', join(folder, 'sources'), '--inbound', join(folder, 'inbound')];
  const local = [join(APP_DIR, 'dist/local/local.js'), ...args, '--reports', join(folder, 'reports')];
  const machine = spawn(process.execPath, local, { stdio: 'ignore' });
  const killed = once(machine, 'exit');
  await until(async () => existsSync(join(path, 'storage')) && (await status(path)).out.includes('"state":"settled"'));
  const { services } = (await readDataLock(path))!;
  machine.kill('SIGKILL');
  await killed;
  await until(() => Promise.resolve(!services.some(isAlive)));
  expect(isHeld((await readDataLock(path))!)).toBe(false);

  const looked = await status(path);
  expect(looked.err).toMatch(/^The last machine on this folder did not end in order.*\[data-cut-off\]\n$/);
  expect(runsIn(looked)).toEqual([expect.objectContaining({ file: 'monday.csv', state: 'settled' })]);
  expect((await status(path)).err).toBe('');

  // The file is still in the folder, and is not taken again.
  const again = spawn(process.execPath, [...local, '--until-settled', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const out: string[] = [];
  again.stdout.on('data', (chunk: Buffer) => out.push(chunk.toString()));
  expect((await once(again, 'exit'))[0]).toBe(0);
  expect((JSON.parse(out.join('')) as { runs: unknown[] }).runs).toHaveLength(1);
});

test('a folder in which no machine ever was is not made into one', async () => {
  const path = join(folder, 'nothing');
  const looked = await status(path);
  expect(looked.exitCode).toBe(2);
  expect(JSON.parse(looked.out)).toMatchObject({ error: { code: 'data-folder-unknown' } });
  expect(existsSync(path)).toBe(false);
});

test('without Azurite, as in a production install, there is a sentence', async () => {
  const root = join(folder, 'production');
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  cpSync(join(APP_DIR, 'dist'), join(root, 'dist'), { recursive: true });
  cpSync(join(APP_DIR, 'package.json'), join(root, 'package.json'));
  const packages = readdirSync(join(APP_DIR, 'node_modules')).filter(
    (name) => name !== 'azurite' && !name.startsWith('.'),
  );
  for (const name of packages) symlinkSync(join(APP_DIR, 'node_modules', name), join(root, 'node_modules', name));
  mkdirSync(join(folder, 'kept', 'storage'), { recursive: true });
  const looked = await status(join(folder, 'kept'), root);
  expect(looked.exitCode).toBe(2);
  expect(JSON.parse(looked.out)).toMatchObject({ error: { code: 'azurite-missing' } });
  expect(readdirSync(join(folder, 'kept'))).toEqual(['storage']);
});
