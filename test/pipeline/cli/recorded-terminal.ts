// A terminal that remembers what was written, and a folder for files of one test.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../../cli/program';

/** What a run of `rollcall` wrote, and its exit code. */
export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the program in this process, as the entry does. */
export async function rollcall(...args: readonly string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const exitCode = await runProgram(args, {
    out: (text) => Promise.resolve(void (out += text)),
    err: (text) => Promise.resolve(void (err += text)),
    isInteractive: false,
  });
  return { exitCode, out, err };
}

/** A folder of its own, emptied by `remove`; `put` writes a file and returns its path. */
export function newFolder(): {
  path: (name: string) => string;
  put: (name: string, text: string | Buffer) => string;
  remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    put: (name, text) => {
      writeFileSync(path(name), text);
      return path(name);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Small settings; members of `file` can be added. */
export const sourceText = (file: object = {}): string =>
  JSON.stringify({
    name: 'contoso-hr',
    file: { pattern: '*.csv*', format: 'csv', ...file },
    job: { servicePrincipalId: 'sp', jobId: 'job', target: 'entra' },
    id: 'EmployeeID',
    active: { column: 'Status', active: ['Active'], inactive: ['Left'] },
    mapping: { userName: { column: 'Email', required: true }, name: { familyName: 'LastName' } },
  });

/** CSV text with the columns of `sourceText`. */
export const csvOf = (...rows: readonly string[]): string =>
  ['EmployeeID,LastName,Email,Status', ...rows, ''].join('\n');
