// `rollcall` as an operator runs it: a process of its own; and the account as somebody with rights to read alone opens it.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { accountSas, connectionMember } from '../account-sas';

const APP_DIR = join(__dirname, '../../..');

/** What a process left. */
export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command of `root` with these variables of the environment besides our own. */
export const rollcall = (args: readonly string[], more: NodeJS.ProcessEnv = {}, root = APP_DIR): Promise<Ran> =>
  new Promise((resolve) => {
    const env = { ...process.env, ...more };
    const child = execFile(
      process.execPath,
      [join(root, 'dist/cli/rollcall.js'), ...args],
      { env },
      (_error, out, err) => resolve({ exitCode: child.exitCode ?? -1, out, err }),
    );
  });

/** A connection string for the same account with rights to read and list, and no others. */
export function readOnlyString(connectionString: string): string {
  const endpoints = ['Blob', 'Queue', 'Table'].map(
    (name) => `${name}Endpoint=${connectionMember(connectionString, `${name}Endpoint`)};`,
  );
  return `${endpoints.join('')}SharedAccessSignature=${accountSas(connectionString, 'rl')}`;
}
