// The options and the help of `rollcall job`.
import type { Command } from 'commander';
import type { AddCommand } from './add-command';
import type { JobDeed } from './job';
import { addGraphOptions, dataOption, graphNamed, storageNamed, storageOption, type GraphFlags } from './options';

const COMMON = `
You sign in in your browser, as for \`rollcall setup\`. The job is that of the source.json in the folder.
`;

const DEEDS: readonly { readonly does: JobDeed; readonly summary: string; readonly help: string }[] = [
  {
    does: 'status',
    summary: 'show the state of the job',
    help: `${COMMON}
Exit codes:
  0  the job is there
  1  it is in quarantine
  2  it could not be read`,
  },
  { does: 'start', summary: 'start the job, or let it go on', help: COMMON },
  {
    does: 'pause',
    summary: 'pause the job: it takes uploads and does not process them',
    help: `${COMMON}
The app sees the pause and sends nothing until the job runs again.`,
  },
  {
    does: 'restart',
    summary: 'restart the job: leave quarantine, try everything that failed afresh',
    help: `${COMMON}
It resets what the portal's restart resets: quarantine, watermark and what is to be tried again. If the job is not running, what was
uploaded and is not processed yet is purged. With --storage or --data it counts your rows that wait for their log entries. It says
all that first, and asks. --allow-deletions also lets through the disables that the threshold for accidental deletions has stopped.

Exit codes:
  0  restarted
  1  restarted, and still in quarantine
  2  nothing was changed`,
  },
  {
    does: 'schema',
    summary: 'show what becomes of each attribute that is sent',
    help: `${COMMON}
Exit codes:
  0  every attribute that is sent is known to the job and mapped
  1  one is not, so it has no effect
  2  the schema could not be read`,
  },
];

interface JobFlags extends GraphFlags {
  readonly source: string;
  readonly storage?: string;
  readonly data?: string;
  readonly allowDeletions?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** Adds the command; `end` takes its exit code. */
export const addJobCommand: AddCommand = (program, terminal, end) => {
  const job = program
    .command('job')
    .summary('show, start, pause or restart the provisioning job of a source')
    .description('Shows or controls the provisioning job of a source.');
  for (const { does, summary, help } of DEEDS) {
    const command = job
      .command(does)
      .summary(summary)
      .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
      .requiredOption('--source <folder>', 'folder of the source.json');
    addGraphOptions(command);
    if (does === 'restart')
      command
        .addOption(storageOption())
        .addOption(dataOption())
        .option('--allow-deletions', 'let through what the threshold for deletions has stopped')
        .option('--yes', 'do not ask');
    command
      .option('--json', 'print one JSON object instead of text')
      .addHelpText('after', help)
      .action(async (flags: JobFlags, given: Command) => {
        const { source, json = false, yes = false, allowDeletions = false } = flags;
        const where = does === 'restart' ? storageNamed(given, flags) : { storage: null, data: null };
        const { runJob } = await import('./job.ts');
        end(await runJob({ ...graphNamed(flags), ...where, does, source, json, yes, allowDeletions }, terminal));
      });
  }
};
