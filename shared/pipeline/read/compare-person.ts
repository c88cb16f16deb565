// One person of a file against one roster: what the record is to it, and which of HR's values changed.
import type { Hash64 } from '../../core/hash';
import type { PersonInFile } from '../../people/people';
import type { CompareRules, Comparison } from '../../roster/compare-record';
import { compareRecord, compareRules } from '../../roster/compare-record';
import { epochOf } from '../../roster/epoch';
import { attributeHashes } from '../../roster/record-hash';
import type { Day, RosterEntry } from '../../roster/roster-entry';
import { placeOfEpoch } from '../../roster/roster-file';
import type { RosterTable } from '../../roster/roster-table';
import { equalAttributes } from '../../source/mapped-attributes';
import type { SourceSettings } from '../../source/source-settings';
import { refreshDaysOf } from './candidate';

/** Compared whatever the mapping says: a mistake in it that disables or renames people is to be noticed as well. */
export const ALWAYS_COMPARED: ReadonlySet<string> = new Set(['active', 'userName']);

/** One person against a roster. `attributes`: HR's values that differ, by their SCIM paths; empty unless the record is news. */
export interface PersonChange {
  readonly compared: Comparison;
  readonly entry: RosterEntry | null;
  readonly attributes: readonly string[];
  readonly becomes: 'created' | 'disabled' | 'enabled' | null;
}

/** A person as they are compared. */
export type ComparedPerson = Pick<PersonInFile, 'idHash' | 'recordHash' | 'user'>;

/** What people are compared by. */
export interface ComparedBy {
  readonly hash: Hash64;
  /** The day as of which the run compares. */
  readonly day: Day;
  readonly settings: SourceSettings;
  /** The settings that made the records of the roster, those that are known: a new mapping changes records, HR's values need not have changed. */
  readonly madeBy: readonly SourceSettings[];
}

/** Compares people with one roster. */
export class PersonComparer {
  private readonly rules: CompareRules | null;
  /** By place of an epoch in the roster: the attributes that its mapping and that of the file fill by the same rule. */
  private readonly comparable = new Map<number, ReadonlySet<string>>();

  constructor(
    readonly roster: RosterTable | null,
    private readonly by: ComparedBy,
  ) {
    const { settings, day, madeBy } = by;
    this.rules = roster === null ? null : compareRules(roster.header, epochOf(settings), day, refreshDaysOf(settings));
    if (roster !== null)
      for (const before of madeBy) {
        const place = placeOfEpoch(roster.header, epochOf(before));
        if (place > 0) this.comparable.set(place, equalAttributes(before, settings));
      }
  }

  /** What a person's record is to the roster; `attributes`: `attributeHashes` of the user, where they are at hand. */
  changeOf(
    { idHash, recordHash, user }: ComparedPerson,
    attributes: () => ReadonlyMap<string, number> = () => attributeHashes(user, this.by.hash),
  ): PersonChange {
    const entry = this.roster?.find(idHash) ?? null;
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
    const comparable = this.comparable.get(entry.epoch) ?? ALWAYS_COMPARED;
    return compared.attributes.filter((name) => comparable.has(name) || ALWAYS_COMPARED.has(name));
  }

  /** False of a record that was sent in vain, whose values no roster keeps, and of one made by a mapping that is not at hand. */
  isWhollyCompared({ entry, compared: { kind } }: PersonChange): boolean {
    if (entry === null) return false;
    return kind !== 'unconfirmed' && (kind !== 'new-epoch' || this.comparable.has(entry.epoch));
  }
}

/** True if HR says something about the person that was never sent. */
export const isNews = ({ compared, attributes, becomes }: PersonChange): boolean =>
  compared.kind === 'changed' || attributes.length > 0 || becomes !== null;
