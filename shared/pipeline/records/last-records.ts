// The records that entries of the roster point to, for many people at once: ranges of one file that are near each other are read together.
import { foldId } from '../../columns/id';
import type { Hash64 } from '../../core/hash';
import type { RosterEntry } from '../../roster/roster-entry';
import type { RunFiles } from '../../run/run-files';
import type { ScimUser } from '../../scim/user';

/** Where the staged line of a record is, and how to know it. */
export type RecordPointer = Pick<RosterEntry, 'idHash' | 'run' | 'offset' | 'bytes' | 'recordHash'>;

/** Most bytes of one read, unless a line alone has more: people who are missing come from all over a file. Our choice, 2026-11. */
const MAX_READ_BYTES = 4 * 1024 * 1024;
/** Most bytes that nobody asked for between two records of one read: beyond that, another request is faster. Our choice, 2026-11. */
const MAX_GAP_BYTES = 256 * 1024;

/**
 * Yields each pointer with its record, run by run in the order of their lines; the record is null if retention took it or if another one is
 * there. Keeps one read in memory.
 */
export async function* lastRecords<T extends RecordPointer>(
  { files, hash }: { readonly files: Pick<RunFiles, 'exists' | 'readRange'>; readonly hash: Hash64 },
  source: string,
  pointers: readonly T[],
): AsyncGenerator<readonly [T, ScimUser | null]> {
  const sorted = [...pointers].sort((a, b) => (a.run === b.run ? a.offset - b.offset : a.run < b.run ? -1 : 1));
  let isKept = false;
  for (let at = 0; at < sorted.length;) {
    const group = groupFrom(sorted, at);
    const [first] = group;
    if (first === undefined) return;
    const key = { source, run: first.run };
    if (sorted[at - 1]?.run !== first.run) isKept = await files.exists(key, 'users.jsonl');
    const end = Math.max(...group.map(endOf));
    const bytes = isKept ? await files.readRange(key, 'users.jsonl', first.offset, end - first.offset) : null;
    for (const one of group)
      yield [one, bytes && recordIn(bytes.subarray(one.offset - first.offset, endOf(one) - first.offset), one, hash)];
    at += group.length;
  }
}

const endOf = ({ offset, bytes }: RecordPointer): number => offset + bytes;

function groupFrom<T extends RecordPointer>(sorted: readonly T[], from: number): readonly T[] {
  const first = sorted[from];
  let end = from;
  for (let one = first, before = first; one !== undefined; before = one, one = sorted[++end]) {
    if (one.run !== first?.run) break;
    if (end > from && endOf(one) - first.offset > MAX_READ_BYTES) break;
    if (before !== undefined && one.offset - endOf(before) > MAX_GAP_BYTES) break;
  }
  return sorted.slice(from, end);
}

/** The record in a line; null if it is not the one that the entry is about. */
function recordIn(line: Uint8Array, { idHash, recordHash }: RecordPointer, hash: Hash64): ScimUser | null {
  if (hash(line) !== recordHash) return null;
  const user = JSON.parse(Buffer.from(line).toString('utf8')) as ScimUser;
  return hash(foldId(user.externalId)) === idHash ? user : null;
}

/** The same record of somebody whose account is to be disabled: complete, because a bare one would clear what null flow maps. */
export const disabled = (user: ScimUser): ScimUser => ({ ...user, active: false });
