// How the attributes of a file's people changed as a whole: a column that became empty, or the same for everybody, shows only at the end.
import type { ColumnChange } from '../../guard/guard-counts';
import { Column } from '../../people/number-tables';
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

/** Short hashes have 16 bits; above them are the number of the attribute, and whether the person has more. */
const VALUE_RANGE = 65_536;
const MORE = 2 ** 31;

/**
 * Notes, place by place, the attributes that changed: 4 bytes each, because only the end of the file shows which rows count. Then counts, attribute by
 * attribute, the people in whom it changed.
 */
export class AttributeTallies {
  private readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();
  /** By place: where its changes begin, from 1; 0 for none. */
  private readonly begins = new Column(Uint32Array);
  private readonly changes = new Column(Uint32Array);
  private count = 0;

  /** Notes the person at a place of the file: the attributes that changed, and the short hashes of the new record. */
  add(at: number, attributes: readonly string[], hashes: () => ReadonlyMap<string, number>): void {
    if (attributes.length === 0) return;
    this.begins.set(at, this.count + 1);
    attributes.forEach((name, i) => {
      const value = hashes().get(name) ?? ABSENT;
      const more = i < attributes.length - 1 ? MORE : 0;
      this.changes.set(this.count++, more + this.numberOf(name) * VALUE_RANGE + value);
    });
  }

  private numberOf(name: string): number {
    const found = this.numbers.get(name) ?? this.names.push(name) - 1;
    this.numbers.set(name, found);
    return found;
  }

  /**
   * What became of each attribute, and in how many people it changed. `people`: those of the file who count; `compared`: those of them all of whose
   * attributes were compared with the roster, gone through only if an attribute may have become empty or constant.
   */
  *of(
    roster: RosterTable | null,
    people: Iterable<{ readonly at: number }>,
    compared: Iterable<{ readonly idHash: bigint }>,
  ): Generator<readonly [name: string, change: Pick<ColumnChange, 'became' | 'count'>]> {
    const tallies = this.tally(people);
    const same = sameForAll(tallies, roster, compared);
    for (const [name, { changed, newValue }] of tallies)
      yield [
        name,
        { count: changed, became: !same.has(name) ? 'changed' : newValue === ABSENT ? 'empty' : 'constant' },
      ];
  }

  private tally(people: Iterable<{ readonly at: number }>): ReadonlyMap<string, AttributeTally> {
    const tallies = new Map<string, AttributeTally>();
    if (this.count === 0) return tallies;
    for (const { at } of people) {
      for (let i = this.begins.get(at); i > 0;) {
        const change = this.changes.get(i - 1);
        const name = this.names[Math.floor((change % MORE) / VALUE_RANGE)] ?? '';
        const value = change % VALUE_RANGE;
        const known = tallies.get(name);
        if (known === undefined) tallies.set(name, { changed: 1, newValue: value });
        else {
          known.changed++;
          if (known.newValue !== value) known.newValue = -1;
        }
        i = change >= MORE ? i + 1 : 0;
      }
    }
    return tallies;
  }
}

/** The attributes in which all changes lead to one value that everybody in whom nothing changed has already. */
function sameForAll(
  tallies: ReadonlyMap<string, AttributeTally>,
  roster: RosterTable | null,
  compared: Iterable<{ readonly idHash: bigint }>,
): ReadonlySet<string> {
  if (roster === null) return new Set();
  let asked = [...tallies]
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
