// How the attributes of a file's people changed as a whole: a column that became empty, or the same for everybody, shows only at the end.
import type { ColumnChange } from '../../guard/guard-counts';
import { ABSENT } from '../../roster/record-hash';
import type { RosterTable } from '../../roster/roster-table';

/** A column in which fewer rows changed says nothing as a whole: it may have had one value. Our choice, 2026-11. */
const MIN_COLUMN_CHANGES = 5;

/** How one attribute changed over the whole file. */
interface AttributeTally {
  changed: number;
  /** The new value of all people in whom it changed, as a short hash; -1 once two differ. */
  newValue: number;
}

/** Counts, attribute by attribute, the people in whom it changed. */
export class AttributeTallies {
  private readonly tallies = new Map<string, AttributeTally>();

  /** Notes one person: the attributes that changed, and the short hashes of the new record. */
  add(attributes: readonly string[], hashes: () => ReadonlyMap<string, number>): void {
    for (const name of attributes) {
      const value = hashes().get(name) ?? ABSENT;
      const known = this.tallies.get(name);
      if (known === undefined) this.tallies.set(name, { changed: 1, newValue: value });
      else {
        known.changed++;
        if (known.newValue !== value) known.newValue = -1;
      }
    }
  }

  /**
   * What became of each attribute, and in how many people it changed. `compared`: the people of the file all of whose attributes were compared
   * with the roster; gone through once, and only if an attribute may have become empty or constant.
   */
  *changes(
    roster: RosterTable | null,
    compared: Iterable<{ readonly idHash: bigint }>,
  ): Generator<readonly [name: string, change: Pick<ColumnChange, 'became' | 'count'>]> {
    const same = this.sameForAll(roster, compared);
    for (const [name, { changed, newValue }] of this.tallies)
      yield [
        name,
        { count: changed, became: !same.has(name) ? 'changed' : newValue === ABSENT ? 'empty' : 'constant' },
      ];
  }

  /** The attributes in which all changes lead to one value that everybody in whom nothing changed has already. */
  private sameForAll(roster: RosterTable | null, compared: Iterable<{ readonly idHash: bigint }>): ReadonlySet<string> {
    if (roster === null) return new Set();
    let asked = [...this.tallies]
      .filter(([, { changed, newValue }]) => newValue !== -1 && changed >= MIN_COLUMN_CHANGES)
      .map(([name, tally]) => ({ name, ...tally, place: roster.header.attributes.indexOf(name), others: 0 }));
    if (asked.length === 0) return new Set();
    for (const { idHash } of compared) {
      const before = roster.find(idHash)?.attributes;
      if (before === undefined) continue;
      let isOut = false;
      for (const one of asked)
        if ((before[one.place] ?? ABSENT) !== one.newValue && ++one.others > one.changed) isOut = true;
      if (isOut) asked = asked.filter(({ others, changed }) => others <= changed);
      if (asked.length === 0) break;
    }
    return new Set(asked.map(({ name }) => name));
  }
}
