// Which rows are in the file of rows to correct.
import type { RowFate } from '../../report/row-fates';
import type { Verdict } from '../../verdict/verdict';
import { MAX_ROWS_TO_CORRECT } from './rows-to-correct';

const isStopped = (verdict: Verdict): boolean => verdict === 'rejected' || verdict === 'failed';

/**
 * Chooses among the rows of a run, as many as the file may have: those that did not get through come first, and those that go without a value take the
 * room that is left.
 */
export class RowsToCorrect {
  private readonly stopped = new Map<number, RowFate>();
  private readonly incomplete = new Map<number, RowFate>();
  /** All rows that belong into the file. */
  total = 0;

  constructor(private readonly most = MAX_ROWS_TO_CORRECT) {}

  add(fate: RowFate): void {
    // A superseded row is old: dropped again, it would come after the newer one.
    const isIncomplete = fate.leftOut.length > 0 && fate.verdict !== 'superseded';
    if (!isStopped(fate.verdict) && !isIncomplete) return;
    this.total++;
    const rows = isStopped(fate.verdict) ? this.stopped : this.incomplete;
    if (rows.size < this.most) rows.set(fate.row, fate);
  }

  /** By row. */
  chosen(): ReadonlyMap<number, RowFate> {
    if (this.incomplete.size === 0) return this.stopped;
    return new Map([...this.stopped, ...[...this.incomplete].slice(0, this.most - this.stopped.size)]);
  }
}
