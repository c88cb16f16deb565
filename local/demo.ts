// `npm run demo`: takes 1,000 people from a CSV file through Azurite, the compiled functions and the Entra simulator to a verdict each.
import { Command } from 'commander';
import Papa from 'papaparse';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dropExport, putSource } from './drop-files';
import type { Rule } from './entra/rules';
import type { Machine } from './machine';
import { startMachine } from './machine';
import type { MachineSummary } from './run-summary';
import { sumOf, summarize } from './run-summary';
import { REFUSED_IDS, sampleExport } from './sample-export';
import { reportFolder, saveReports } from './save-reports';
import { progressView, verdictTable } from './show-progress';
import { hasEnded, lookAtRuns } from './watch-runs';

const SOURCE = 'contoso-hr';
const FILE = 'people.csv';
/** The demo gives up after this time, ms: something must be wrong. */
const GIVE_UP_MS = 120_000;
/** How often it looks at the tables, ms. */
const LOOK_EVERY_MS = 300;
const APP_DIR = resolve(__dirname, '..', '..');

const RULES: readonly Rule[] = [
  ...REFUSED_IDS.forGood.map((externalId) => ({
    match: { externalId },
    outcome: {
      errorCode: 'AzureActiveDirectoryDuplicateUserPrincipalName',
      reason: 'Another object already holds this user principal name.',
    },
  })),
  ...REFUSED_IDS.transient.map((externalId) => ({
    match: { externalId },
    outcome: { errorCode: 'AzureDirectoryServiceServerBusy', reason: 'The directory is busy.', times: 1 },
  })),
];

async function demo(options: { readonly json: boolean }): Promise<number> {
  const tell = (line: string): void => {
    if (!options.json) process.stdout.write(`${line}\n`);
  };
  tell('Starting storage (Azurite), the Entra simulator and the functions, all on this machine …');
  const machine = await startMachine({ appDir: APP_DIR, entra: { rules: RULES } });
  try {
    const bytes = sampleExport();
    await putSource(
      machine.storage,
      SOURCE,
      await readFile(join(APP_DIR, 'samples', 'sources', SOURCE, 'source.json')),
    );
    await dropExport(machine.storage, SOURCE, FILE, bytes);
    tell(`Dropped ${FILE} into inbound/${SOURCE}. What happens now happens in the functions.\n`);
    await settle(machine, options.json);
    return await conclude(machine, countRows(bytes), options.json, tell);
  } finally {
    await machine.stop();
  }
}

/** Rows as another CSV reader counts them, without the header. */
const countRows = (bytes: Buffer): number =>
  Papa.parse<string[]>(bytes.toString('utf8').replace(/^\uFEFF/, ''), { skipEmptyLines: true }).data.length - 1;

async function settle(machine: Machine, quiet: boolean): Promise<void> {
  const view = quiet ? null : progressView(process.stderr.isTTY);
  const giveUpAt = Date.now() + GIVE_UP_MS;
  try {
    for (;;) {
      const progress = await lookAtRuns(machine.storage);
      view?.show(progress);
      if (progress.runs.length > 0 && progress.runs.every(hasEnded)) return;
      if (Date.now() > giveUpAt) throw new Error(`The demo did not settle within ${GIVE_UP_MS / 1_000} s.`);
      await sleep(LOOK_EVERY_MS);
    }
  } finally {
    view?.end();
  }
}

async function conclude(machine: Machine, rows: number, json: boolean, tell: (line: string) => void): Promise<number> {
  const { runs } = await lookAtRuns(machine.storage);
  const stats = machine.entra?.stats();
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-demo-'));
  for (const run of runs) await saveReports(machine.storage, run, folder);
  const summary = await summarize(machine.storage, runs, stats?.uploads.calls ?? 0, (run) => reportFolder(folder, run));
  const faults = broken(summary, rows, stats?.uploads.pace.violations ?? 0);
  if (json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  tell(`\n${verdictTable(summary.verdicts)}\n`);
  tell(`rows ${rows} = verdicts ${sumOf(summary.verdicts)}`.replace('=', faults.length > 0 ? '≠' : '='));
  tell(
    `${summary.calls} calls of the service, at most ${stats?.uploads.pace.maxInWindow ?? 0} in any 5 seconds (40 are allowed)`,
  );
  for (const run of summary.runs) tell(`reports: ${run.reports}`);
  for (const fault of faults) process.stderr.write(`BROKEN PROMISE: ${fault}\n`);
  return faults.length === 0 ? 0 : 1;
}

/** The parts of the promise that do not hold; empty if all of them do. */
function broken(summary: MachineSummary, rows: number, violations: number): readonly string[] {
  const faults: string[] = [];
  if (!summary.balanced || rows !== sumOf(summary.verdicts))
    faults.push(`${rows} rows, but ${sumOf(summary.verdicts)} verdicts`);
  if (summary.runs.length !== 1 || summary.runs[0]?.state !== 'settled')
    faults.push(`the run is ${summary.runs[0]?.state ?? 'missing'}, not settled`);
  if (violations > 0) faults.push(`${violations} windows of 5 seconds held more than 40 calls`);
  return faults;
}

const command = new Command('demo')
  .description(
    '1,000 invented people travel from a CSV file to a verdict each: on this machine, without an Azure account.',
  )
  .option('--json', 'print one JSON summary as the last line, nothing else', false)
  .addHelpText('after', '\nExit codes:\n  0  the promise held\n  1  it did not, or something could not be started');

demo(command.parse().opts<{ json: boolean }>())
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
