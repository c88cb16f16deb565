// A leaver now: a run of records with one person, whose last confirmed record is sent with `active: false`. It is newer than every run of the
// source that is known, so order among them is what it is among files.
import { foldId } from '../../columns/id';
import { stableHash } from '../../core/hash';
import type { HoldListFault } from '../../holdlist/hold-list';
import { holdAt, parseHoldList } from '../../holdlist/hold-list';
import { arrivalOf } from '../../roster/entry-bytes';
import { wentTo } from '../../roster/epoch';
import type { Day } from '../../roster/roster-entry';
import { mayBeEnabled } from '../../roster/roster-entry';
import type { RunStore } from '../../run/ledger';
import type { PeopleIndexes } from '../../run/people-indexes';
import type { Run } from '../../run/run';
import {
  INTAKE_STATES,
  isLive,
  OPEN_STATES,
  RUN_STATES,
  runIdBeyond,
  runIdOf,
  runStampOf,
  isOrder,
} from '../../run/run';
import type { RunFiles } from '../../run/run-files';
import type { ScimUser } from '../../scim/user';
import type { ParsedSettings } from '../../source/source-settings';
import { parseSourceSettings } from '../../source/source-settings';
import type { SourceStore } from '../../source/source-store';
import type { Pipeline } from '../pipeline';
import { disabled } from '../records/last-records';
import { makeRunOfRecords } from '../records/make-run-of-records';
import type { KnownPerson, RosterPersonPorts } from '../roster/find-in-roster';
import { findInRosters } from '../roster/find-in-roster';
import type { RosterTrouble } from '../roster/look-at-rosters';

export type DisablePorts = Pick<RosterPersonPorts, 'rosters' | 'hash'> &
  Pick<Pipeline, 'arrivals'> & {
    readonly runs: Pick<RunStore, 'ofSource' | 'insert' | 'sources'>;
    readonly files: RunFiles;
    readonly indexes: Pick<PeopleIndexes, 'of'>;
    readonly sources: Pick<SourceStore, 'read' | 'readHoldList'>;
  };

/** What an operator asks for. */
export interface DisableOrder {
  readonly source: string;
  /** The id of the person as HR writes it. */
  readonly id: string;
  readonly by: string;
  readonly reason: string;
}

/** A run that is being read or sent. `isRead`: it has a record of the person; false: it may have one, it is not read yet. */
export interface OnItsWay {
  readonly run: Pick<Run, 'run' | 'state' | 'blobName' | 'origin'>;
  readonly isRead: boolean;
}

/**
 * What came of it; only `made` has changed anything.
 * - `made`       the run is made; `others` are older and may still send a record of the person before it
 * - `under-way`  an order for the person is being worked on, and nothing is newer
 * The rest are reasons why there is nothing that could be sent. `faults` are null if there are no settings; `in-other-job`: the
 * job that is in them now has confirmed nothing of the person, so the account may be elsewhere.
 */
export type Disabling =
  | {
      readonly kind: 'made';
      readonly run: string;
      readonly confirmedOn: Day;
      readonly others: readonly OnItsWay[];
    }
  | { readonly kind: 'under-way'; readonly run: string }
  | { readonly kind: 'roster-trouble'; readonly trouble: RosterTrouble }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-confirmed' }
  | { readonly kind: 'settings-unusable'; readonly faults: Extract<ParsedSettings, { ok: false }> | null }
  | { readonly kind: 'in-other-job' }
  | { readonly kind: 'disabled-already'; readonly on: Day }
  | { readonly kind: 'record-gone'; readonly run: string }
  | { readonly kind: 'hold-list-broken'; readonly fault: HoldListFault }
  | { readonly kind: 'on-hold'; readonly until: string };

/** A run disables the person, or will. */
export type Ordered = Extract<Disabling, { kind: 'made' | 'under-way' }>;

