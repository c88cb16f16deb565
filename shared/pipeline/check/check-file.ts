// The check of a file on a laptop: the same reading, mapping and whole-file checks as intake, into any two sinks, with nothing sent.
import type { ValuesOf } from '../../core/codes';
import type { Hash64 } from '../../core/hash';
import type { Message } from '../../core/message';
import { dayOf } from '../../roster/roster-entry';
import { noRows, type RowCounts } from '../../run/row-counts';
import type { runCodes } from '../../run/run-codes';
import type { Candidate } from '../../run/run-files';
import { FileHold } from '../../core/errors';
import type { ExportShape, Finding, OpenExport } from '../../export/export-record';
import { checkManifest } from '../../export/manifest';
import type { HoldList } from '../../holdlist/hold-list';
import { holdAt } from '../../holdlist/hold-list';
import { openExport } from '../../export/open-export';
import { People, type PersonInFile } from '../../people/people';
import { exportExpectation, type SourceSettings } from '../../source/source-settings';
import { managersOf } from '../read/managers-of-file';
import { mapRows, type LineSink } from '../read/map-rows';
import { usableHoldList } from '../read/pin-hold-list';
import { findingsOfSettings } from '../read/settings-findings';
import { findingsOfName } from '../read/unexpected-name';
import { skipsUnknownInactive } from '../read/unknown-inactive';

type InactiveUnknown = ValuesOf<typeof runCodes, 'inactive-people-unknown'>;
type PeopleOnHold = ValuesOf<typeof runCodes, 'people-on-hold'>;

/** A file and what belongs to it. */
export interface FileToCheck {
  /** Its name, without folders. */
  readonly name: string;
  readonly bytes: number;
  /** When it is checked, ms: how long ago somebody left counts from that day. */
  readonly at: number;
  /** The date, yyyy-MM-dd, as of which the days of its rows are judged in every zone; absent: the moment `at`. */
  readonly date?: string;
  /** Its content from the beginning; called twice if the settings look up managers. */
  readonly read: () => AsyncIterable<Uint8Array>;
  /** `<file>.manifest.json`, parsed; `undefined` if there is none. */
  readonly manifest: unknown;
  /** The `hold.csv` beside the settings, and the time (ms) at which it decides; absent if there is none. */
  readonly holdList?: { readonly content: Uint8Array; readonly at: number };
}

/** Where the check writes what grows with the file: `RowLine`s, users, and warnings about users (findings), one JSON text per line. */
export interface CheckSinks {
  readonly rows: LineSink;
  readonly users: LineSink;
  readonly warnings: LineSink;
  /** After each chunk of records: how far the check has come. */
  readonly progress: (counts: RowCounts) => void;
}

/** Why a file is held. */
export interface HoldReason extends Message {
  readonly line: number | null;
  readonly column: string | null;
}

/** What intake would say; of a held file, as far as it was read. */
export interface CheckedFile {
  readonly state: 'accepted' | 'held';
  readonly reason: HoldReason | null;
  /** How the file was read; null if that could not be decided. */
  readonly shape: ExportShape | null;
  readonly counts: RowCounts;
  /** Users who are on the hold list: nothing is sent for them until a day. */
  readonly peopleOnHold: number;
  /** Rows that go although a value of theirs cannot be read. */
  readonly incomplete: number;
  /** Of the raw bytes, hex; null if they were not read to the end. */
  readonly sha256: string | null;
  /** Warnings that went to `sinks.warnings`. */
  readonly warnings: number;
  /** About the file and the settings; those about rows went to the sinks. */
  readonly findings: readonly Finding[];
  /**
   * The users, for their packing; not usable if the file is held. Candidates are those who wait for their first day, and whom a first run would skip
   * (`unknownInactive`): a check has no roster.
   */
  readonly people: People<Candidate>;
}

