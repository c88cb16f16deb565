// `npm run demo`: takes 1,000 people from a CSV file through Azurite, the compiled functions and the Entra simulator to a verdict each; then
// the same people a night later, of whom twelve have changed; then a broken export, which is held.
import { Command } from 'commander';
import Papa from 'papaparse';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brokenPromises, type Act } from './demo-promise';
import { dropExport, putSource } from './drop-files';
import type { Rule } from './entra/rules';
import type { Machine } from './machine';
import { startMachine } from './machine';
import type { RunSummary } from './run-summary';
import { sumOf, summarize } from './run-summary';
import { planNames } from '../shared/pipeline/plan/tell-plan';
import type { Run } from '../shared/run/run';
import { NEXT_NIGHT, REFUSED_IDS, sampleExport, type SampleNight } from './sample-export';
import { reportFolder, saveReports } from './save-reports';
import { progressView, verdictTable } from './show-progress';
import { hasEnded, lookAtRuns } from './watch-runs';

const SOURCE = 'contoso-hr';
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

type Tell = (line: string) => void;

interface Options {
  readonly json: boolean;
  readonly package?: string;
}

async function demo(options: Options): Promise<number> {
  const tell: Tell = (line) => {
    if (!options.json) process.stdout.write(`${line}\n`);
  };
  tell('Starting storage (Azurite), the Entra simulator and the functions, all on this machine …');
  const packageDir = options.package === undefined ? {} : { packageDir: resolve(options.package) };
  const machine = await startMachine({ appDir: APP_DIR, ...packageDir, entra: { rules: RULES } });
  try {
    await putSource(
      machine.storage,
      SOURCE,
      await readFile(join(APP_DIR, 'samples', 'sources', SOURCE, 'source.json')),
    );
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-demo-'));
    const acts: Act[] = [];
    acts.push(await play(machine, 'first', 'everybody is new', folder, options.json, tell));
    const { changed, created, left } = NEXT_NIGHT;
    const what = `${changed.length} changed, ${created.length} new, ${left.length} left`;
    acts.push(await play(machine, 'next', what, folder, options.json, tell));
    const broken = 'a broken export, in which a third of the people are missing and all others are marked as left';
    acts.push(await play(machine, 'broken', broken, folder, options.json, tell));
    return await conclude(machine, acts, folder, options.json, tell);
  } finally {
    await machine.stop();
  }
}

/** Drops the file of a night and waits until its run has ended. */
async function play(
  machine: Machine,
  night: SampleNight,
  what: string,
  folder: string,
  json: boolean,
  tell: Tell,
): Promise<Act> {
  const calls = (): number => machine.entra?.stats().uploads.calls ?? 0;
  const before = { calls: calls(), runs: (await lookAtRuns(machine.storage)).runs.map(({ run }) => run) };
  const bytes = sampleExport(night);
  const file = `people-${night}.csv`;
  await dropExport(machine.storage, SOURCE, file, bytes);
  tell(`Dropped ${file} into inbound/${SOURCE}: ${what}. What happens now happens in the functions.\n`);
  const run = await settle(machine, ({ run: id }) => !before.runs.includes(id), json);
  await saveReports(machine.storage, run, folder);
  const summary = await summarize(machine.storage, [run], 0, (one) => reportFolder(folder, one));
  const act = { rows: countRows(bytes), calls: calls() - before.calls, run: summary.runs[0] as RunSummary };
  const verdicts = sumOf(act.run.verdicts);
  tell(`\n${verdictTable(act.run.verdicts)}\n`);
  tell(
    `rows ${act.rows} ${act.rows === verdicts ? '=' : '≠'} verdicts ${verdicts}, with ${act.calls} calls of the service`,
  );
  if (act.run.state === 'held') {
    tell(`\nHELD. ${act.run.reason?.message ?? ''}\n`);
    tell(`person by person: ${planOf(act.run)}`);
  }
  tell(`reports: ${act.run.reports}\n`);
  return act;
}

/** The page of a held file's plan. */
const planOf = ({ reports, file }: RunSummary): string => join(reports, planNames(file).page);

/** Rows as another CSV reader counts them, without the header. */
const countRows = (bytes: Buffer): number =>
  Papa.parse<string[]>(bytes.toString('utf8').replace(/^\uFEFF/, ''), { skipEmptyLines: true }).data.length - 1;

async function settle(machine: Machine, isAsked: (run: Run) => boolean, quiet: boolean): Promise<Run> {
  const view = quiet ? null : progressView(process.stderr.isTTY);
  const giveUpAt = Date.now() + GIVE_UP_MS;
  try {
    for (;;) {
      const progress = await lookAtRuns(machine.storage, isAsked);
      view?.show(progress);
      const ended = progress.runs.find(hasEnded);
      if (ended !== undefined) return ended;
      if (Date.now() > giveUpAt) throw new Error(`The demo did not settle within ${GIVE_UP_MS / 1_000} s.`);
      await sleep(LOOK_EVERY_MS);
    }
  } finally {
    view?.end();
  }
}

async function conclude(
  machine: Machine,
  acts: readonly Act[],
  folder: string,
  json: boolean,
  tell: Tell,
): Promise<number> {
  const { runs } = await lookAtRuns(machine.storage);
  const stats = machine.entra?.stats();
  const summary = await summarize(machine.storage, runs, stats?.uploads.calls ?? 0, (run) => reportFolder(folder, run));
  const faults = brokenPromises(acts, stats?.uploads.pace.violations ?? 0);
  if (json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  tell(
    `${summary.calls} calls of the service in all, at most ${stats?.uploads.pace.maxInWindow ?? 0} in any 5 seconds (40 are allowed)`,
  );
  for (const fault of faults) process.stderr.write(`BROKEN PROMISE: ${fault}\n`);
  return faults.length === 0 ? 0 : 1;
}

const command = new Command('demo')
  .description(
    '1,000 invented people travel from a CSV file to a verdict each, a night later only those who changed, and a broken export is held: on this machine, without an Azure account.',
  )
  .option('--json', 'print one JSON summary as the last line, nothing else', false)
  .option('--package <folder>', 'run the functions of this deployment package (npm run package) instead of the build')
  .addHelpText('after', '\nExit codes:\n  0  the promise held\n  1  it did not, or something could not be started');

demo(command.parse().opts<Options>())
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
