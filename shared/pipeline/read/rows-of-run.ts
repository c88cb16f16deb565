// The rows of a run that was staged, each with the line of its user: rows and users are in the same order.
import { isIdTrouble } from '../../columns/id-trouble';
import type { SourceSettings } from '../../source/source-settings';
import { readRequired } from '../../run/kept-files';
import { isOfAnotherRow, readRowLines } from '../../run/row-lines';
import type { Run } from '../../run/run';
import type { AmendmentLine, RowLine, RunFiles } from '../../run/run-files';
import { ofAttempt } from '../../run/run-files';
import { readLines } from '../../storage/read-lines';
import { idColumnOf } from '../../source/settings-schema';

/** A row as it was read; `user` is its SCIM user as one line of JSON, null if the row was rejected or users are not read. */
export interface RowWithUser {
  readonly line: RowLine;
  readonly user: string | null;
}

/**
 * The rows of a run in file order, before amendments, of which `amended` is told after the last row. Throws `run-file-missing` if a file of the run is
 * gone.
 */
export async function* rowsOfRun(
  files: Pick<RunFiles, 'read'>,
  run: Pick<Run, 'source' | 'run' | 'readBy'>,
  withUsers: boolean,
  amended: (line: AmendmentLine) => void = () => undefined,
): AsyncGenerator<RowWithUser> {
  const users = withUsers ? readLines(await readRequired(files, run, 'users.jsonl')) : null;
  for await (const { line, isAmendment } of readRowLines(
    await readRequired(files, run, ofAttempt(run, 'rows.jsonl')),
  )) {
    if (isAmendment) {
      amended(line);
      continue;
    }
    if (users === null || !('user' in line)) {
      yield { line, user: null };
      continue;
    }
    yield { line, user: await nextUser(users) };
  }
}

/** The next line that is not blank: of somebody who was forgotten, neither a row nor anything but blanks is there. */
async function nextUser(users: AsyncGenerator<string>): Promise<string> {
  for (;;) {
    const user = await users.next();
    if (user.done === true) throw new TypeError('every user row has a user line');
    if (user.value.trim() !== '') return user.value;
  }
}

/**
 * True of a row without an id, or with one that is damaged: it may be anybody's. That another row contradicts it says nothing about its id, and one
 * that is not sent without anything to correct is, whoever it names, nobody of the source.
 */
export function isAnybodys(line: RowLine, settings: Pick<SourceSettings, 'id'>): boolean {
  if ('unsent' in line) return false;
  if (line.id === null || line.id === '') return true;
  if (!('rejected' in line) || isOfAnotherRow(line.rejected)) return false;
  return isIdTrouble(line.rejected.code, line.rejected.column, idColumnOf(settings));
}
