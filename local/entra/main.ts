// `npm run entra`: the simulator on the command line.
import { Command, InvalidArgumentError, Option } from 'commander';
import { startEntra } from './entra';
import type { Delay, EntraOptions } from './options';

interface CommandOptions {
  readonly port: number;
  readonly seed: number;
  readonly speed: number;
  readonly licence: NonNullable<EntraOptions['licence']>;
  readonly processingDelay: Delay;
  readonly logDelay: Delay;
  readonly replicationDelay: number;
  readonly strictFilter?: boolean;
  readonly samplePayloads?: boolean;
  readonly sourceObject?: string;
  readonly strictTokens?: boolean;
  readonly strictJobs?: boolean;
  readonly retryAfter: NonNullable<EntraOptions['retryAfter']>;
}

/** The three switches for what samples of Microsoft send. */
const SAMPLE_PAYLOADS = { userPath: 'any-case', userSchemas: 'core', duplicateBulkIds: 'accept' } as const;

const program = new Command('entra')
  .description("A simulator of Entra's inbound provisioning API on 127.0.0.1. Ctrl-C stops it.")
  .option('--port <port>', 'TCP port; 0 takes a free one', readNumber, 7250)
  .option('--seed <number>', 'seed of all randomness', readNumber, 1)
  .option('--speed <factor>', 'divides delays (processing, cycle, log), never rate windows', readNumber, 1)
  .addOption(
    new Option('--licence <licence>', 'governance: 6,000 calls a day, otherwise 2,000')
      .choices(['P1P2', 'P1', 'P2', 'governance', 'none'])
      .default('P1P2'),
  )
  .option('--processing-delay <ms>', 'from acceptance to processing: one number or min-max', readDelay, [1_000, 3_000])
  .option('--log-delay <ms>', 'from processing to the log: one number or min-max', readDelay, [300_000, 600_000])
  .option('--replication-delay <ms>', 'how long a new application answers 404', readNumber, 0)
  .addOption(new Option('--retry-after <form>', 'on a 429').choices(['none', 'seconds', 'date']).default('none'))
  .option('--strict-filter', 'filters only as they are documented')
  .option('--sample-payloads', "accepts what Microsoft's own samples send against its documentation (README.md)")
  .option('--source-object <name>', 'name of the source object in the schema of a job, User for example')
  .option(
    '--strict-tokens',
    'tokens are read: permissions, roles and expiry count; signatures do not (POST /_simulator/tokens makes one)',
  )
  .option('--strict-jobs', 'unknown jobs are 404 instead of being created on first use');

async function run(): Promise<void> {
  const options = program.parse().opts<CommandOptions>();
  const entra = await startEntra({
    port: options.port,
    seed: options.seed,
    speed: options.speed,
    licence: options.licence,
    processingDelayMs: options.processingDelay,
    logDelayMs: options.logDelay,
    replicationDelayMs: options.replicationDelay,
    strictFilter: options.strictFilter === true,
    ...(options.samplePayloads === true ? SAMPLE_PAYLOADS : {}),
    ...(options.sourceObject === undefined ? {} : { sourceObject: options.sourceObject }),
    retryAfter: options.retryAfter,
    acceptAnyToken: options.strictTokens !== true,
    autoCreateJobs: options.strictJobs !== true,
  });
  console.log(`Entra simulator: ${entra.url} (statistics: ${entra.url}/_simulator/stats)`);
  const stop = (): void => void entra.stop();
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

function readNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InvalidArgumentError('A number from 0 is needed.');
  return value;
}

function readDelay(text: string): Delay {
  const [least, most, ...rest] = text.split('-').map(readNumber);
  if (least === undefined || rest.length > 0 || (most ?? least) < least)
    throw new InvalidArgumentError('Milliseconds are needed: 2000 or 1000-3000.');
  return most === undefined ? least : [least, most];
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
