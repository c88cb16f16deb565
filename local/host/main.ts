// The command: runs an app as `func start` would, until Ctrl-C or SIGTERM. The process that was started by hand watches another, which runs the
// app; one that has a parent already (host-process.ts, or the former) runs it itself.
import { Command, InvalidArgumentError } from 'commander';
import { fork } from 'node:child_process';
import { url as inspectorUrl } from 'node:inspector';
import { join, resolve } from 'node:path';
import { faultCodes, HostFault } from './fault-codes';
import { startHost } from './host';
import { DEFAULT_BLOCKED_AFTER_MS, sendHeartbeats } from './heartbeat';
import { createTell, describeError, type Tell, tellBlocked } from './host-log';
import { AppSettings, readLocalSettings } from './settings';
import { watchProcess } from './watched-process';

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

const given = command.parse().opts<Options>();
// A debugger stops the loop on purpose, so then nobody watches.
void (process.connected || inspectorUrl() !== undefined ? runApp(given) : watchApp(given));

/** Runs the app in a process of its own, and passes signals on. */
async function watchApp({ json }: Options): Promise<void> {
  const tell = createTellOnStdout(json);
  const watched = watchProcess({
    fork: () => fork(__filename, process.argv.slice(2), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] }),
    onBlocked: (silentForMs) => tellBlocked(tell, silentForMs),
  });
  // Each of them: the app's process knows what a second Ctrl-C means.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void watched.stop(signal));
  process.exit((await watched.exited).code ?? 1);
}

async function runApp(options: Options): Promise<void> {
  const tell = createTellOnStdout(options.json);
  // Read before anything starts, so that a signal during the start is not lost.
  const asked = whenAskedToStop();
  try {
    const appDir = resolve(options.app);
    const file = readLocalSettings(
      options.settings ?? join(appDir, 'local.settings.json'),
      options.settings !== undefined,
    );
    const settings = { ...file.values, ...process.env };
    const blockedAfterMs = new AppSettings(settings).duration('LOCAL_HOST_BLOCKED_AFTER', DEFAULT_BLOCKED_AFTER_MS);
    const host = await startHost({
      appDir,
      settings,
      containers: file.containers,
      queues: file.queues,
      port: options.port ?? file.port ?? defaultPort,
      onLoaded: () => sendHeartbeats(blockedAfterMs),
      tell,
    });
    await asked;
    await host.stop();
    process.exit(0);
  } catch (error) {
    process.exit(tellFault(error, tell));
  }
}

function createTellOnStdout(json: boolean): Tell {
  return createTell(
    (line) => process.stdout.write(`${line}\n`),
    json,
    () => new Date(),
  );
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
