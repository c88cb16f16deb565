// `rollcall` as an operator runs it: a process of its own; and the account as somebody with rights to read alone opens it.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import {
  AccountSASPermissions,
  generateAccountSASQueryParameters,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';

const APP_DIR = join(__dirname, '../../..');
const DAY_MS = 86_400_000;

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
  const member = (name: string): string => new RegExp(`${name}=([^;]+)`).exec(connectionString)?.[1] ?? '';
  const sas = generateAccountSASQueryParameters(
    {
      expiresOn: new Date(Date.now() + DAY_MS),
      permissions: AccountSASPermissions.parse('rl'),
      resourceTypes: 'sco',
      services: 'bqt',
    },
    new StorageSharedKeyCredential(member('AccountName'), member('AccountKey')),
  ).toString();
  const endpoints = ['Blob', 'Queue', 'Table'].map((name) => `${name}Endpoint=${member(`${name}Endpoint`)};`);
  return `${endpoints.join('')}SharedAccessSignature=${sas}`;
}
