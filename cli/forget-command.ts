// The options and the help of `rollcall forget`.
import type { Command } from 'commander';
import type { AddCommand } from './add-command';
import { dataOption, storageNamed, storageOption, toSourceName } from './options';

const forgetHelp = `
Examples:
  rollcall forget --person 4711 --storage https://ACCOUNT.blob.core.windows.net
  rollcall forget --person 4711 --yes --storage https://ACCOUNT.blob.core.windows.net
  rollcall forget --person 4711 --source contoso-hr --yes --data DIR

Without --yes it only says where the person is. With --yes it deletes the person from the roster, from the days to come, from the
kept records, and from the records, rows, evidence and reports of every run that ended more than eight days ago. It says what it
left, why, and until when: HR's files, younger runs, other people's records that name the person as manager, Entra. It does not
wait: while a run of the source is read, sent or held, it refuses. Have HR take the person out of its files first, or the next
file brings the person back.

Your sign-in to Entra is used (az login), which needs the roles Storage Blob Data Contributor on the containers rosters, runs,
evidence and reports, Storage Blob Data Reader on sources, and Storage Table Data Contributor.

Exit codes:
  0  everything that Rollcall can delete is deleted; without --yes: it could be now
  1  something is left: run the command again on the day that it names
  2  nothing was deleted: a run has not ended, the person is unknown; storage cannot be used; wrong options`;

interface ForgetFlags {
  readonly storage?: string;
  readonly data?: string;
  readonly person: string;
  readonly source?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** Adds the command; `end` takes its exit code. */
export const addForgetCommand: AddCommand = (program, terminal, end) => {
  program
    .command('forget')
    .summary('delete what is kept of a person')
    .description('Deletes what Rollcall keeps of one person, and says what it left and why.')
    .addOption(storageOption())
    .addOption(dataOption())
    .requiredOption('--person <id>', 'the id of the person, as HR writes it')
    .option('--source <name>', 'this source only', toSourceName)
    .option('--yes', 'delete; without it, only say what would be deleted')
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', forgetHelp)
    .action(async (flags: ForgetFlags, command: Command) => {
      const { person, source = null, yes = false, json = false } = flags;
      const where = storageNamed(command, flags);
      const { runForget } = await import('./forget.ts');
      end(await runForget({ ...where, person, source, isDry: !yes, json }, terminal));
    });
};
