// Watching runs from outside, as an operator would: by the tables, not by the functions' memory.
import type { Storage } from '../shared/storage/azure-storage';
import { azureBatchTable } from '../shared/run/azure-batch-table';
import { azureRunTable } from '../shared/run/azure-run-table';
import type { Run, RunState } from '../shared/run/run';

/** States that a run leaves only through a person or new evidence. */
const ENDED: readonly RunState[] = ['held', 'refused', 'settled', 'parked'];

/** How far all runs together are. */
export interface Progress {
  readonly runs: readonly Run[];
  readonly rows: number;
  readonly batches: number;
  readonly sent: number;
  /** Rows with a verdict: rejected rows have theirs once the file is read. */
  readonly decided: number;
}

/** A run has ended when it is in a final state and its report is written. */
export const hasEnded = (run: Run): boolean =>
  ENDED.includes(run.state) && (run.settledAt > 0 || run.state === 'parked');

/** Takes one look at all runs, or at those that are asked for. */
export async function lookAtRuns(storage: Storage, asked: (run: Run) => boolean = () => true): Promise<Progress> {
  const runs = (await azureRunTable(storage.table('runs')).all()).map((one) => one.value).filter(asked);
  const batches = azureBatchTable(storage.table('batches'));
  const progress = { rows: 0, batches: 0, sent: 0, decided: 0 };
  for (const run of runs) {
    progress.rows += run.rows;
    if (hasEnded(run)) {
      progress.decided += run.rows;
      progress.batches += run.batches;
      progress.sent += run.batches;
      continue;
    }
    progress.decided += run.rejected + run.collapsed + run.superseded + run.skipped;
    for await (const page of batches.all(run.run)) {
      for (const { value } of page) {
        progress.batches++;
        if (value.rows.some((row) => row.sentAt.length > 0)) progress.sent++;
        progress.decided += value.rows.filter((row) => row.work === 'done').length;
      }
    }
  }
  return { runs, ...progress };
}
