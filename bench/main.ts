// `npm run bench -- intake | roster | delivery | year | start | cost`: measures, and reports next to the project's targets; a slow day fails nothing.
import { Command, InvalidArgumentError, Option } from 'commander';
import { benchCost } from './cost/bench-cost';
import { costLines } from './cost/cost-lines';
import { benchIntake } from './intake/bench-intake';
import { benchDelivery } from './delivery/bench-delivery';
import { deliveryLines, figuresOf } from './delivery/delivery-report';
import { intakeTable } from './intake/intake-report';
import { benchRoster } from './roster/bench-roster';
import { rosterLines } from './roster/roster-report';
import { benchStart } from './start/bench-start';
import { startLines } from './start/start-report';
import { benchYear, USUAL_YEARS } from './year/bench-year';
import { sizesText, yearLines } from './year/year-report';

interface IntakeOptions {
  readonly rows: readonly number[];
  readonly nodeOption: readonly string[];
  readonly json: boolean;
}

interface DeliveryOptions {
  readonly processes: readonly number[];
  readonly batches: number;
  readonly json: boolean;
}

interface RosterOptions {
  readonly compared: number;
  readonly merged: number;
  readonly changes: number;
  readonly json: boolean;
}

interface YearOptions {
  readonly people?: number;
  readonly days: number;
  readonly calls: number;
  readonly json: boolean;
}

interface StartOptions {
  readonly runs: number;
  readonly json: boolean;
}

interface CostOptions {
  readonly rows: number;
  readonly speed: string;
  readonly json: boolean;
}

function readNumbers(text: string): readonly number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.some((number) => !Number.isInteger(number) || number < 1))
    throw new InvalidArgumentError('Whole numbers from 1, with commas between them, are needed.');
  return numbers;
}

const program = new Command('bench').description(
  'Measures intake, roster, delivery, start and cost on this computer, with Azurite.',
);

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

program
  .command('roster')
  .description('comparing a file with the roster, and merging a run into it')
  .option('--compared <number>', 'people in the compared file', Number, 200_000)
  .option('--merged <number>', 'people in the roster that a run is merged into', Number, 1_000_000)
  .option('--changes <number>', 'people of that run', Number, 10_000)
  .option('--json', 'print JSON instead of text', false)
  .action(async ({ json, ...sizes }: RosterOptions) => {
    const report = await benchRoster(sizes);
    console.log(json ? JSON.stringify(report) : rosterLines(report));
  });

program
  .command('delivery')
  .description('use of the allowed rate by several processes that send for two sources of one tenant')
  .option('--processes <numbers>', 'sender processes', readNumbers, [1, 4, 16])
  .option(
    '--batches <number>',
    'batches of 50 users, both sources together; the whole measure is 2000, 5 minutes each',
    Number,
    300,
  )
  .option('--json', 'print one JSON array instead of text', false)
  .action(async (options: DeliveryOptions) => {
    const reports = await benchDelivery(options.processes, options.batches, (report) => {
      if (!options.json) console.log(deliveryLines(report));
    });
    if (options.json) console.log(JSON.stringify(reports.map((report) => ({ ...report, figures: figuresOf(report) }))));
  });

program
  .command('year')
  .description('a year of nightly full files on in-memory ports: what is sent, what is held, who is touched')
  .option(
    '--people <number>',
    `one size only: people in the first file (default: ${USUAL_YEARS.map(sizesText).join('; then ')})`,
    Number,
  )
  .option('--days <number>', 'nights, with --people', Number, 20)
  .option('--calls <number>', 'calls that the tenant may make a day, with --people', Number, 2_000)
  .option('--json', 'print one JSON value a size instead of text', false)
  .action(async ({ people, days, calls, json }: YearOptions) => {
    const years = people === undefined ? USUAL_YEARS : [{ people, days, calls }];
    if (!json)
      console.log(`${years.map(sizesText).join('; then ')}. The figures of each night go to standard error.\n`);
    await benchYear(years, (result) => console.log(json ? JSON.stringify(result) : yearLines(result)));
  });

program
  .command('start')
  .description('how long the app takes to load, as it is compiled and as it is deployed')
  .option('--runs <number>', 'loads of each, in turns', Number, 15)
  .option('--json', 'print JSON instead of text', false)
  .action(async ({ runs, json }: StartOptions) => {
    const report = await benchStart(runs);
    console.log(json ? JSON.stringify(report) : startLines(report));
  });

program
  .command('cost')
  .description('what Azure would bill: executions, GB-s, storage transactions and telemetry, counted from outside')
  .option('--rows <number>', 'people in the file', Number, 1_000)
  .addOption(
    new Option('--speed <number>', "Azure's delays are divided by it; the pace of calls is not")
      .choices(['60', '10', '5', '1'])
      .default('60'),
  )
  .option('--json', 'print JSON instead of text', false)
  .action(async ({ rows, speed, json }: CostOptions) => {
    const report = await benchCost({ rows, speed: Number(speed) });
    console.log(json ? JSON.stringify(report) : costLines(report));
  });

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
