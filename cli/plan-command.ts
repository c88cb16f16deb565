// The options and the help of `rollcall plan`.
import type { Command } from 'commander';
import type { AddCommand } from './add-command';
import { assertOneStorage, dataOption, storageOption } from './options';

const planHelp = `
Examples:
  rollcall plan people.csv --source contoso-hr --storage https://ACCOUNT.blob.core.windows.net
  rollcall plan people.csv --source contoso-hr --data DIR --out plans
  rollcall plan people.csv --source new/source.json --storage https://ACCOUNT.blob.core.windows.net
  rollcall plan people.csv --source source.json --roster contoso-hr.roster
  rollcall plan people.csv --source contoso-hr --data DIR --json | jq .counts

Says what a file would do before it is dropped: who is new, changed, disabled, missing or rejected, whether a limit of the
guard would hold it, and how many calls it takes. Nothing is sent, and nothing is written in storage. <file>.plan.html and
<file>.plan.csv show it person by person; an earlier plan of the file is replaced.

--source is the name of a source: then settings, hold list, roster and earlier files are read from storage. Or it is the path
of a source.json: then the file is read by these settings and compared with the stored roster of the source that they name,
which shows what a new mapping would do. A hold.csv beside it is used instead of the stored one. Without storage, --roster is a
copy of a roster file (rosters/<source>/...roster); without that too, everybody counts as new.

Your sign-in to Entra is used (az login), which needs the roles Storage Blob Data Reader and Storage Table Data Reader. A
connection string is a secret: set ROLLCALL_STORAGE instead of writing it into a command.

Exit codes:
  0  it would be sent
  1  the guard would hold it, or it has rejected rows or warnings; the plan is written
  2  something else would hold it, it or storage cannot be read, or wrong options; there is no plan`;

interface PlanFlags {
  readonly source: string;
  readonly storage?: string;
  readonly data?: string;
  readonly roster?: string;
  readonly out: string;
  readonly json?: true;
}

/** Adds the command; `end` takes its exit code. */
export const addPlanCommand: AddCommand = (program, terminal, end) => {
  program
    .command('plan')
    .summary('say what a file would do, person by person')
    .description('Compares a file with what Entra is confirmed to hold, and shows what it would do, person by person.')
    .argument('<file>', 'the export: CSV or JSON, also as .gz or .zip')
    .requiredOption('-s, --source <name>', 'name of the source, or path of a source.json')
    .addOption(storageOption())
    .addOption(dataOption())
    .option('--roster <file>', 'a copy of the roster file, instead of storage')
    .option('-o, --out <folder>', 'where the two files go', '.')
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', planHelp)
    .action(async (file: string, flags: PlanFlags, command: Command) => {
      const { source, storage = null, data = null, roster = null, out, json = false } = flags;
      assertOneStorage(command, data);
      if (roster !== null && (data !== null || command.getOptionValueSource('storage') === 'cli'))
        command.error('error: --roster takes the place of --storage and --data');
      const { runPlan } = await import('./plan.ts');
      end(await runPlan({ file, source, storage, data, roster, out, json }, terminal));
    });
};
