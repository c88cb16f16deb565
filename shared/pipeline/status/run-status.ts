// One run: its counts, how far it is, and where its reports are. Reads only.
import { BATCH_STATES, type BatchState } from '../../run/batch';
import type { BatchStore, RunStore } from '../../run/ledger';
import { OPEN_STATES, type Run } from '../../run/run';
import { VERDICT_OF_REJECTION } from '../../verdict/give-verdict';
import { noVerdicts, type Verdict } from '../../verdict/verdict';

/** What is read. Nothing here can write. */
export interface RunStatusPorts {
  readonly runs: Pick<RunStore, 'sources' | 'read'>;
  readonly batches: Pick<BatchStore, 'all' | 'countStates' | 'oldestOpenNote'>;
}

/** A run at one moment. */
export interface RunStatus {
  readonly run: Run;
  readonly batches: Readonly<Record<BatchState, number>>;
  /** Rows by verdict so far: of an open run, rows whose verdict may still change are not counted. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Rows to be sent (again), and rows that wait for evidence. */
  readonly todo: number;
  readonly open: number;
  /** When its oldest delivery with a row that is not done was noted, ms; null if there is none. */
  readonly oldestOpenNote: number | null;
  /** The folder in the container `reports`; null until they are written. */
  readonly reports: string | null;
}

/** Finds a run by its id; null if there is none. One read per source. */
export async function findRun(runs: RunStatusPorts['runs'], run: string): Promise<Run | null> {
  for (const source of await runs.sources()) {
    const found = await runs.read(source, run);
    if (found !== null) return found.value;
  }
  return null;
}

/** Looks at a run. Batches of an open run are all read, page by page; of any other run only their states. */
export async function lookAtRun({ batches }: Pick<RunStatusPorts, 'batches'>, run: Run): Promise<RunStatus> {
  const reports = run.settledAt > 0 ? `${run.source}/${run.run}/` : null;
  if (OPEN_STATES.includes(run.state)) return { run, reports, ...(await countRows(batches, run)) };
  return {
    run,
    reports,
    batches: await batches.countStates(run.run),
    verdicts: run.verdicts ?? noVerdicts(),
    todo: 0,
    open: 0,
    oldestOpenNote: null,
  };
}

type RowCounts = Omit<RunStatus, 'run' | 'reports'>;

async function countRows(store: Pick<BatchStore, 'all'>, run: Run): Promise<RowCounts> {
  const batches = Object.fromEntries(BATCH_STATES.map((state) => [state, 0])) as Record<BatchState, number>;
  const verdicts = noVerdicts();
  verdicts[VERDICT_OF_REJECTION] = run.rejected;
  const rows = { todo: 0, open: 0 };
  let oldestOpenNote: number | null = null;
  for await (const page of store.all(run.run)) {
    for (const { value } of page) {
      batches[value.state]++;
      for (const row of value.rows) {
        if (row.work !== 'done') {
          rows[row.work]++;
          for (const at of row.sentAt) oldestOpenNote = Math.min(oldestOpenNote ?? at, at);
        } else if (row.verdict !== null) verdicts[row.verdict]++;
      }
    }
  }
  return { batches, verdicts, ...rows, oldestOpenNote };
}
