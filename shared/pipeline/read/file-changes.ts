// What a file would do to the people who are known: found while the file is read, person by person, and counted for the guard when its end is
// known. It also says who need not be sent, and who is sent again although nothing changed.
import type { ColumnChange, GuardCounts, PeopleLimit, Tally } from '../../guard/guard-counts';
import { PEOPLE_LIMITS } from '../../guard/guard-counts';
import type { KeptPerson, LookedUp, People, PersonInFile, StagedUser } from '../../people/people';
import { KEPT_LINES } from '../../people/people';
import { Column } from '../../people/number-tables';
import { missingSince } from '../../roster/compare-record';
import { attributeHashes } from '../../roster/record-hash';
import type { RosterEntry } from '../../roster/roster-entry';
import type { RosterTable } from '../../roster/roster-table';
import type { RowCounts } from '../../run/row-counts';
import type { Run } from '../../run/run';
import type { Candidate } from '../../run/run-files';
import { columnsOfAttributes } from '../../source/mapped-attributes';
import { AttributeTallies } from './attribute-tallies';
import { candidateOf, isKnownAsActive } from './candidate';
import type { ComparedBy, ComparedPerson, PersonChange } from './compare-person';
import { ALWAYS_COMPARED, isNews, PersonComparer } from './compare-person';
import type { KnownPeople } from './known-people';
import type { SkipsUnknown } from './unknown-inactive';
import { skipsUnknownInactive } from './unknown-inactive';

/** A file, and what it is compared with. */
export interface FileComparison extends ComparedBy, Pick<KnownPeople, 'roster' | 'expected'> {
  readonly run: Pick<Run, 'run'>;
}

/** What a person's row would do, one bit each. */
const CREATED = 1;
const CHANGED = 2;
const DISABLED = 4;
const ENABLED = 8;
const RENAMED = 16;
const SKIPPED = 32;
/** The person's attributes, or some of them, could not be compared. */
const NOT_COMPARED = 64;
const FLAG_OF: Readonly<Record<Exclude<PeopleLimit, 'missing'>, number>> = {
  created: CREATED,
  changed: CHANGED,
  disabled: DISABLED,
  enabled: ENABLED,
  renamed: RENAMED,
};

const UNKNOWN_INACTIVE: LookedUp<Candidate> = {
  candidate: 'unknown-inactive',
  isAgain: false,
  wasActive: false,
  isDelivered: false,
};

/**
 * One person of a file. `held`: against what Entra is confirmed to hold, which decides what is sent; `said`: against what it will hold when every
 * file that has passed is delivered, which decides what is news.
 */
export interface JudgedPerson {
  readonly held: PersonChange;
  readonly said: PersonChange;
  /** Somebody inactive for whom nothing was ever sent, nor is about to be, where the settings skip such people. */
  readonly isSkipped: boolean;
}

/** Compares the people of one file with what is known of them, and counts. */
export class FileChanges {
  private readonly flags = new Column(Uint8Array);
  private readonly attributes = new AttributeTallies();
  private readonly held: PersonComparer;
  private readonly said: PersonComparer;
  private readonly skips: SkipsUnknown | null;

  constructor(private readonly file: FileComparison) {
    const { roster, expected, settings, day } = file;
    this.skips = skipsUnknownInactive(settings, day, roster === null || roster.size === 0);
    this.held = new PersonComparer(roster, file);
    this.said = expected === roster ? this.held : new PersonComparer(expected, file);
  }

