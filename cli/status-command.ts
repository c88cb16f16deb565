// The options and the help of `rollcall status`.
import type { Command } from 'commander';
import type { AddCommand } from './add-command';
import { dataOption, storageNamed, storageOption, toPosition, toSourceName } from './options';

/** Runs of each source that `rollcall status` looks at unless told otherwise. */
const LISTED_RUNS = 10;

const statusHelp = `
Examples:
  rollcall status --storage https://ACCOUNT.blob.core.windows.net
  rollcall status 20261121T080000Z-0123456789 --storage https://ACCOUNT.blob.core.windows.net
  rollcall status --person 4711 --source contoso-hr --storage https://ACCOUNT.blob.core.windows.net
  rollcall status --storage https://ACCOUNT.blob.core.windows.net --json | jq .needs
  rollcall status --data DIR

Nothing is written. With an address you are asked for nothing: your sign-in to Entra is used (az login), which needs the
roles Storage Blob Data Reader, Storage Queue Data Reader and Storage Table Data Reader on the account. A connection
string is a secret: set ROLLCALL_STORAGE instead of writing it into a command. With --data, the storage of the machine that
runs on the folder is read; if none runs, its storage is started for as long as the command looks.

Exit codes:
  0  nothing needs a person
  1  something needs a person: a held or parked file, a halt, a sign that nobody is working
  2  storage cannot be read, there is no such run, or wrong options`;

interface StatusFlags {
  readonly storage?: string;
  readonly data?: string;
  readonly person?: string;
  readonly source?: string;
  readonly runs: number;
  readonly json?: true;
}

/** Adds the command; `end` takes its exit code. */
export const addStatusCommand: AddCommand = (program, terminal, end) => {
  program
    .command('status')
    .summary('say what the machine is doing, and what needs a person')
    .description(
      'Shows the newest files of each source, the gate and the queues; or one run; or what became of a person.',
    )
    .argument('[run]', 'id of a run, as `rollcall status` lists it')
    .addOption(storageOption())
    .addOption(dataOption())
    .option('--person <id>', 'show which runs carry the person with this id, and their verdicts')
    .option('--source <name>', 'with --person: look in this source only', toSourceName)
    .option('--runs <number>', 'newest runs of each source that are looked at', toPosition, LISTED_RUNS)
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', statusHelp)
    .action(async (run: string | undefined, flags: StatusFlags, command: Command) => {
      const { person = null, source = null, runs, json = false } = flags;
      if (run !== undefined && person !== null) command.error('error: a run and --person cannot be used together');
      const where = storageNamed(command, flags);
      if (source !== null && person === null) command.error('error: --source is for --person');
      const { runStatus } = await import('./status.ts');
      end(await runStatus({ ...where, run: run ?? null, person, source, runs, json }, terminal));
    });
};
