// What inactive people of a file go without although Entra may hold it: where the job lets null flow, it is cleared.
import type { ValuesOf } from '../../core/codes';
import { quoteAll } from '../../core/message';
import type { Finding } from '../../export/export-record';
import type { LeftOut } from '../../mapping/mapped-record';
import type { runCodes } from '../../run/run-codes';
import { pathOfPlace } from '../../scim/attribute-path';

/** Columns that the finding names. Our choice, 2026-11. */
const MAX_COLUMNS_TOLD = 5;

/** Counts the people of one file. */
export class LostValues {
  private people = 0;
  private line = 0;
  private readonly columns = new Set<string>();

  /** `isKnown`: false for a check, which does not know what Entra holds. */
  constructor(private readonly isKnown: boolean) {}

  /** Takes the values that the row on a line goes without. */
  add(line: number, leftOut: readonly LeftOut[]): void {
    const lost = leftOut.filter(({ mayClear }) => mayClear === true);
    if (lost.length === 0) return;
    if (this.people === 0) this.line = line;
    this.people++;
    for (const { place, why } of lost)
      if (this.columns.size < MAX_COLUMNS_TOLD) this.columns.add(why.at.column ?? pathOfPlace(place));
  }

  /** The warning, if there is anything to warn of; complete at the end of the file. */
  findings(): readonly Finding[] {
    const { people, line, isKnown } = this;
    if (people === 0) return [];
    const columns = quoteAll([...this.columns]);
    const values: ValuesOf<typeof runCodes, 'inactive-values-left-out'> = { people, columns, isKnown };
    return [{ severity: 'warning', code: 'inactive-values-left-out', values, line, column: null, id: null }];
  }
}
