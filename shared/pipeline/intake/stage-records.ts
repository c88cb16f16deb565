// Staging a run of records: its export holds SCIM users that an earlier run staged and Entra confirmed, so there is nothing to map. Each is
// checked like a mapped one, because the schema may have changed since.
import type { MappedRecord } from '../../mapping/mapped-record';
import { toRejection } from '../../mapping/checked-user';
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
  const user = parsed(text);
  const { externalId, active } = user;
  if (active && !mayEnable) throw new TypeError('this run of records disables people, and nothing else');
  const userName = typeof user['userName'] === 'string' ? user['userName'] : null;
  const fault = check(user);
  if (fault !== null)
    return {
      kind: 'rejected',
      row,
      line: row,
      id: externalId,
      userName,
      active,
      rank: [],
      rejection: toRejection(fault, user, row, null),
    };
  return { kind: 'user', row, line: row, externalId, userName, active, rank: [], leftAt: null, user, warnings: [] };
}

function parsed(text: string): ScimUser {
  try {
    return JSON.parse(text) as ScimUser;
  } catch {
    // The words of the parser would repeat what is in the record.
    throw new TypeError('a line of a run of records is no JSON');
  }
}
