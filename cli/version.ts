// The version of this rollcall.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What package.json says. It is one folder up from the sources and two from dist/cli, whatever folder the command is called in. */
export function readVersion(): string {
  const path = ['..', '../..'].map((up) => join(__dirname, up, 'package.json')).find((each) => existsSync(each));
  if (path === undefined) throw new Error('the package.json of rollcall is missing');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
