// What Entra was last confirmed to hold of people, read from the staged lines that the roster points to. Neighbouring lines are read together.
import type { Hash64 } from '../../core/hash';
import type { RosterEntry } from '../../roster/roster-entry';
import type { RunFiles } from '../../run/run-files';
import type { ScimUser } from '../../scim/user';

/** Gaps up to this many bytes are read too, to save a request. */
const MAX_GAP_BYTES = 64 * 1024;
/** Bytes read at once. */
const MAX_READ_BYTES = 8 * 1024 * 1024;

/** Where an entry's record lies. */
export type RecordPlace = Pick<RosterEntry, 'run' | 'offset' | 'bytes' | 'recordHash'>;

/** Reads records of the past; a record that retention took, or that another one has taken the place of, is not in the answer. */
export interface OldRecords {
  /** By the hash of the record. */
  read(places: readonly RecordPlace[]): Promise<ReadonlyMap<bigint, ScimUser>>;
}

/** Nothing of the past is at hand. */
export const NO_OLD_RECORDS: OldRecords = { read: () => Promise.resolve(new Map()) };

/** The records of a source, from the files of its runs. */
export function oldRecords(files: Pick<RunFiles, 'exists' | 'readRange'>, source: string, hash: Hash64): OldRecords {
  const kept = new Map<string, Promise<boolean>>();
  const isKept = (run: string): Promise<boolean> => {
    const known = kept.get(run) ?? files.exists({ source, run }, 'users.jsonl');
    kept.set(run, known);
    return known;
  };
  return {
    async read(places) {
      const found = new Map<bigint, ScimUser>();
      for (const [run, ofRun] of byRun(places)) {
        if (!(await isKept(run))) continue;
        for (const group of neighbours(ofRun)) {
          const begin = group[0]?.offset ?? 0;
          const end = Math.max(...group.map(({ offset, bytes }) => offset + bytes));
          const read = await files.readRange({ source, run }, 'users.jsonl', begin, end - begin);
          for (const { offset, bytes, recordHash } of group) {
            const line = read.subarray(offset - begin, offset - begin + bytes);
            if (hash(line) === recordHash) found.set(recordHash, JSON.parse(line.toString('utf8')) as ScimUser);
          }
        }
      }
      return found;
    },
  };
}

function byRun(places: readonly RecordPlace[]): ReadonlyMap<string, readonly RecordPlace[]> {
  const runs = new Map<string, RecordPlace[]>();
  for (const place of places) {
    const ofRun = runs.get(place.run);
    if (ofRun === undefined) runs.set(place.run, [place]);
    else ofRun.push(place);
  }
  return runs;
}

function* neighbours(places: readonly RecordPlace[]): Generator<readonly RecordPlace[]> {
  let group: RecordPlace[] = [];
  for (const place of [...places].sort((a, b) => a.offset - b.offset)) {
    const first = group[0];
    const last = group.at(-1);
    const isApart =
      first !== undefined &&
      last !== undefined &&
      (place.offset - (last.offset + last.bytes) > MAX_GAP_BYTES ||
        place.offset + place.bytes - first.offset > MAX_READ_BYTES);
    if (isApart) {
      yield group;
      group = [];
    }
    group.push(place);
  }
  if (group.length > 0) yield group;
}