/** Makes the run, if it can be made. `now`, ms, is the time of the storage service, which the ids of files' runs are in. */
export async function disablePerson(ports: DisablePorts, order: DisableOrder, now: number): Promise<Disabling> {
  const { source, id } = order;
  const [found] = await findInRosters(ports, id, source);
  if (found?.trouble != null) return { kind: 'roster-trouble', trouble: found.trouble };
  if (found?.person == null) return { kind: 'unknown' };
  const { entry, record } = found.person;
  if (entry.confirmedOn === null) return { kind: 'not-confirmed' };
  const others = await whatIsOnItsWay(ports, source, id);
  const newest = others.at(-1);
  if (newest !== undefined && isOrder(newest.run)) {
    const { run, blobName, state } = newest.run;
    // The command may have died before it put the arrival: the sweep would find the run, but later.
    if (state === 'received') await ports.arrivals.put({ version: 1, blob: blobName, run }, 0);
    return { kind: 'under-way', run };
  }
  // What is on its way may enable the account again.
  if (!mayBeEnabled(entry) && others.length === 0) return { kind: 'disabled-already', on: entry.confirmedOn };
  const elsewhere = await whyNotHere(ports, source, found.person);
  if (elsewhere !== null) return elsewhere;
  if (record.kind !== 'record') return { kind: 'record-gone', run: entry.run };
  const held = await whyHeld(ports, source, id, now);
  if (held !== null) return held;
  const run = await makeRun(ports, order, disabled(record.user), now);
  return { kind: 'made', run, confirmedOn: entry.confirmedOn, others };
}

/** Oldest first. A run that has sent the person's row may wait for its verdict; one that is being read may have a row. */
async function whatIsOnItsWay(
  { runs, indexes, files }: Pick<DisablePorts, 'runs' | 'indexes' | 'files'>,
  source: string,
  id: string,
): Promise<readonly OnItsWay[]> {
  const found: OnItsWay[] = [];
  for (const { value: run } of await runs.ofSource(source, [...INTAKE_STATES, ...OPEN_STATES])) {
    if (isLive(run)) {
      if ((await indexes.of(run)).find(id) !== null) found.push({ run, isRead: true });
    } else if (run.origin === 'file') found.push({ run, isRead: false });
    else if (await isOrderFor(files, run, id)) found.push({ run, isRead: true });
  }
  return found;
}

/** True if a run of records that is not read yet has the person. */
async function isOrderFor(files: Pick<RunFiles, 'readWhole'>, run: Run, id: string): Promise<boolean> {
  const text = (await files.readWhole(run, 'export'))?.toString('utf8') ?? '';
  const records = text.split('\n').filter(Boolean);
  return records.some((line) => foldId((JSON.parse(line) as ScimUser).externalId) === foldId(id));
}

/** Null if the job of the source's settings confirmed the person. */
async function whyNotHere(
  { sources }: Pick<DisablePorts, 'sources'>,
  source: string,
  { entry, header }: KnownPerson,
): Promise<Extract<Disabling, { kind: 'settings-unusable' | 'in-other-job' }> | null> {
  const text = await sources.read(source);
  const parsed = text === null ? null : parseSourceSettings(text, source);
  if (parsed?.ok !== true) return { kind: 'settings-unusable', faults: parsed };
  return wentTo(entry, header, parsed.settings.job) ? null : { kind: 'in-other-job' };
}

/** The id of a run that is newer than all runs of the source: of now, or of the second of the newest one if that is later. */
async function newestId(
  { runs }: Pick<DisablePorts, 'runs'>,
  source: string,
  name: string,
  now: number,
): Promise<string> {
  const own = runIdOf(name, '', now);
  const newest = (await runs.ofSource(source, RUN_STATES, { after: runStampOf(now) })).at(-1)?.value.run;
  return newest === undefined || newest < own ? own : runIdBeyond(newest, name);
}

async function whyHeld(
  { sources }: Pick<DisablePorts, 'sources'>,
  source: string,
  id: string,
  at: number,
): Promise<Extract<Disabling, { kind: 'hold-list-broken' | 'on-hold' }> | null> {
  const file = await sources.readHoldList(source);
  if (file === null) return null;
  const { list, fault } = await parseHoldList(file.content);
  if (list === null) return { kind: 'hold-list-broken', fault };
  const hold = holdAt(list, id, at);
  return hold && { kind: 'on-hold', until: hold.until };
}

/** The id comes from the record and the runs before, so two equal orders at once are one run; the hash of the record tells nothing about it. */
async function makeRun(
  ports: DisablePorts,
  { source, by, reason }: DisableOrder,
  user: ScimUser,
  now: number,
): Promise<string> {
  const name = `${source}/disable-${stableHash([JSON.stringify(user)], 8)}.json`;
  const run = await newestId(ports, source, name, now);
  const arrivedAt = arrivalOf(run) * 1_000;
  const records = async function* (): AsyncGenerator<ScimUser> {
    await Promise.resolve();
    yield user;
  };
  await makeRunOfRecords(
    { ...ports, ledger: ports },
    { run, name, origin: 'disable', arrivedAt, order: { by, reason, at: new Date(now).toISOString() }, records },
    now,
  );
  return run;
}
