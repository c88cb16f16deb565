// The members of a JSON export as paths, `job.title`: what a header is to a table.
import type { ExportExpectation, JsonObject } from '../../shared/export/export-record';
import { openExport } from '../../shared/export/open-export';
import type { LocalFile } from '../local-file';

/** The most paths that are remembered. */
const MAX_PATHS = 500;
/** How deep nested objects are searched. */
const MAX_DEPTH = 4;

/** The paths of the first records (one chunk), in order of appearance. Throws `FileHold` for a file that cannot be read. */
export async function findMembers(file: LocalFile, expect: ExportExpectation): Promise<readonly string[]> {
  const opened = await openExport(file.read(), expect);
  const paths = new Set<string>();
  for await (const records of opened.records) {
    for (const record of records) if (record.kind === 'json') collect(record.value, '', 1, paths);
    break;
  }
  return [...paths];
}

function collect(value: JsonObject, prefix: string, depth: number, paths: Set<string>): void {
  for (const [name, member] of Object.entries(value)) {
    const path = prefix + name;
    if (typeof member !== 'object' || member === null) {
      if (paths.size < MAX_PATHS) paths.add(path);
    } else if (!Array.isArray(member) && depth < MAX_DEPTH) collect(member as JsonObject, `${path}.`, depth + 1, paths);
  }
}
