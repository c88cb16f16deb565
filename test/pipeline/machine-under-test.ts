// What the pipeline tests share: dropping files, waiting for conditions, reading what HR would read.
import Papa from 'papaparse';
import { join } from 'node:path';
import { dropExport } from '../../local/drop-files';
import type { Machine } from '../../local/machine';
import { hasEnded } from '../../local/watch-runs';
import { azureRunTable } from '../../shared/run/azure-run-table';
import type { Run } from '../../shared/run/run';
import { fileNameOf, RUN_STATES } from '../../shared/run/run';
import { until as untilFound } from '../faults/until';

export const APP_DIR = join(__dirname, '..', '..');
/** How long a condition may take to come true, ms; never longer than its test. */
const PATIENCE_MS = 180_000;

/** Waits until the condition holds; fails with the text of `about`. */
export async function until(
  condition: () => Promise<boolean>,
  about: () => Promise<string> | string = () => '',
): Promise<void> {
  await untilFound(
    async () => (await condition()) || null,
    PATIENCE_MS,
    async () => `the condition did not come true ${await about()}`,
  );
}

/** All runs, or those of one source. */
export async function runsOf(machine: Machine, source?: string): Promise<readonly Run[]> {
  const table = azureRunTable(machine.storage.table('runs'));
  return (await (source === undefined ? table.all() : table.ofSource(source, RUN_STATES))).map((one) => one.value);
}

/** The newest run of a file, or undefined. */
export async function runOf(machine: Machine, source: string, file: string): Promise<Run | undefined> {
  return (await runsOf(machine, source))
    .filter((run) => fileNameOf(run) === file)
    .sort((a, b) => (a.run < b.run ? 1 : -1))[0];
}

const lastSecond = new Map<string, number>();

/** Drops a file in a second of its own (Last-Modified has whole seconds) and waits until its run has ended. */
export async function dropAndWait(machine: Machine, source: string, file: string, text: string | Buffer): Promise<Run> {
  const arrived = await drop(machine, source, file, text);
  let run: Run | undefined;
  await until(
    async () => {
      run = await runOf(machine, source, file);
      return run !== undefined && run.arrivedAt >= arrived && hasEnded(run);
    },
    () => JSON.stringify(run),
  );
  return run!;
}

/** Drops a file; resolves to its Last-Modified, ms. */
export async function drop(machine: Machine, source: string, file: string, text: string | Buffer): Promise<number> {
  const last = lastSecond.get(source) ?? 0;
  await until(() => Promise.resolve(Math.floor(Date.now() / 1_000) * 1_000 > last));
  const arrived = await dropExport(machine.storage, source, file, Buffer.from(text));
  lastSecond.set(source, arrived);
  return arrived;
}

/** The text of a report of a run, without BOM; null if there is none. */
export async function readReport(machine: Pick<Machine, 'storage'>, run: Run, name: string): Promise<string | null> {
  const blob = machine.storage.blobs.getContainerClient('reports').getBlobClient(`${run.source}/${run.run}/${name}`);
  if (!(await blob.exists())) return null;
  return (await blob.downloadToBuffer()).toString('utf8').replace(/^\uFEFF/, '');
}

export type VerdictRow = Readonly<Record<'line' | 'id' | 'verdict' | 'code' | 'sentence', string>>;

/** The verdicts of a run as HR reads them. */
export async function readVerdicts(machine: Pick<Machine, 'storage'>, run: Run): Promise<readonly VerdictRow[]> {
  const text = await readReport(machine, run, `${fileNameOf(run)}.verdicts.csv`);
  return Papa.parse<VerdictRow>(text ?? '', { header: true, skipEmptyLines: true }).data;
}
