// The options and the help of `rollcall match`.
import { addGraphOptions, graphNamed, type GraphFlags } from './options';
import type { AddCommand } from './add-command';

const matchHelp = `
Examples:
  rollcall match people.csv --source source.json
  rollcall match people.csv --source source.json --out plans --json | jq .counts

Before the first call to a tenant: reads the file as \`rollcall check\` does, and the tenant's users with your own right, and says of
each person whether the job would find an account (by employeeId), make a new one, or find several; and whether the account is
synchronised from Active Directory (it cannot be written), holds a directory role, is disabled although HR says active or the
other way round, or whether somebody else has the user name. Nothing is sent, and nothing is changed.

You sign in to Microsoft Graph for User.Read.All and RoleManagement.Read.Directory. Without the second, who holds a role is not checked. The result,
<file>.match.csv, holds personal data: only you may read it.

Exit codes:
  0  everybody is matched or new, and nothing stands in the way
  1  somebody needs a look, or roles were not checked; the CSV is written
  2  the file would be held, it or the tenant cannot be read, or wrong options`;

interface MatchFlags extends GraphFlags {
  readonly source: string;
  readonly out: string;
  readonly json?: true;
}

/** Adds the command; `end` takes its exit code. */
export const addMatchCommand: AddCommand = (program, terminal, end) => {
  const command = program
    .command('match')
    .summary('say whose accounts in the tenant a file would take over')
    .description('Compares a file with the users of the tenant, person by person, before anything is sent.')
    .argument('<file>', 'the export: CSV or JSON, also as .gz or .zip')
    .requiredOption('-s, --source <source.json>', 'settings of the source')
    .option('-o, --out <folder>', 'where the CSV goes', '.')
    .option('--json', 'print one JSON object instead of text');
  addGraphOptions(command)
    .addHelpText('after', matchHelp)
    .action(async (file: string, flags: MatchFlags) => {
      const { source, out, json = false } = flags;
      const { runMatch } = await import('./match.ts');
      end(await runMatch({ file, source, out, json, graph: graphNamed(flags) }, terminal));
    });
};
