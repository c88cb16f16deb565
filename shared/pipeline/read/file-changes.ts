// What a file would do to the people of its roster: found while the file is read, person by person, and counted for the guard when its end is
// known. It also says who need not be sent, and who is sent again although nothing changed.
import type { ColumnChange, GuardCounts, PeopleLimit, Tally } from '../../guard/guard-counts';
import { PEOPLE_LIMITS } from '../../guard/guard-counts';
import type { Hash64 } from '../../core/hash';
import type { KeptPerson, LookedUp, People, PersonInFile, StagedUser } from '../../people/people';
import { KEPT_LINES } from '../../people/people';
import { Column } from '../../people/number-tables';
import type { CompareRules, Comparison } from '../../roster/compare-record';
import { compareRecord, compareRules, missingSince } from '../../roster/compare-record';
import { epochOf } from '../../roster/epoch';
import { attributeHashes } from '../../roster/record-hash';
import type { Day, RosterEntry } from '../../roster/roster-entry';
import { placeOfEpoch } from '../../roster/roster-file';
import type { RosterTable } from '../../roster/roster-table';
import type { Run } from '../../run/run';
import type { Candidate } from '../../run/run-files';
import { columnsOfAttributes, equalAttributes } from '../../source/mapped-attributes';
import type { SourceSettings } from '../../source/source-settings';
import { AttributeTallies } from './attribute-tallies';
import { candidateOf, refreshDaysOf } from './candidate';
import type { RowCounts } from './map-rows';
import type { SkipsUnknown } from './unknown-inactive';
import { skipsUnknownInactive } from './unknown-inactive';

/** What a file is compared with. */
export interface FileComparison {
  readonly hash: Hash64;
  readonly run: Pick<Run, 'run'>;
  readonly roster: RosterTable | null;
  /** The day as of which the run compares. */
  readonly day: Day;
  readonly settings: SourceSettings;
  /** The settings of the source's last run, if they are known: a new mapping changes records, HR's values need not have changed. */
  readonly before: SourceSettings | null;
}

/** What a person's row would do, one bit each. */
const CREATED = 1;
const CHANGED = 2;
const DISABLED = 4;
const ENABLED = 8;
const RENAMED = 16;
const SKIPPED = 32;
/** The person's attributes, or some of them, could not be compared with the roster. */
const NOT_COMPARED = 64;
const FLAG_OF: Readonly<Record<Exclude<PeopleLimit, 'missing'>, number>> = {
  created: CREATED,
  changed: CHANGED,
  disabled: DISABLED,
  enabled: ENABLED,
  renamed: RENAMED,
};

/** Compared whatever the mapping says: a mistake in it that disables or renames people is to be noticed as well. */
const ALWAYS_COMPARED: ReadonlySet<string> = new Set(['active', 'userName']);

const UNKNOWN_INACTIVE: LookedUp<Candidate> = { candidate: 'unknown-inactive', isAgain: false };
const SENT: LookedUp<never> = { candidate: null, isAgain: false };
const SENT_AGAIN: LookedUp<never> = { candidate: null, isAgain: true };

/** One person against the roster. `attributes`: HR's values that differ, by their SCIM paths; empty unless the record is news. */
export interface PersonChange {
  readonly compared: Comparison;
  readonly entry: RosterEntry | null;
  readonly attributes: readonly string[];
  readonly becomes: 'created' | 'disabled' | 'enabled' | null;
}

/** Compares the people of one file with a roster, and counts. */
export class FileChanges {
  private readonly flags = new Column(Uint8Array);
  private readonly attributes = new AttributeTallies();
  private readonly rules: CompareRules | null;
  /** Attributes that both mappings fill by the same rule; null if nothing but `ALWAYS_COMPARED` can be compared. */
  private readonly comparable: ReadonlySet<string> | null;
  /** The epoch of the settings of the last run; entries of an older one were made by a mapping that is not at hand. */
  private readonly lastEpoch: number;
  private readonly skips: SkipsUnknown | null;

