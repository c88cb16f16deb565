// The command as a user types it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createTestBed, fixtureApp, toBase64, uniqueName, until } from './host-under-test';

const command = resolve(__dirname, '../../../dist/local/host/main.js');
const folder = mkdtempSync(join(tmpdir(), 'local-host-'));
const bed = createTestBed();
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await bed.end();
});

interface Typed {
  readonly child: ChildProcess;
  readonly closed: Promise<unknown>;
  output(): string;
}
function type(args: readonly string[], env: Readonly<Record<string, string>> = {}): Typed {
  const child = spawn(process.execPath, [command, ...args], { env: { PATH: process.env.PATH, ...env } });
  let output = '';
  const collect = (chunk: Buffer): unknown => (output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return { child, closed: once(child, 'close'), output: () => output };
}

test('--help lists the options and the exit codes', async () => {
  const typed = type(['--help']);
  await typed.closed;
  expect(typed.child.exitCode).toBe(0);
  for (const word of ['--app', '--settings', '--port', '--json', 'func start', 'no-functions']) {
    expect(typed.output()).toContain(word);
  }
});

test.each([
  ['an unknown option', ['--wrong'], 2],
  ['a port that is not a number', ['--port', 'many'], 2],
  ['settings that are missing', ['--settings', '/nowhere.json'], 3],
  ['no storage', ['--app', fixtureApp('http')], 3],
])('%s ends with its own exit code and a sentence', async (_name, args, exitCode) => {
  const typed = type(args);
  await typed.closed;
  expect(typed.child.exitCode).toBe(exitCode);
  expect(typed.output().trim()).not.toBe('');
});

test('an app without functions ends with 4, and says what to do', async () => {
  const typed = type(['--app', fixtureApp('empty')], { AzureWebJobsStorage: bed.connectionString });
  await typed.closed;
  expect(typed.child.exitCode).toBe(4);
  expect(typed.output()).toContain('no-functions');
});

test('settings come from the file below the environment, reach the app, and Ctrl-C ends it with 0', async () => {
  const settings = join(folder, 'some.settings.json');
  const [container, queue] = [uniqueName('made'), uniqueName('made')];
  const content = {
    Values: { AzureWebJobsStorage: bed.connectionString, GREETING: 'from the file', FROM_FILE: 'to all' },
    Host: { Containers: [container], Queues: [queue] },
  };
  writeFileSync(settings, JSON.stringify(content));
  const typed = type(['--app', fixtureApp('esm'), '--settings', settings, '--port', '0'], { GREETING: 'welcome' });
  await until('it is ready', () => typed.output().includes('Host started'));
  expect(typed.output()).toContain('hello: httpTrigger');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(typed.output())![0];
  expect(await (await fetch(`${url}/api/hello`)).text()).toBe('welcome to all');
  expect(await bed.blobs.getContainerClient(container).exists()).toBe(true);
  expect(await bed.queues.getQueueClient(queue).exists()).toBe(true);
  typed.child.kill('SIGINT');
  await typed.closed;
  expect(typed.child.exitCode).toBe(0);
  expect(typed.output()).toContain('Stopped.');
});

test('the process of an app that blocks its loop is ended and replaced; SIGTERM then ends it with 0', async () => {
  const queue = bed.queues.getQueueClient(uniqueName('blocked'));
  await queue.create();
  const typed = type(['--app', fixtureApp('queues'), '--port', '0'], {
    AzureWebJobsStorage: bed.connectionString,
    IN_QUEUE: queue.name,
    OUT_QUEUE: 'unused',
    LOCAL_HOST_BLOCKED_AFTER: '00:00:02',
    LOCAL_HOST_QUEUE_LEASE: '00:00:01',
  });
  await queue.sendMessage(toBase64({ id: 'blocks', blocks: 1 }));
  await until('the message is worked on again', () => typed.output().includes('{"end":{"id":"blocks"'));
  expect(typed.output()).toContain('ERROR The event loop was blocked for 2 s.');
  expect(typed.output().split('Host started')).toHaveLength(3);
  typed.child.kill('SIGTERM');
  await typed.closed;
  expect(typed.child.exitCode).toBe(0);
  expect(typed.output()).toContain('Stopped.');
});
