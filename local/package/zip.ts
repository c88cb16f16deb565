// The package as a zip whose bytes depend on nothing but its files: no time, no owner, and a compression that is the library's own and not that of
// the installed Node.
import { zipSync, type Zippable } from 'fflate';
import type { PackageFile } from './bundle';

/** The earliest time that the format knows; it is written as local time. */
const NO_TIME = new Date(1980, 0, 1);
/** The format's number of Unix, and the mode of a plain file that everybody may read; without them, some readers make files that nobody may read. */
const UNIX = 3;
const READABLE_FILE = 0o100644 << 16;

/** The zip of the files, in their order. */
export function zipOf(files: readonly PackageFile[]): Uint8Array {
  const entries: Zippable = {};
  for (const { name, bytes } of files)
    entries[name] = [bytes, { level: 9, mtime: NO_TIME, os: UNIX, attrs: READABLE_FILE }];
  return zipSync(entries);
}
