// The files of a set-up: the source.json, and the record beside it.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SetupRecordFile } from '../shared/tenant/setup-record';
import type { SchemaBackups, SourceFile } from '../shared/tenant/setup-step';
import { readSettingsText } from '../shared/source/json-text';
import { holdCommand, quotePath, readSmall, troubleOf } from './local-file';

/** Name of the record in the folder of a source. */
const RECORD = 'rollcall-setup.json';

/** The settings in a folder. */
export const sourcePath = (folder: string): string => join(folder, 'source.json');
/** The record in a folder. */
export const recordPath = (folder: string): string => join(folder, RECORD);

/** The record of a folder. Whoever reads it sees the old text or the new one, whenever the process ends. */
export function recordFile(folder: string): SetupRecordFile {
  const path = recordPath(folder);
  return {
    async read() {
      try {
        return await readFile(path, 'utf8');
      } catch (error) {
        if (troubleOf(error) === 'missing') return null;
        throw holdCommand('file-not-readable', { path: quotePath(path), reason: troubleOf(error) });
      }
    },
    write: (text) => replaceFile(path, text),
    remove: () => rm(path, { force: true }),
  };
}

/** The source.json of a folder. */
export function sourceFile(folder: string): SourceFile {
  const path = sourcePath(folder);
  return {
    read: async () => readSettingsText(await readSmall(path, 'source-not-readable')),
    write: (text) => replaceFile(path, text),
  };
}

async function replaceFile(path: string, text: string): Promise<void> {
  const next = `${path}.new`;
  try {
    await writeFile(next, text);
    await rename(next, path);
  } catch (error) {
    throw holdCommand('file-not-writable', { path: quotePath(path), reason: troubleOf(error) });
  }
}

/** Copies of schemas, in the folder of a source. */
export const schemaBackups = (folder: string): SchemaBackups => ({
  async keep(schema, now) {
    const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
    const name = `schema-before-${time}.json`;
    const path = join(folder, name);
    try {
      await writeFile(path, `${JSON.stringify(schema, null, 2)}\n`);
    } catch (error) {
      throw holdCommand('file-not-writable', { path: quotePath(path), reason: troubleOf(error) });
    }
    return name;
  },
});