  constructor(private readonly file: FileComparison) {
    const { roster, settings, before, day } = file;
    const epoch = epochOf(settings);
    this.skips = skipsUnknownInactive(settings, day, roster === null || roster.size === 0);
    this.rules = roster === null ? null : compareRules(roster.header, epoch, day, refreshDaysOf(settings));
    this.comparable = before === null ? null : equalAttributes(before, settings);
    this.lastEpoch = roster === null || before === null ? 0 : placeOfEpoch(roster.header, epochOf(before));
  }

  /** Given to `People`: each person is asked for once, in file order. */
  readonly lookUp = (person: PersonInFile): LookedUp<Candidate> => {
    const { at, user, leftAt } = person;
    let hashes: ReadonlyMap<string, number> | undefined;
    const attributesOf = (): ReadonlyMap<string, number> => (hashes ??= attributeHashes(user, this.file.hash));
    const change = this.changeOf(person, attributesOf);
    const { compared, entry, attributes } = change;
    const isSkipped = this.isSkipped(change, { active: user.active, leftAt });
    const isCompared = entry !== null && this.isCompared(entry, compared);
    this.flags.set(at, isSkipped ? SKIPPED : flagsOf(change) | (isCompared ? 0 : NOT_COMPARED));
    if (isSkipped) return UNKNOWN_INACTIVE;
    this.attributes.add(attributes, attributesOf);
    if (entry === null) return SENT;
    const candidate = candidateOf(entry, compared, this.file.run.run);
    if (candidate !== null) return { candidate, isAgain: false };
    const isAgain = compared.kind === 'refresh' || (compared.kind === 'new-epoch' && !isNews(change));
    return isAgain ? SENT_AGAIN : SENT;
  };

  /** True of somebody inactive for whom nothing was ever sent, where the settings skip such people. */
  isSkipped({ entry }: Pick<PersonChange, 'entry'>, user: Pick<StagedUser, 'active' | 'leftAt'>): boolean {
    return entry === null && this.skips?.(user) === true;
  }

  /** What a person's record is to the roster, and which of HR's values changed. */
  changeOf(
    { idHash, recordHash, user }: Omit<PersonInFile, 'at' | 'line' | 'leftAt'>,
    attributes: () => ReadonlyMap<string, number> = () => attributeHashes(user, this.file.hash),
  ): PersonChange {
    const entry = this.file.roster?.find(idHash) ?? null;
    if (entry === null || this.rules === null)
      return { compared: { kind: 'new' }, entry: null, attributes: [], becomes: 'created' };
    const compared = compareRecord(entry, { recordHash, attributes }, this.rules);
    if (!('attributes' in compared)) return { compared, entry, attributes: [], becomes: null };
    const wasActive = (entry.unconfirmed ?? entry).active;
    const becomes = wasActive === user.active ? null : user.active ? 'enabled' : 'disabled';
    return { compared, entry, attributes: this.valuesOfHr(entry, compared), becomes };
  }

  private valuesOfHr(entry: RosterEntry, compared: Extract<Comparison, { attributes: unknown }>): readonly string[] {
    if (compared.kind === 'changed') return compared.attributes;
    const comparable = this.isOfLastMapping(entry) && this.comparable !== null ? this.comparable : ALWAYS_COMPARED;
    return compared.attributes.filter((name) => comparable.has(name) || ALWAYS_COMPARED.has(name));
  }

  private isOfLastMapping({ epoch }: RosterEntry): boolean {
    return epoch === this.lastEpoch && epoch !== 0;
  }

  /** False of a record that was sent in vain, whose values no roster keeps, and of one that another mapping made. */
  private isCompared(entry: RosterEntry, { kind }: Comparison): boolean {
    return kind !== 'unconfirmed' && (kind !== 'new-epoch' || this.isOfLastMapping(entry));
  }

