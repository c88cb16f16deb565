// The version of this rollcall.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version in package.json, which is one folder above the sources and two above dist/cli, whatever the current folder. */
export function readVersion(): string {
  const path = ['..', '../..'].map((up) => join(__dirname, up, 'package.json')).find((each) => existsSync(each));
  if (path === undefined) throw new Error('the package.json of rollcall is missing');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
