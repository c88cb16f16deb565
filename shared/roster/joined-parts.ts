// The parts of many runs as one, so that a roster is merged with all of them at once. Neighbours are joined when they are about as large as each
// other, as the digits of a counter carry: n parts cost n log n, however large the first one is.
import { mergeTables } from './merge-roster';
import type { RosterEntry } from './roster-entry';
import type { RosterTable } from './roster-table';

/** How many times larger a part must be than the next one to stay by itself. */
const STAYS_APART = 2;

/** Parts of runs, each newer than those before it. */
export class JoinedParts {
  /** Oldest first, each more than `STAYS_APART` times as large as the next. */
  private readonly tables: RosterTable[] = [];

  async add(part: RosterTable): Promise<void> {
    let newest = part;
    for (let last = this.tables.at(-1); last !== undefined; last = this.tables.at(-1)) {
      if (last.size > STAYS_APART * newest.size) break;
      this.tables.pop();
      newest = await mergeTables(last, newest, null);
    }
    this.tables.push(newest);
  }

  /** What the newest part with the person says; null if none has. */
  find(idHash: bigint): RosterEntry | null {
    for (let at = this.tables.length - 1; at >= 0; at--) {
      const entry = this.tables[at]?.find(idHash) ?? null;
      if (entry !== null) return entry;
    }
    return null;
  }

  /** All of them as one; null if there are none. */
  async joined(): Promise<RosterTable | null> {
    let joined = this.tables.at(-1) ?? null;
    for (const older of this.tables.slice(0, -1).reverse())
      joined = joined === null ? older : await mergeTables(older, joined, null);
    return joined;
  }
}
