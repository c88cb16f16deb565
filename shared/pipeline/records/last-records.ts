// The records that entries of the roster point to, for many people at once: ranges of one file that are near each other are read together.
import { foldId } from '../../columns/id';
import type { Hash64 } from '../../core/hash';
import { findKeptRecords, nameOfPlace } from '../../roster/kept-records';
import type { RosterEntry } from '../../roster/roster-entry';
import type { RosterStore } from '../../roster/roster-store';
import type { RunFiles } from '../../run/run-files';
import type { ScimUser } from '../../scim/user';

/** Where the staged line of a record is, and how to know it. */
export type RecordPointer = Pick<RosterEntry, 'idHash' | 'run' | 'offset' | 'bytes' | 'recordHash'>;

/** Most bytes of one read, unless a line alone has more: people who are missing come from all over a file. Our choice, 2026-11. */
const MAX_READ_BYTES = 4 * 1024 * 1024;
/** Most bytes that nobody asked for between two records of one read: beyond that, another request is faster. Our choice, 2026-11. */
const MAX_GAP_BYTES = 256 * 1024;

/** Where records are: in the files of their run, or, once retention has deleted that, among the kept records. */
export interface RecordPorts {
  readonly files: Pick<RunFiles, 'exists' | 'readRange'>;
  readonly rosters: Pick<RosterStore, 'keptRecords'>;
  readonly hash: Hash64;
}

/**
 * Yields each pointer with its record, run by run in the order of their lines; the record is null if it is gone or if another one is there. Keeps
 * one read in memory, and those of the kept records that are asked for.
 */
export async function* lastRecords<T extends RecordPointer>(
  ports: RecordPorts,
  source: string,
  pointers: readonly T[],
): AsyncGenerator<readonly [T, ScimUser | null]> {
  for await (const [one, line] of lastLines(ports, source, pointers))
    yield [one, line && recordIn(line, one, ports.hash)];
}

/** As `lastRecords`, with the bytes that are there. */
async function* lastLines<T extends LinePointer>(
  { files, rosters }: Omit<RecordPorts, 'hash'>,
  source: string,
  pointers: readonly T[],
): AsyncGenerator<readonly [T, Uint8Array | null]> {
  const sorted = inOrder(pointers);
  let isStaged = false;
  let kept: ReadonlyMap<string, Uint8Array> | null = null;
  for (let at = 0; at < sorted.length;) {
    const group = groupFrom(sorted, at);
    const [first] = group;
    if (first === undefined) return;
    if (sorted[at - 1]?.run !== first.run) isStaged = await files.exists({ source, run: first.run }, 'users.jsonl');
    if (isStaged) yield* readGroup(files, source, group);
    else {
      kept ??= await findKeptRecords(rosters, source, sorted);
      for (const one of group) yield [one, kept.get(nameOfPlace(one)) ?? null];
    }
    at += group.length;
  }
}

/** The staged lines of one run, whose files are there. */
export async function* stagedLines<T extends LinePointer>(
  files: Pick<RunFiles, 'readRange'>,
  source: string,
  pointers: readonly T[],
): AsyncGenerator<readonly [T, Uint8Array]> {
  const sorted = inOrder(pointers);
  for (let at = 0; at < sorted.length;) {
    const group = groupFrom(sorted, at);
    yield* readGroup(files, source, group);
    at += group.length;
  }
}

/** Where a line is. */
type LinePointer = Pick<RecordPointer, 'run' | 'offset' | 'bytes'>;

const inOrder = <T extends LinePointer>(pointers: readonly T[]): readonly T[] =>
  [...pointers].sort((a, b) => (a.run === b.run ? a.offset - b.offset : a.run < b.run ? -1 : 1));

/** Reads a group at once. */
async function* readGroup<T extends LinePointer>(
  files: Pick<RunFiles, 'readRange'>,
  source: string,
  group: readonly T[],
): AsyncGenerator<readonly [T, Uint8Array]> {
  const [first] = group;
  if (first === undefined) return;
  const end = Math.max(...group.map(endOf));
  const bytes = await files.readRange({ source, run: first.run }, 'users.jsonl', first.offset, end - first.offset);
  for (const one of group) yield [one, bytes.subarray(one.offset - first.offset, endOf(one) - first.offset)];
}

const endOf = ({ offset, bytes }: LinePointer): number => offset + bytes;

function groupFrom<T extends LinePointer>(sorted: readonly T[], from: number): readonly T[] {
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
