// Inactive people go whatever else their row says (ADR 0040). What of it cannot be read is taken from the record that Entra was last confirmed to hold;
// failing that it is left out, and told. Rows go on in the order of the file, so those that ask wait for each other, a few at a time: the records of
// all of them are then read together, and most files have none.
import { foldId } from '../../columns/id';
import type { Hash64 } from '../../core/hash';
import type { LeftOut, MappedRecord, MappedUser } from '../../mapping/mapped-record';
import { ABSENT, inCanonicalOrder } from '../../roster/record-hash';
import type { RosterEntry } from '../../roster/roster-entry';
import type { RosterTable } from '../../roster/roster-table';
import { pathOfPlace, valueAt, withValueAt } from '../../scim/attribute-path';
import type { ScimMember, ScimUser } from '../../scim/user';
import { userCheckFor, type UserCheck } from '../../scim/user-schema';
import type { SourceSettings } from '../../source/settings-schema';
import type { RecordPointer } from '../records/last-records';
import type { OldRecords } from '../records/old-records';
import type { KnownPeople } from './known-people';

/** What Entra is known to hold of a source. */
export interface ConfirmedRecords extends Pick<KnownPeople, 'roster' | 'expected'> {
  readonly oldRecords: OldRecords;
  readonly hash: Hash64;
}

/** Rows that ask for a record, and rows behind the first of them, that are kept in memory at once: some 15 MB. Our choice, 2026-11. */
const MAX_ASKING = 1_000;
const MAX_WAITING = 5_000;

/**
 * Whether the confirmed record has an attribute: `held`; `absent`, so nothing is lost without it; or `unknown`, because there is no such record, or an
 * earlier file that is on its way says something else: an older value never overwrites a newer one.
 */
type Held = 'held' | 'absent' | 'unknown';

/** What is known of the values that a row asks for. */
interface Asked {
  readonly pointer: RecordPointer | null;
  readonly isHeld: ReadonlyMap<string, Held>;
}

/** Completes the rows of one file. */
export class RecordCompleter {
  private readonly check: UserCheck;

  /** `confirmed`: null for a check, which has no roster. */
  constructor(
    { job }: Pick<SourceSettings, 'job'>,
    private readonly confirmed: ConfirmedRecords | null,
  ) {
    this.check = userCheckFor(job.target);
  }

  /** The same chunks, with the rows that ask completed. A completed record is written as any other, so it has the hash of an equal one. */
  async *complete(chunks: AsyncIterable<readonly MappedRecord[]>): AsyncGenerator<readonly MappedRecord[]> {
    let waiting: (readonly MappedRecord[])[] = [];
    let rows = 0;
    let asked = new Map<MappedRecord, Asked>();
    let pointers: RecordPointer[] = [];
    for await (const chunk of chunks) {
      waiting.push(chunk);
      rows += chunk.length;
      for (const record of chunk) {
        if (!isAsking(record)) continue;
        const one = this.lookUp(record);
        asked.set(record, one);
        if (one.pointer !== null) pointers.push(one.pointer);
      }
      if (pointers.length > 0 && asked.size < MAX_ASKING && rows < MAX_WAITING) continue;
      yield* this.completeAll(waiting, asked, pointers);
      waiting = [];
      rows = 0;
      if (asked.size > 0) asked = new Map();
      pointers = [];
    }
    yield* this.completeAll(waiting, asked, pointers);
  }

  private lookUp(record: MappedUser): Asked {
    const { confirmed } = this;
    const entry = confirmed?.roster?.find(confirmed.hash(foldId(record.externalId))) ?? null;
    const isHeld = new Map<string, Held>();
    for (const { place } of askedOf(record)) {
      const path = pathOfPlace(place);
      isHeld.set(path, entry === null || confirmed === null ? 'unknown' : heldOf(confirmed, entry, path));
    }
    return { pointer: entry !== null && [...isHeld.values()].includes('held') ? pointerOf(entry) : null, isHeld };
  }

  private async *completeAll(
    chunks: readonly (readonly MappedRecord[])[],
    asked: ReadonlyMap<MappedRecord, Asked>,
    pointers: readonly RecordPointer[],
  ): AsyncGenerator<readonly MappedRecord[]> {
    const found = pointers.length === 0 ? null : await this.confirmed?.oldRecords.read(pointers);
    for (const chunk of chunks) {
      if (asked.size === 0) yield chunk;
      else
        yield chunk.map((record) => {
          const one = asked.get(record);
          if (one === undefined || record.kind !== 'user') return record;
          return this.completed(record, one, found?.get(one.pointer?.recordHash ?? 0n) ?? null);
        });
    }
  }

  private completed(record: MappedUser, { isHeld }: Asked, old: ScimUser | null): MappedUser {
    let { user } = record;
    const kept = new Set<string>();
    const lost = new Set<string>();
    for (const { place } of askedOf(record)) {
      const path = pathOfPlace(place);
      if (kept.has(path) || isHeld.get(path) === 'absent') continue;
      const value = old === null || isHeld.get(path) !== 'held' ? undefined : valueAt(old, place);
      // Of a cleared value nothing is held, and a null would say that HR clears it.
      if (value !== undefined && hasNull(value)) continue;
      const filled = value === undefined ? null : withValueAt(user, place, value);
      if (filled === null || this.check(filled) !== null) lost.add(path);
      else {
        user = filled;
        kept.add(path);
      }
    }
    const leftOut = (record.leftOut ?? []).map((one): LeftOut => {
      const path = pathOfPlace(one.place);
      const inPlace = kept.has(path) ? 'last-value' : this.confirmed === null ? one.inPlace : 'nothing';
      return { ...one, inPlace, ...(lost.has(path) && { mayClear: true }) };
    });
    if (kept.size === 0) return { ...record, leftOut };
    const warnings = kept.has('userName')
      ? record.warnings.filter(({ code }) => code !== 'user-name-missing')
      : record.warnings;
    return { ...record, user: inCanonicalOrder(user), warnings, leftOut };
  }
}

const askedOf = ({ leftOut = [] }: MappedUser): readonly LeftOut[] =>
  leftOut.filter(({ inPlace }) => inPlace === 'last-value-if-any');

const isAsking = (record: MappedRecord): record is MappedUser =>
  record.kind === 'user' && record.leftOut !== undefined && askedOf(record).length > 0;

/** Without the view into the roster, which reads itself anew each time that it is asked. */
const pointerOf = ({ idHash, run, offset, bytes, recordHash }: RosterEntry): RecordPointer => ({
  ...{ idHash, run, offset, bytes, recordHash },
});

function heldOf({ roster, expected }: ConfirmedRecords, entry: RosterEntry, path: string): Held {
  if (roster === null || entry.confirmedOn === null) return 'unknown';
  const before = shortHashOf(roster, entry, path);
  const said = expected === null || expected === roster ? null : expected.find(entry.idHash);
  if (expected !== null && said !== null && shortHashOf(expected, said, path) !== before) return 'unknown';
  return before === ABSENT ? 'absent' : 'held';
}

function shortHashOf({ header }: RosterTable, { attributes }: RosterEntry, path: string): number {
  const at = header.attributes.indexOf(path);
  return at < 0 ? ABSENT : (attributes[at] ?? ABSENT);
}

const hasNull = (member: ScimMember): boolean =>
  member === null || (typeof member === 'object' && Object.values(member).some(hasNull));