  /** Given to `People`: each row that may be sent is asked for once, in file order. */
  readonly lookUp = (person: PersonInFile): LookedUp<Candidate> => {
    const { at, user, goesOn } = person;
    if (goesOn !== null) {
      this.flags.set(at, SKIPPED);
      return { candidate: { goesOn }, isAgain: false, wasActive: false, isDelivered: false };
    }
    let hashes: ReadonlyMap<string, number> | undefined;
    const attributesOf = (): ReadonlyMap<string, number> => (hashes ??= attributeHashes(user, this.file.hash));
    const { held, said, isSkipped } = this.judge(person, attributesOf);
    this.flags.set(at, isSkipped ? SKIPPED : flagsOf(said) | (this.said.isWhollyCompared(said) ? 0 : NOT_COMPARED));
    if (isSkipped) return UNKNOWN_INACTIVE;
    this.attributes.add(at, said.attributes, attributesOf);
    const isDelivered = said.entry !== null || held.entry !== null;
    if (held.entry === null) return { candidate: null, isAgain: false, wasActive: false, isDelivered };
    const { run } = this.file.run;
    const candidate = candidateOf(held.entry, held.compared, run);
    const wasActive = candidate === 'confirmed' ? held.entry.active : isKnownAsActive(held.entry, run);
    const { kind } = held.compared;
    const isAgain = candidate === null && (kind === 'refresh' || (kind === 'new-epoch' && !isNews(held)));
    return { candidate, isAgain, wasActive, isDelivered };
  };

  /** What a person's record is to what is known, and which of HR's values changed. */
  judge(
    person: ComparedPerson & Pick<StagedUser, 'leftAt'>,
    attributes: () => ReadonlyMap<string, number> = () => attributeHashes(person.user, this.file.hash),
  ): JudgedPerson {
    const held = this.held.changeOf(person, attributes);
    const said = this.said === this.held ? held : this.said.changeOf(person, attributes);
    const isSkipped =
      said.entry === null && this.skips?.({ active: person.user.active, leftAt: person.leftAt ?? null }) === true;
    return { held, said, isSkipped };
  }

  /** The numbers of the whole file. `lastRows`: rows of the last full file that was let through, null if there is none. */
  counts(
    people: People<Candidate>,
    file: { readonly content: Run['content']; readonly counts: RowCounts; readonly lastRows: number | null },
  ): GuardCounts {
    const { expected } = this.file;
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
    if (expected !== null)
      for (const entry of expected) {
        if (entry.active) active++;
        if (content === 'full' && isNewlyMissing(entry, expected, people)) tallies.missing.count++;
      }
    return {
      content,
      known: expected?.size ?? 0,
      active,
      isSeeded: expected !== null && expected.header.fullFiles.length + expected.header.doubtfulFullAt > 0,
      rows: counts.rows,
      people: tallies,
      rejected: rejectedOf(people, counts),
      columns: this.columnChanges(people, known).filter(({ became }) => content === 'full' || became === 'empty'),
      lastRows: content === 'full' ? lastRows : null,
    };
  }

  /** Active people who are known, and whom the file has only in rows that are set aside. */
  setAside(people: Pick<People<Candidate>, 'isSetAside'>): number {
    let count = 0;
    for (const { active, idHash } of this.file.expected ?? []) if (active && people.isSetAside(idHash)) count++;
    return count;
  }

  /**
   * HR's columns in which something changed. A file of changes has nobody in whom nothing did, and may be about one building: there only an
   * empty column says something. `known`: people of the file who are known.
   */
  private columnChanges(people: People<Candidate>, known: number): readonly ColumnChange[] {
    const columns = columnsOfAttributes(this.file.settings);
    const found = new Map<string, ColumnChange>();
    const changes = this.attributes.of(this.file.expected, people.kept(), this.comparedIn(people));
    for (const [name, { count, became }] of changes) {
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
  const lines = [...people.rejectedLines];
  for (const { line, kind } of people.amendments()) {
    // Both are ascending: nothing behind the first few matters.
    if (lines.length >= 2 * KEPT_LINES) break;
    if (kind === 'duplicate-id' || kind === 'duplicate-user-name') lines.push(line);
  }
  return { count: rejected, lines: lines.sort((a, b) => a - b).slice(0, KEPT_LINES) };
}
