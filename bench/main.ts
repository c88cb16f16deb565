// `npm run bench -- intake | delivery`: measures, and reports beside the bars of the project; a slow day fails nothing.
import { Command, InvalidArgumentError } from 'commander';
import { benchIntake } from './intake/bench-intake';
import { intakeTable } from './intake/intake-report';

interface IntakeOptions {
  readonly rows: readonly number[];
  readonly nodeOption: readonly string[];
  readonly json: boolean;
}

function readNumbers(text: string): readonly number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.some((number) => !Number.isInteger(number) || number < 1))
    throw new InvalidArgumentError('Whole numbers from 1, with commas between them, are needed.');
  return numbers;
}

const program = new Command('bench').description('Measures intake and delivery on this computer, with Azurite.');

program
  .command('intake')
  .description('rows per second and memory of parse, map, and the whole of intake')
  .option('--rows <numbers>', 'sizes of the files', readNumbers, [10_000, 100_000, 1_000_000])
  .option('--node-option <option...>', 'for the measured processes, for example --cpu-prof', [])
  .option('--json', 'print one JSON array instead of tables', false)
  .action(async (options: IntakeOptions) => {
    const reports = await benchIntake(options.rows, options.nodeOption, (report) => {
      if (!options.json) console.log(intakeTable(report));
    });
    if (options.json) console.log(JSON.stringify(reports));
  });

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
