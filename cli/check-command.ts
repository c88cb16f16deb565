// The options and the help of `rollcall check`.
import { Option } from 'commander';
import type { AddCommand } from './add-command';
import { toCount, toDate, toPosition } from './options';

/** Findings that the text shows unless told otherwise. */
const SHOWN_FINDINGS = 100;

const checkHelp = `
Examples:
  rollcall check people.csv --source sources/contoso-hr/source.json
  rollcall check people.csv --source source.json --show 3
  rollcall check people.csv --source source.json --batch 1 > request.json
  rollcall check people.csv --source source.json --users users.jsonl
  rollcall check people.csv --source source.json --json | jq .reason
  rollcall check people.csv --source source.json --date 2027-01-01

Nothing is sent, and nothing leaves this computer. If <file>.manifest.json lies beside the file, it must match.

Exit codes:
  0  clean: every row is a user or a repetition (notes do not count)
  1  findings: rejected rows, or warnings
  2  held, or cannot be read; also wrong options`;

interface CheckFlags {
  readonly source: string;
  readonly show?: number;
  readonly batch?: number;
  readonly users?: string;
  readonly date?: string;
  readonly findings: number;
  readonly json?: true;
}

/** Adds the command; `end` takes its exit code. */
export const addCheckCommand: AddCommand = (program, terminal, end) => {
  program
    .command('check')
    .summary('say what would become of a file')
    .description('Reads a file of people by the settings of its source and says what would become of every row.')
    .argument('<file>', 'the export: CSV or JSON, also as .gz or .zip')
    .requiredOption('-s, --source <source.json>', 'settings of the source')
    .addOption(
      new Option('--show <number>', 'show the first users as SCIM').argParser(toCount).conflicts(['json', 'batch']),
    )
    .addOption(
      new Option('--batch <number>', 'print the bulk request of this batch alone; the text goes to standard error')
        .argParser(toPosition)
        .conflicts('json'),
    )
    .option('--users <file>', 'write every accepted user, one SCIM JSON object per line')
    .option('--date <yyyy-MM-dd>', 'check as on this day, for files with first and last days (default: today)', toDate)
    .option('--findings <number>', 'findings that the text shows at most', toCount, SHOWN_FINDINGS)
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', checkHelp)
    .action(async (file: string, flags: CheckFlags) => {
      const { runCheck } = await import('./check.ts');
      end(
        await runCheck(
          {
            file,
            source: flags.source,
            show: flags.show ?? 0,
            batch: flags.batch ?? null,
            users: flags.users ?? null,
            date: flags.date ?? null,
            json: flags.json ?? false,
            maxFindings: flags.findings,
          },
          terminal,
        ),
      );
    });
};
