// One person in the roster: what Entra was last confirmed to hold, with the staged record behind it, and what was sent in vain since. Reads
// only, and keeps nothing of other people.
import { foldId } from '../../columns/id';
import type { Hash64 } from '../../core/hash';
import { missingSince } from '../../roster/compare-record';
import { findKeptRecords, nameOfPlace } from '../../roster/kept-records';
import { openRoster } from '../../roster/read-roster';
import type { Day, RosterEntry } from '../../roster/roster-entry';
import type { RosterHeader } from '../../roster/roster-file';
import type { RosterPin, RosterStore } from '../../roster/roster-store';
import { RosterTable } from '../../roster/roster-table';
import type { RunStore } from '../../run/ledger';
import type { RunFiles } from '../../run/run-files';
import type { ScimUser } from '../../scim/user';
import type { RosterTrouble } from './look-at-rosters';
import { eachRoster } from './look-at-rosters';

/** What is read. Nothing here can write. */
export interface RosterPersonPorts {
  readonly runs: Pick<RunStore, 'sources'>;
  readonly rosters: Pick<RosterStore, 'current' | 'read' | 'keptRecords'>;
  readonly files: Pick<RunFiles, 'exists' | 'readRange'>;
  readonly hash: Hash64;
}

/**
 * The record that an entry points to.
 * - `deleted`  the files of its run are gone, and retention kept no copy
 * - `other`    another record lies there: of another person whose id has the same hash, or somebody changed the file
 */
export type StagedRecord =
  { readonly kind: 'record'; readonly user: ScimUser } | { readonly kind: 'deleted' } | { readonly kind: 'other' };

/** What the roster knows of a person. */
export interface KnownPerson {
  readonly entry: RosterEntry;
  readonly record: StagedRecord;
  readonly missingSince: Day | null;
  /** The epochs that entries of this roster name. */
  readonly header: Pick<RosterHeader, 'epochs'>;
}

/** A person in the roster of one source; both null if the roster does not have the person, or if there is none. */
export interface PersonInRoster {
  readonly source: string;
  readonly person: KnownPerson | null;
  readonly trouble: RosterTrouble | null;
}

/** Looks a person up in the roster of one source, or of each. Reads each file once, and one staged line. */
export async function findInRosters(
  ports: RosterPersonPorts,
  id: string,
  source: string | null,
): Promise<readonly PersonInRoster[]> {
  const found = await eachRoster(ports, source, (one, pin) => findPerson(ports, id, one, pin));
  return found.map(({ value, ...rest }) => ({ ...rest, person: value }));
}

async function findPerson(
  ports: RosterPersonPorts,
  id: string,
  source: string,
  pin: RosterPin,
): Promise<KnownPerson | null> {
  const { rosters, hash } = ports;
  const found = await findEntry(rosters, source, pin, hash(foldId(id)));
  if (found === null) return null;
  const { entry, header } = found;
  const record = await readRecord(ports, id, source, entry);
  return { entry, record, missingSince: missingSince(entry, header), header };
}

/** The entry of a person in a roster, read to its end: until then it may be damaged. */
async function findEntry(
  rosters: Pick<RosterStore, 'read'>,
  source: string,
  pin: RosterPin,
  idHash: bigint,
): Promise<{ readonly entry: RosterEntry; readonly header: RosterHeader } | null> {
  const { header, blocks } = await openRoster(await rosters.read(pin), source);
  let entry: RosterEntry | null = null;
  for await (const block of blocks) entry ??= new RosterTable(header, block).find(idHash);
  return entry === null ? null : { entry, header };
}

async function readRecord(
  { files, rosters, hash }: RosterPersonPorts,
  id: string,
  source: string,
  { run, offset, bytes, recordHash }: RosterEntry,
): Promise<StagedRecord> {
  const key = { source, run };
  const line = (await files.exists(key, 'users.jsonl'))
    ? await files.readRange(key, 'users.jsonl', offset, bytes)
    : (await findKeptRecords(rosters, source, [{ run, offset }])).get(nameOfPlace({ run, offset }));
  if (line === undefined) return { kind: 'deleted' };
  if (hash(line) !== recordHash) return { kind: 'other' };
  const user = JSON.parse(line.toString('utf8')) as ScimUser;
  return foldId(user.externalId) === foldId(id) ? { kind: 'record', user } : { kind: 'other' };
}
