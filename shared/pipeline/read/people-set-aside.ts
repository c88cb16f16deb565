// People whom earlier files sent, and whom this file has only in rows that the settings set aside (docs/adr/0038-rows-of-nobody.md): nothing happens to
// them, so somebody should know.
import type { Finding } from '../../export/export-record';
import type { People } from '../../people/people';
import type { RowCounts } from '../../run/row-counts';
import type { Candidate } from '../../run/run-files';
import type { runCodes } from '../../run/run-codes';
import type { ValuesOf } from '../../core/codes';
import type { FileChanges } from './file-changes';

/** A warning with their number; none, no warning. */
export function findingsOfSetAside(
  changes: Pick<FileChanges, 'setAside'>,
  people: People<Candidate>,
  { skipped }: Pick<RowCounts, 'skipped'>,
): readonly Finding[] {
  const count = skipped === 0 ? 0 : changes.setAside(people);
  if (count === 0) return [];
  const values: ValuesOf<typeof runCodes, 'people-set-aside'> = { people: count };
  return [{ severity: 'warning', code: 'people-set-aside', values, line: null, column: null, id: null }];
}
