// The JSON summary of the demo and of `npm run local`: a public interface. Verdicts are counted from the report that HR gets, by another
// CSV reader than ours, never from the numbers that the product keeps.
import Papa from 'papaparse';
import type { Storage } from '../shared/storage/azure-storage';
import type { Run } from '../shared/run/run';
import { sentenceOf } from '../shared/messages/catalogue';
import { fileNameOf, reportNameOf } from '../shared/run/run';
import type { Verdict } from '../shared/verdict/verdict';
import { noVerdicts, VERDICTS } from '../shared/verdict/verdict';

/** One run of the summary. `reports` is the folder in the reports container, or of the machine's report folder. */
export interface RunSummary {
  readonly source: string;
  readonly file: string;
  readonly run: string;
  readonly state: string;
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly rows: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly reports: string;
}

/** All runs of a machine. `balanced`: rows = sum of verdicts, for every run. */
export interface MachineSummary {
  readonly rows: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly balanced: boolean;
  readonly calls: number;
  readonly runs: readonly RunSummary[];
}

/** The sum of all verdicts. */
export const sumOf = (verdicts: Readonly<Record<Verdict, number>>): number =>
  VERDICTS.reduce((sum, word) => sum + verdicts[word], 0);

/** Reads the reports of all runs. `calls`: bulk requests as the service counted them. `folderOf`: the folder in which HR finds a report. */
export async function summarize(
  storage: Storage,
  runs: readonly Run[],
  calls: number,
  folderOf: (run: Run) => string,
): Promise<MachineSummary> {
  const total = noVerdicts();
  const summaries: RunSummary[] = [];
  for (const run of runs) {
    const verdicts = await countVerdicts(storage, run);
    for (const word of VERDICTS) total[word] += verdicts[word];
    const reason = run.reason === null ? null : { code: run.reason.code, message: sentenceOf(run.reason) };
    summaries.push({
      source: run.source,
      file: fileNameOf(run),
      run: run.run,
      state: run.state,
      reason,
      rows: run.rows,
      verdicts,
      reports: folderOf(run),
    });
  }
  const balanced = summaries.every((run) => run.rows === sumOf(run.verdicts));
  return { rows: summaries.reduce((sum, run) => sum + run.rows, 0), verdicts: total, balanced, calls, runs: summaries };
}

async function countVerdicts(storage: Storage, run: Run): Promise<Record<Verdict, number>> {
  const counts = noVerdicts();
  const blob = storage.blobs
    .getContainerClient('reports')
    .getBlobClient(`${run.source}/${run.run}/${reportNameOf(run)}.verdicts.csv`);
  if (!(await blob.exists())) return counts;
  const text = (await blob.downloadToBuffer()).toString('utf8').replace(/^\uFEFF/, '');
  for (const row of Papa.parse<{ verdict: Verdict }>(text, { header: true, skipEmptyLines: true }).data)
    counts[row.verdict]++;
  return counts;
}
