// The options and the help of `rollcall roster`.
import { Option, type Command } from 'commander';
import type { AddCommand } from './add-command';
import { assertOneStorage, dataOption, storageOption, toSourceName } from './options';

const rosterHelp = `
Examples:
  rollcall roster --storage https://ACCOUNT.blob.core.windows.net
  rollcall roster --source contoso-hr --data DIR
  rollcall roster --person 4711 --source contoso-hr --storage https://ACCOUNT.blob.core.windows.net
  rollcall roster --rebuild --source contoso-hr --storage https://ACCOUNT.blob.core.windows.net
  rollcall roster --forget 4711 --source contoso-hr --storage https://ACCOUNT.blob.core.windows.net
  rollcall roster --data DIR --json | jq '.sources[].roster.people'

Your sign-in to Entra is used (az login), which needs the roles Storage Blob Data Reader and Storage Table Data Reader on
the account. --person prints the record with its personal data. Nothing is written, except by --rebuild and --forget, which
need Storage Blob Data Contributor on the container rosters as well and may run while the app does. --rebuild makes the roster
of a source again from the files of its runs, when it is damaged or lost; it may be repeated. Runs whose files are deleted
are named, and nothing older than them is used. --forget takes one person out, whose account was changed in Entra by hand:
the next file sends them as new. It waits for no run: while one is being read or sent, it refuses.

Exit codes:
  0  every roster can be read, or is rebuilt; the person is forgotten
  1  a roster is damaged, missing, or of a newer version
  2  storage cannot be read, nobody was forgotten, or wrong options`;

interface RosterFlags {
  readonly storage?: string;
  readonly data?: string;
  readonly source?: string;
  readonly person?: string;
  readonly rebuild?: true;
  readonly forget?: string;
  readonly json?: true;
}

/** Adds the command; `end` takes its exit code. */
export const addRosterCommand: AddCommand = (program, terminal, end) => {
  program
    .command('roster')
    .summary('say what Entra is confirmed to hold')
    .description(
      'Shows the roster of each source: how many people Entra is confirmed to hold, how many not, how many are missing; or one person.',
    )
    .addOption(storageOption())
    .addOption(dataOption())
    .option('--source <name>', 'this source only', toSourceName)
    .addOption(
      new Option('--person <id>', 'show what Entra was last confirmed to hold of the person with this id').conflicts(
        'rebuild',
      ),
    )
    .option('--rebuild', 'with --source: make the roster again from the files of its runs')
    .addOption(
      new Option('--forget <id>', 'with --source: take the person with this id out of the roster').conflicts([
        'rebuild',
        'person',
      ]),
    )
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', rosterHelp)
    .action(async (flags: RosterFlags, command: Command) => {
      const { storage = null, data = null, source = null, person = null, rebuild = false, json = false } = flags;
      const { forget = null } = flags;
      assertOneStorage(command, data);
      if (forget !== null && source === null) command.error('error: --forget needs --source');
      if (rebuild && source === null) command.error('error: --rebuild needs --source');
      const { runRoster } = await import('./roster.ts');
      end(await runRoster({ storage, data, source, person, rebuild, forget, json }, terminal));
    });
};
