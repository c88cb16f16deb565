// Changes the rows of a batch by evidence or time, in one compare-and-swap. While other rows are still open, rows to send again move to a
// batch of their own, so that no row waits for its neighbours.
import type { Batch, BatchRow } from '../../run/batch';
import { nextDelivery, rowsWith, splitOff, withStateOfRows } from '../../run/batch';
import { changeRun, replaceWithChild } from '../../run/ledger';
import type { OtherRuns } from '../../run/other-runs';
import type { Run } from '../../run/run';
import { isAbandoned, OPEN_STATES } from '../../run/run';
import { reopen } from '../../run/run-moves';
import { judgeRow } from '../../verdict/judge-row';
import type { Pipeline } from '../pipeline';

export type JudgePorts = Pick<Pipeline, 'ledger' | 'clock' | 'delays' | 'emit'>;

/**
 * Applies `change` to every row, then decides what can be decided; true if something changed, else nothing is written. `others` may be
 * slightly stale: release checks once more each row that is to be sent again.
 */
export async function judgeBatch(
  pipeline: JudgePorts,
  run: Run,
  others: Pick<OtherRuns, 'newerCarries'>,
  batch: Pick<Batch, 'run' | 'batch'>,
  change: (row: BatchRow, carriedByNewer: boolean) => BatchRow,
): Promise<boolean> {
  const { ledger, clock, delays, emit } = pipeline;
  for (;;) {
    const read = await ledger.batches.read(batch.run, batch.batch);
    if (read === null) return false;
    const rows: BatchRow[] = [];
    for (const row of read.value.rows) {
      const newer = await others.newerCarries(row.id, row.lastWord);
      const changed = change(row, newer);
      // While a sender is at work, its rows only collect evidence: the sender's own result comes first.
      rows.push(read.value.state === 'sending' ? changed : judgeRow(changed, newer, isAbandoned(run)));
    }
    if (rows.every((row, i) => row === read.value.rows[i])) return false;
    // Reopens a run that had ended before anything in it changes: its reports are written again, and what must be sent is released.
    if (!OPEN_STATES.includes(run.state) && rows.some((row, i) => tellsMore(row, read.value.rows[i])))
      await changeRun(ledger.runs, run, reopen);
    const next = { ...read.value, rows };
    const { parent, child } =
      read.value.state === 'sending' ? { parent: next, child: null } : goOn(next, clock.now(), delays.retryDelayMs);
    if (!(await replaceWithChild(ledger.batches, read, parent, child))) continue;
    const done = rows.filter((row) => row.work === 'done').length;
    emit('rollcall.reconcile.judged', {
      run: batch.run,
      batch: batch.batch,
      rows: rows.length,
      done,
      again: rows.filter((row) => row.work === 'todo').length,
    });
    return true;
  }
}

const tellsMore = (row: BatchRow, before: BatchRow | undefined): boolean =>
  row.work !== before?.work ||
  row.verdict !== before.verdict ||
  row.code !== before.code ||
  row.turnedOn !== before.turnedOn;

/** Rows to send again go on alone while others are open; a settled batch comes back with a new delivery. */
function goOn(
  batch: Batch,
  now: number,
  retryDelayMs: number,
): { readonly parent: Batch; readonly child: Batch | null } {
  const again = rowsWith(batch, 'todo');
  if (again.length === 0 || batch.state === 'staged') return { parent: withStateOfRows(batch), child: null };
  const notBefore = now + retryDelayMs * 2 ** (Math.max(1, ...again.map((row) => row.retries)) - 1);
  if (rowsWith(batch, 'open').length === 0)
    return { parent: withStateOfRows(nextDelivery(batch, notBefore)), child: null };
  return splitOff(batch, new Set(again.map((row) => row.row)), notBefore);
}
