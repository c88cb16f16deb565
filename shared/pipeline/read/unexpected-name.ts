// A file that is looked at before it is dropped may have any name; in the container it would be held for this one.
import type { ValuesOf } from '../../core/codes';
import { quote } from '../../core/message';
import type { Finding } from '../../export/export-record';
import type { runCodes } from '../../run/run-codes';
import type { SourceSettings } from '../../source/source-settings';
import { matchesFilePattern } from '../../source/source-settings';

/** A warning if files of the source are named otherwise. */
export function findingsOfName(settings: SourceSettings, name: string): readonly Finding[] {
  if (matchesFilePattern(settings, name)) return [];
  const values: ValuesOf<typeof runCodes, 'file-not-expected'> = {
    source: quote(settings.name),
    pattern: quote(settings.file.pattern),
    name: quote(name),
    isDropped: false,
  };
  return [{ severity: 'warning', code: 'file-not-expected', values, line: null, column: null, id: null }];
}
