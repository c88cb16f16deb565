// Staging a run of records: its export holds SCIM users that an earlier run staged and Entra confirmed, so there is nothing to map. Each is
// checked like a mapped one, because the schema may have changed since; what it refuses is left out, for nobody stays enabled for it (ADR 0040).
import type { LeftOut, MappedRecord } from '../../mapping/mapped-record';
import { toRejection } from '../../mapping/checked-user';
import { placeOfPath, withoutValueAt } from '../../scim/attribute-path';
import type { ScimUser } from '../../scim/user';
import type { UserCheck } from '../../scim/user-schema';
import { userCheckFor } from '../../scim/user-schema';
import { readLines } from '../../storage/read-lines';
import type { RowStaging } from '../read/map-rows';
import { stageRows } from '../read/map-rows';

/** Records that are staged at once. */
const RECORDS_AT_ONCE = 500;

/**
 * Stages the lines of the kept export. Throws `TypeError` for a record that would enable somebody, unless `mayEnable`: a run of dates does what the
 * day says, any other only disables.
 */
export async function stageRecords(
  staging: RowStaging,
  bytes: AsyncIterable<Uint8Array>,
  mayEnable: boolean,
): Promise<void> {
  await stageRows(staging, chunksOf(bytes, userCheckFor(staging.settings.job.target), mayEnable));
}

async function* chunksOf(
  bytes: AsyncIterable<Uint8Array>,
  check: UserCheck,
  mayEnable: boolean,
): AsyncGenerator<readonly MappedRecord[]> {
  let row = 0;
  let chunk: MappedRecord[] = [];
  for await (const line of readLines(bytes)) {
    chunk.push(recordOf(line, ++row, check, mayEnable));
    if (chunk.length < RECORDS_AT_ONCE) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** There is no header, so the place of a record is both its row and its line. */
function recordOf(text: string, row: number, check: UserCheck, mayEnable: boolean): MappedRecord {
  let user = parsed(text);
  const { externalId, active } = user;
  if (active && !mayEnable) throw new TypeError('this run of records disables people, and nothing else');
  const leftOut: LeftOut[] = [];
  for (let fault = check(user); fault !== null; fault = check(user)) {
    const why = toRejection(fault, user, row, null);
    // Whoever is active goes as a whole, or not.
    const place = active ? null : placeOfPath(user, fault.path);
    if (place === null)
      return {
        kind: 'rejected',
        row,
        line: row,
        id: externalId,
        userName: userNameOf(user),
        active,
        rank: [],
        rejection: why,
      };
    leftOut.push({ place, why, inPlace: 'nothing' });
    user = withoutValueAt(user, place);
  }
  const read = {
    row,
    line: row,
    externalId,
    userName: userNameOf(user),
    active,
    rank: [],
    leftAt: null,
    user,
    warnings: [],
  };
  return leftOut.length === 0 ? { kind: 'user', ...read } : { kind: 'user', ...read, leftOut };
}

const userNameOf = ({ userName }: ScimUser): string | null => (typeof userName === 'string' ? userName : null);

function parsed(text: string): ScimUser {
  try {
    return JSON.parse(text) as ScimUser;
  } catch {
    // The words of the parser would repeat what is in the record.
    throw new TypeError('a line of a run of records is no JSON');
  }
}
