// The options and the help of `rollcall disable`.
import type { Command } from 'commander';
import type { AddCommand } from './add-command';
import { dataOption, storageNamed, storageOption, toReason, toSourceName } from './options';

const disableHelp = `
Examples:
  rollcall disable --person 4711 --source contoso-hr --reason "left today, ticket 88" --storage https://ACCOUNT.blob.core.windows.net
  rollcall disable --person 4711 --source contoso-hr --reason "left today" --data DIR --json | jq .run

Your sign-in to Entra is used (az login), which needs the roles Storage Blob Data Contributor (container runs; Reader on
rosters and sources), Storage Table Data Contributor and Storage Queue Data Message Sender on the account. The record is sent by
the machine, before everything else; with --data by the machine of the folder, when it runs. Your name and the reason are kept
with the run. The next file from HR that lists the person as active enables the account again.

Exit codes:
  0  the run is made, or one for this person is under way
  2  nothing was done: the person is unknown, disabled already, on the hold list …; storage cannot be read; wrong options`;

interface DisableFlags {
  readonly storage?: string;
  readonly data?: string;
  readonly person: string;
  readonly source: string;
  readonly reason: string;
  readonly json?: true;
}

/** Adds the command; `end` takes its exit code. */
export const addDisableCommand: AddCommand = (program, terminal, end) => {
  program
    .command('disable')
    .summary('disable a leaver now')
    .description(
      'Disables one account now, without a file: sends the record that Entra was last confirmed to hold, with active = false.',
    )
    .addOption(storageOption())
    .addOption(dataOption())
    .requiredOption('--person <id>', 'the id of the person, as HR writes it')
    .requiredOption('--source <name>', 'the source of the person', toSourceName)
    .requiredOption('--reason <text>', 'why: kept with the run', toReason)
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', disableHelp)
    .action(async (flags: DisableFlags, command: Command) => {
      const { person, source, reason, json = false } = flags;
      const where = storageNamed(command, flags);
      const { runDisable } = await import('./disable.ts');
      end(await runDisable({ ...where, person, source, reason, json }, terminal));
    });
};
