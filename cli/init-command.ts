// The options and the help of `rollcall init`.
import type { AddCommand } from './add-command';
import { toDelimiter, toEncoding, toSourceName } from './options';

const initHelp = `
Examples:
  rollcall init people.csv > source.json
  rollcall init people.csv --name contoso-hr --out sources/contoso-hr/source.json
  rollcall init people.json --records export.employees
  rollcall init people.txt --encoding cp850 --delimiter tab

Column names are recognised in English, German, French and Spanish. Everything uncertain is listed on standard error
with its place in the settings; a status word that nobody knows, or that can be read in two ways, is put into no list.
Where only you know the value, the settings say REPLACE-WITH-…: check refuses them until it is replaced, but for the
job, which there is after the set-up. --out never overwrites a file.

Exit codes:
  0  settings proposed
  2  the file cannot be read, or wrong options`;

interface InitFlags {
  readonly name?: string;
  readonly records?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly out?: string;
}

/** Adds the command; `end` takes its exit code. */
export const addInitCommand: AddCommand = (program, terminal, end) => {
  program
    .command('init')
    .summary('propose settings for a file')
    .description('Proposes a source.json from the columns and status words of a file.')
    .argument('<file>', 'an export as HR writes it: CSV or JSON, also as .gz or .zip')
    .option('--name <name>', 'name of the source: that of its folder (default: from the file)', toSourceName)
    .option('--records <path>', 'JSON: path of the array of people')
    .option('--encoding <name>', 'encoding of the file (default: detected)', toEncoding)
    .option('--delimiter <character>', 'CSV: one character, or tab (default: detected)', toDelimiter)
    .option('-o, --out <source.json>', 'write a new file instead of standard output')
    .addHelpText('after', initHelp)
    .action(async (file: string, flags: InitFlags) => {
      const { name = null, records = null, encoding = null, delimiter = null, out = null } = flags;
      const { runInit } = await import('./init.ts');
      end(await runInit({ file, name, records, encoding, delimiter, out }, terminal));
    });
};
