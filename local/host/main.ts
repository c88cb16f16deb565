// The command: runs an app as `func start` would, until Ctrl-C or SIGTERM.
import { Command, InvalidArgumentError } from 'commander';
import { join, resolve } from 'node:path';
import { faultCodes, HostFault } from './fault-codes';
import { startHost } from './host';
import { createTell, describeError, type Tell } from './host-log';
import { readLocalSettings } from './settings';

interface Options {
  readonly app: string;
  readonly settings?: string;
  readonly port?: number;
  readonly json: boolean;
}

const defaultPort = 7071;
/** A second Ctrl-C does not wait for running functions: 128 + SIGINT. */
const impatientExitCode = 130;
/** npm passes on a Ctrl-C that the terminal has already sent: two signals within this time, in ms, count as one. */
const sameKeyPressMs = 1_000;

const command = new Command('local-host')
  .description(
    'Runs the functions that package.json main registers, through @azure/functions, on the storage of AzureWebJobsStorage. ' +
      'For laptops and tests; where Azure Functions Core Tools are installed, use func start.',
  )
  .option('--app <folder>', 'folder of package.json and host.json', '.')
  .option('--settings <file>', 'settings file (default: local.settings.json in the app folder); the environment wins')
  .option('--port <number>', `HTTP port; 0 takes a free one (default: Host.LocalHttpPort, or ${defaultPort})`, toPort)
  .option('--json', 'one JSON object per line instead of text', false)
  .addHelpText('after', `\nExit codes:\n${exitCodes()}`)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : faultCodes['wrong-usage'].exitCode));

void run(command.parse().opts<Options>());

async function run(options: Options): Promise<void> {
  const tell = createTell(
    (line) => process.stdout.write(`${line}\n`),
    options.json,
    () => new Date(),
  );
  // Read before anything starts, so that a signal during the start is not lost.
  const asked = whenAskedToStop();
  try {
    const appDir = resolve(options.app);
    const file = readLocalSettings(
      options.settings ?? join(appDir, 'local.settings.json'),
      options.settings !== undefined,
    );
    // The app reads process.env, as it does in Azure.
    for (const [name, value] of Object.entries(file.values)) {
      process.env[name] ??= value;
    }
    const host = await startHost({
      appDir,
      settings: process.env,
      containers: file.containers,
      queues: file.queues,
      port: options.port ?? file.port ?? defaultPort,
      tell,
    });
    await asked;
    await host.stop();
    process.exit(0);
  } catch (error) {
    process.exit(tellFault(error, tell));
  }
}

function tellFault(error: unknown, tell: Tell): number {
  if (!(error instanceof HostFault)) {
    tell('critical', 'host-fault', describeError(error));
    return 1;
  }
  const { cure } = faultCodes[error.code];
  tell('critical', 'host-fault', `${error.code}: ${describeError(error)} — ${cure}`, { code: error.code });
  return error.exitCode;
}

/** Ctrl-C, SIGTERM, or the end of the process that started this one with an IPC channel. */
function whenAskedToStop(): Promise<void> {
  return new Promise((resolveAsked) => {
    let firstAtMs: number | null = null;
    const ask = (): void => {
      firstAtMs ??= performance.now();
      if (performance.now() - firstAtMs > sameKeyPressMs) {
        process.exit(impatientExitCode);
      }
      resolveAsked();
    };
    process.on('SIGINT', ask);
    process.on('SIGTERM', ask);
    process.once('disconnect', resolveAsked);
  });
}

function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  }
  return port;
}

function exitCodes(): string {
  const codes = Object.entries(faultCodes).map(([code, { exitCode, cause }]) => `  ${exitCode}  ${code}: ${cause}`);
  return ['  0  stopped by Ctrl-C or SIGTERM', ...codes].join('\n');
}
