// Both forms of the app: as it is compiled, and as it is deployed; and a process that loads one of them.
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export const ROOT = resolve(__dirname, '../../..');

/** The values of `local.settings.sample.json`. */
export const SAMPLE_SETTINGS = (
  JSON.parse(readFileSync(join(ROOT, 'local.settings.sample.json'), 'utf8')) as {
    readonly Values: Readonly<Record<string, string>>;
  }
).Values;

/** A package that was made for a test. It lies outside the project, so nothing of the project's packages is beside it. */
export interface Packed {
  /** The folder that is deployed. */
  readonly folder: string;
  readonly zip: string;
  remove(): void;
}

/** Makes the package as `npm run package` does. */
export async function makePackage(): Promise<Packed> {
  const out = mkdtempSync(join(tmpdir(), 'rollcall-package-'));
  const script = join(ROOT, 'dist/local/package/write-package.js');
  await promisify(execFile)(process.execPath, [script, '--out', out]);
  return {
    folder: join(out, 'package'),
    zip: join(out, 'rollcall.zip'),
    remove: () => rmSync(out, { recursive: true }),
  };
}

/** A function as the worker describes it to the host. */
export interface IndexedFunction {
  readonly name: string;
  readonly rawBindings: readonly string[];
  readonly retryOptions?: unknown;
}

/** What an app is asked. */
export interface AppOrder {
  /** The folder of its package.json. */
  readonly appDir: string;
  /** All of its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The functions that are called, once each. */
  readonly calls?: readonly string[];
}

/** What came of it. */
export interface AppAnswer {
  readonly functions: readonly IndexedFunction[];
  /** What it tells the local host. */
  readonly refusal: string | null;
  /** The files that were loaded with it. */
  readonly loaded: readonly string[];
  readonly events: readonly {
    readonly level: string;
    readonly event: string;
    readonly message: string;
    readonly functionName: string;
  }[];
  /** What it wrote to standard error. */
  readonly notices: string;
}

/** Loads the app in a process of its own. Throws an Error if it does not load. */
export async function askApp(order: AppOrder): Promise<AppAnswer> {
  const child = fork(join(__dirname, 'app-process.cjs'), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // The binding data travels as bytes.
    serialization: 'advanced',
  });
  const notices: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => notices.push(chunk.toString()));
  const closed = once(child, 'close');
  let answer: Omit<AppAnswer, 'notices'> | { readonly failed: string } | undefined;
  child.once('message', (message) => (answer = message as unknown as Omit<AppAnswer, 'notices'>));
  child.send({ calls: [], ...order });
  await closed;
  if (answer === undefined) throw new Error(`The process ended without an answer: ${notices.join('')}`);
  if ('failed' in answer) throw new Error(answer.failed);
  return { ...answer, notices: notices.join('') };
}