/** Checks a file against valid settings. A held file is a result; faults of reading are thrown. */
export async function checkFile(
  hash: Hash64,
  settings: SourceSettings,
  file: FileToCheck,
  sinks: CheckSinks,
): Promise<CheckedFile> {
  const skips = skipsUnknownInactive(settings, dayOf(file.at), true);
  const waiting = new Set<number>();
  const candidateOf = ({ at, user, leftAt, goesOn }: PersonInFile): Candidate | null => {
    if (goesOn !== null) {
      waiting.add(at);
      return { goesOn };
    }
    return skips?.({ active: user.active, leftAt }) === true ? 'unknown-inactive' : null;
  };
  const people = new People<Candidate>(hash, (person) => ({
    candidate: candidateOf(person),
    isAgain: false,
    wasActive: false,
    isDelivered: false,
  }));
  const asOf = file.date === undefined ? { at: file.at } : { date: file.date };
  const counts = noRows();
  let opened: OpenExport | null = null;
  let warnings = 0;
  let incomplete = 0;
  let reason: HoldReason | null = null;
  const afterChunk = async (found: readonly Finding[]): Promise<void> => {
    warnings += found.length;
    if (found.length > 0) await sinks.warnings.append(found.map((one) => `${JSON.stringify(one)}\n`).join(''));
    sinks.progress(counts);
  };
  let onHold: PeopleOnHold = { people: 0, leavers: 0 };
  let ofMapping: readonly Finding[] = [];
  try {
    const list = file.holdList === undefined ? null : await usableHoldList(file.holdList.content);
    const open = () => openExport(file.read(), exportExpectation(settings, file.name, file.bytes));
    const managers = await managersOf({ settings, hash, open });
    opened = await open();
    const { rows, users } = sinks;
    const noteIncomplete = (): void => {
      incomplete++;
    };
    const staging = { settings, people, counts, rows, users, managers, incomplete: noteIncomplete, afterChunk };
    ofMapping = (await mapRows({ ...staging, opened, confirmed: null, asOf })).findings;
    if (file.manifest !== undefined || settings.file.manifest === 'required')
      checkManifest(file.manifest, { rows: counts.rows, sha256: opened.sha256() ?? '' });
    if (list !== null) onHold = peopleOnHold(list, people, file.holdList?.at ?? 0);
  } catch (error) {
    if (!(error instanceof FileHold)) throw error;
    reason = { code: error.code, values: error.values, line: error.at.line, column: error.at.column };
  }
  return {
    state: reason === null ? 'accepted' : 'held',
    reason,
    shape: opened?.shape ?? null,
    counts,
    peopleOnHold: onHold.people,
    incomplete,
    sha256: opened?.sha256() ?? null,
    warnings,
    findings: [
      ...findingsOfName(settings, file.name),
      ...(opened?.findings ?? []),
      ...ofMapping,
      ...findingsOfHolds(onHold),
      ...(reason === null ? [...findingsOfWaiting(waiting, people), ...findingsOfInactive(settings, people)] : []),
      ...findingsOfSettings(settings),
    ],
    people,
  };
}

/** The people of the file whose rows would be held. */
function peopleOnHold(list: HoldList, people: People<Candidate>, at: number): PeopleOnHold {
  const values: { -readonly [K in keyof PeopleOnHold]: PeopleOnHold[K] } = { people: 0, leavers: 0 };
  for (const batch of people.packed()) {
    if (batch.candidates) continue;
    const held = batch.rows.filter(([, id]) => holdAt(list, id, at) !== null).length;
    values.people += held;
    if (batch.leavers) values.leavers += held;
  }
  return values;
}

/** A note; none if there is nobody. */
function findingsOfHolds(values: PeopleOnHold): readonly Finding[] {
  if (values.people === 0) return [];
  return [{ severity: 'note', code: 'people-on-hold', values, line: null, column: null, id: null }];
}

/** Those who wait for their first day, as a note; none, no note. */
function findingsOfWaiting(waiting: ReadonlySet<number>, all: People<Candidate>): readonly Finding[] {
  let people = 0;
  for (const { at } of waiting.size === 0 ? [] : all.kept()) if (waiting.has(at)) people++;
  if (people === 0) return [];
  const values: ValuesOf<typeof runCodes, 'people-not-yet'> = { people };
  return [{ severity: 'note', code: 'people-not-yet', values, line: null, column: null, id: null }];
}

/** What a first run would do with the inactive people of the file, as a note; none, or no rule for them, no note. */
function findingsOfInactive(settings: SourceSettings, people: People<Candidate>): readonly Finding[] {
  if (settings.unknownInactive === 'send') return [];
  const values: { -readonly [K in keyof InactiveUnknown]: InactiveUnknown[K] } = { skipped: 0, sent: 0 };
  for (const batch of people.packed())
    if (batch.leavers) values[batch.candidates ? 'skipped' : 'sent'] += batch.rows.length;
  if (values.skipped + values.sent === 0) return [];
  return [{ severity: 'note', code: 'inactive-people-unknown', values, line: null, column: null, id: null }];
}