  /** The numbers of the whole file. `lastRows`: rows of the last settled full file, null if there is none. */
  counts(
    people: People<Candidate>,
    file: { readonly content: Run['content']; readonly counts: RowCounts; readonly lastRows: number | null },
  ): GuardCounts {
    const { roster } = this.file;
    const { content, counts, lastRows } = file;
    const tallies = Object.fromEntries(
      PEOPLE_LIMITS.map((limit) => [limit, { count: 0, lines: [] as number[] }]),
    ) as Record<PeopleLimit, { count: number; lines: number[] }>;
    let known = 0;
    for (const { at, line } of people.kept()) {
      const flags = this.flags.get(at);
      if ((flags & (CREATED | SKIPPED)) === 0) known++;
      for (const [limit, flag] of Object.entries(FLAG_OF) as [PeopleLimit, number][])
        if ((flags & flag) !== 0) addTo(tallies[limit], line);
    }
    let active = 0;
    if (roster !== null)
      for (const entry of roster) {
        if (entry.active) active++;
        if (content === 'full' && isNewlyMissing(entry, roster, people)) tallies.missing.count++;
      }
    return {
      content,
      known: roster?.size ?? 0,
      active,
      isSeeded: roster !== null && roster.header.fullFiles.length + roster.header.doubtfulFullAt > 0,
      rows: counts.rows,
      people: tallies,
      rejected: rejectedOf(people, counts),
      columns: this.columnChanges(people, known).filter(({ became }) => content === 'full' || became === 'empty'),
      lastRows: content === 'full' ? lastRows : null,
    };
  }

  /**
   * HR's columns in which something changed. A file of changes has nobody in whom nothing did, and may be about one building: there only an
   * empty column says something. `known`: people of the file whom the roster knows.
   */
  private columnChanges(people: People<Candidate>, known: number): readonly ColumnChange[] {
    const columns = columnsOfAttributes(this.file.settings);
    const found = new Map<string, ColumnChange>();
    for (const [name, { count, became }] of this.attributes.changes(this.file.roster, this.comparedIn(people))) {
      // Told as disabled, enabled and renamed people.
      if (ALWAYS_COMPARED.has(name)) continue;
      const column = columns.get(name);
      if (column === undefined) continue;
      const before = found.get(column);
      if (before === undefined || before.count < count) found.set(column, { column, became, count, of: known });
    }
    return [...found.values()];
  }

  private *comparedIn(people: People<Candidate>): Generator<KeptPerson> {
    for (const person of people.kept()) if ((this.flags.get(person.at) & (SKIPPED | NOT_COMPARED)) === 0) yield person;
  }
}

/** True if HR says something about the person that was never sent. */
export const isNews = ({ compared, attributes, becomes }: PersonChange): boolean =>
  compared.kind === 'changed' || attributes.length > 0 || becomes !== null;

function flagsOf(change: PersonChange): number {
  const { attributes, becomes } = change;
  return (
    (becomes === null ? 0 : FLAG_OF[becomes]) |
    (becomes !== 'created' && isNews(change) ? CHANGED : 0) |
    (attributes.includes('userName') ? RENAMED : 0)
  );
}

function addTo(tally: { count: number; lines: number[] }, line: number): void {
  tally.count++;
  if (tally.lines.length < KEPT_LINES) tally.lines.push(line);
}

/** True of an active person whom no row of a full file names, for the first time: whoever was missing before was counted then. */
export const isNewlyMissing = (
  entry: RosterEntry,
  { header }: Pick<RosterTable, 'header'>,
  people: Pick<People<Candidate>, 'names'>,
): boolean => entry.active && missingSince(entry, header) === null && !people.names(entry.idHash);

function rejectedOf(people: People<Candidate>, { rejected }: RowCounts): Tally {
  const amended = people.amendments.flatMap((one) => (one.kind === 'collapsed' ? [] : [one.line]));
  const lines = [...people.rejectedLines, ...amended].sort((a, b) => a - b).slice(0, KEPT_LINES);
  return { count: rejected, lines };
}
