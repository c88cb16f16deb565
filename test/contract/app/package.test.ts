// What is deployed: complete, small, the same each time, and the same app as the one that all other tests run.
import { unzipSync } from 'fflate';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { templateSettings } from '../../azure-template';
import { limitTests } from '../../faults/until';
import { READY } from '../../../shared/mapping/expression-wire';
import { askApp, makePackage, ROOT, SAMPLE_SETTINGS, type IndexedFunction, type Packed } from './app-under-test';

// Each loads the app, or makes the package: seconds, which a busy machine makes many.
limitTests(120_000);

/** The most that the zip may have, bytes: the project's own bar. */
const MAX_ZIP_BYTES = 3_000_000;

let packed: Packed;
beforeAll(async () => {
  packed = await makePackage();
});
afterAll(() => packed.remove());
const read = (name: string): string => readFileSync(join(packed.folder, name), 'utf8');

/** The settings that decide how the functions are registered, as the template has them; the others are those of the sample. */
const REGISTERING = ['ROLLCALL_BLOB_SOURCE', 'ROLLCALL_RECONCILE_SCHEDULE'];
const ENVIRONMENT = {
  ...SAMPLE_SETTINGS,
  ...Object.fromEntries(
    templateSettings()
      .filter(([name]) => REGISTERING.includes(name))
      .map(([name, expression]) => [name, expression.replace(/^'|'$/g, '')]),
  ),
};

test('it has the app, the process of the expressions, host.json, and the licences; no settings, no packages', () => {
  expect(readdirSync(packed.folder).sort()).toEqual([
    'LICENSE',
    'THIRD-PARTY-NOTICES.txt',
    'expression-process.js',
    'host.json',
    'main.js',
    'package.json',
  ]);
  expect(JSON.parse(read('package.json'))).toEqual({
    name: 'rollcall-functions',
    version: '0.1.0',
    private: true,
    license: 'MIT',
    main: 'main.js',
    engines: { node: '>=20.19' },
  });
  expect(read('host.json')).toBe(readFileSync(join(ROOT, 'host.json'), 'utf8'));
});

test('the zip has the same files, and at most 3 MB', () => {
  const files = Object.entries(unzipSync(readFileSync(packed.zip)));
  expect(files.map(([name]) => name).sort()).toEqual(readdirSync(packed.folder).sort());
  for (const [name, bytes] of files)
    expect(Buffer.from(bytes).equals(readFileSync(join(packed.folder, name)))).toBe(true);
  expect(statSync(packed.zip).size).toBeLessThanOrEqual(MAX_ZIP_BYTES);
});

test('the same sources give the same bytes', async () => {
  const again = await makePackage();
  try {
    expect(readFileSync(again.zip).equals(readFileSync(packed.zip))).toBe(true);
  } finally {
    again.remove();
  }
});

test.each([
  // What `debug` colours its lines with, if it is there.
  ['main.js', ['@azure/functions-core', 'supports-color']],
  ['expression-process.js', []],
])('%s asks for nothing but Node and what the worker gives', (name, others) => {
  // Not what Ajv would write into code that it does not make here.
  const required = [...read(name).matchAll(/(?<!['`])\brequire\("([^"]+)"\)/g)].map(([, id]) => id!);
  expect(required.length).toBeGreaterThan(0);
  expect([...new Set(required.filter((id) => !isBuiltin(id)))].sort()).toEqual(others);
});

describe('its functions', () => {
  /** Read by people: each binding as an object, in the order in which the app registers. */
  const readable = (functions: readonly IndexedFunction[]): unknown =>
    functions.map(({ rawBindings, ...fn }) => ({
      ...fn,
      bindings: rawBindings.map((text) => JSON.parse(text) as unknown),
    }));
  const snapshot = (file: string): unknown => JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as unknown;

  test.each([
    ['compiled', 'webhook', (): string => ROOT, 'functions.json'],
    ['deployed', 'webhook', (): string => packed.folder, 'functions.json'],
    ['compiled', 'queue', (): string => ROOT, 'functions-with-queue.json'],
    ['deployed', 'queue', (): string => packed.folder, 'functions-with-queue.json'],
  ])('%s, with the destination %s, are those of the snapshot', async (_, destination, appDir, file) => {
    const environment = { ...ENVIRONMENT, ROLLCALL_EVENT_DESTINATION: destination };
    const { functions, refusal } = await askApp({ appDir: appDir(), environment });
    expect(readable(functions)).toEqual(snapshot(file));
    expect(refusal).toBeNull();
  });
  test('come from its one file', async () => {
    const { loaded } = await askApp({ appDir: packed.folder, environment: ENVIRONMENT });
    expect(loaded).toEqual([join(packed.folder, 'main.js')]);
  });
});

test('its process of the expressions evaluates rows', async () => {
  const child = fork(join(packed.folder, 'expression-process.js'), { execArgv: [], serialization: 'advanced' });
  const answered = async (message: object): Promise<unknown> => {
    const answer = once(child, 'message');
    child.send(message);
    const [given] = (await answer) as [unknown];
    return given;
  };
  try {
    expect(await answered({ texts: ['$uppercase(Value)'], columns: ['Value'] })).toEqual(READY);
    expect(await answered([['ada']])).toEqual([['ADA']]);
  } finally {
    child.kill('SIGKILL');
  }
});
