// Azurite for tests, the demo and local runs: the three storage services as three child processes on free ports, in memory or in a folder.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A running storage emulator. */
export interface Azurite {
  /** For blob, queue and table; good as `AzureWebJobsStorage`. */
  readonly connectionString: string;
  /** The same for each of the further accounts, in their order. */
  readonly furtherStrings: readonly string[];
  /** The three processes. */
  readonly pids: readonly number[];
  /** Ends the three processes. In memory, everything stored is gone; in a folder, all of it has been saved when this resolves. */
  stop(): Promise<void>;
}

type Service = 'blob' | 'queue' | 'table';

/** The account that every Azurite has, published in its README ("Default Storage Account"). */
const account = {
  name: 'devstoreaccount1',
  key: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
};

/** How long one service may take to start listening, in ms; measured 1 to 4 s on two shared cores (2026-11). */
const startTimeoutMs = 60_000;
/** How often the table service is started again because its port was taken between choice and use. */
const maxPortAttempts = 5;

/** How long one service may take to save and end, ms: a hundred megabytes of metadata take seconds. Our choice, 2026-11. */
const saveTimeoutMs = 60_000;

/** Makes the child end with its parent, also when the parent is killed: the IPC channel closes with it. */
const onDisconnect = (what: string): string =>
  `data:text/javascript,${encodeURIComponent(`process.on('disconnect', () => ${what});`)}`;
const endAtOnce = onDisconnect('process.exit(0)');
/** Azurite saves when it is interrupted, and then ends by itself; the table service knows no other signal (3.35.0). */
const saveAndEnd = onDisconnect("process.kill(process.pid, 'SIGINT')");

/**
 * Starts Azurite and resolves when all three services listen. Three processes, because a stall of the queue service then
 * leaves blobs and tables alone. They end with `stop()`, or with this process. `folder`: where everything is kept; null keeps it in memory.
 * `furtherAccounts`: how many accounts there are besides the published one; none sees what is in another.
 * @throws Error with the service's own output when it is not up within a minute.
 */
export async function startAzurite(folder: string | null = null, furtherAccounts = 0): Promise<Azurite> {
  const names = Array.from({ length: furtherAccounts }, (_, i) => `${account.name}${i + 2}`);
  const started = await Promise.allSettled(
    (['blob', 'queue', 'table'] as const).map((service) => startService(service, folder, [account.name, ...names])),
  );
  const services = started.filter((one) => one.status === 'fulfilled').map((one) => one.value);
  const end = folder === null ? endService : saveService;
  const stop = async (): Promise<void> => {
    await Promise.all(services.map((service) => end(service.child)));
  };
  const failed = started.find((one) => one.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  const stringOf = (name: string): string => {
    const endpoints = services.map(
      ({ service, port }) => `${endpointNames[service]}=http://127.0.0.1:${port}/${name};`,
    );
    return `DefaultEndpointsProtocol=http;AccountName=${name};AccountKey=${account.key};${endpoints.join('')}`;
  };
  return {
    connectionString: stringOf(account.name),
    furtherStrings: names.map(stringOf),
    pids: services.flatMap(({ child }) => child.pid ?? []),
    stop,
  };
}

const endpointNames = { blob: 'BlobEndpoint', queue: 'QueueEndpoint', table: 'TableEndpoint' } as const;

interface RunningService {
  readonly service: Service;
  readonly port: number;
  readonly child: ChildProcess;
}

async function startService(
  service: Service,
  folder: string | null,
  accounts: readonly string[],
): Promise<RunningService> {
  const kept = folder === null ? ['--inMemoryPersistence'] : ['--location', join(folder, service)];
  for (let attempt = 1; ; attempt += 1) {
    // Blob and queue print the port they got; the table service prints the one it was given, so it must be given a real one.
    const requestedPort = service === 'table' ? await findFreePort() : 0;
    const child = fork(
      require.resolve(`azurite/dist/src/${service}/main.js`),
      [`--${service}Port`, String(requestedPort), `--${service}Host`, '127.0.0.1', ...kept, ...commonFlags],
      {
        execArgv: ['--import', folder === null ? endAtOnce : saveAndEnd],
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: { ...plainEnvironment(), AZURITE_ACCOUNTS: accounts.map((name) => `${name}:${account.key}`).join(';') },
        // Ctrl-C reaches all processes of a terminal's group, and storage must be the last to end.
        detached: folder !== null,
      },
    );
    try {
      return { service, child, port: await listeningPort(child) };
    } catch (cause) {
      await endService(child);
      const portTaken = cause instanceof Error && cause.message.includes('EADDRINUSE');
      if (!portTaken || attempt === maxPortAttempts) {
        throw new Error(`Azurite's ${service} service did not start.`, { cause });
      }
    }
  }
}

// skipApiVersionCheck: every Azurite so far refuses the API version of the newest SDKs.
const commonFlags = ['--skipApiVersionCheck', '--disableTelemetry', '--silent'];

/** The environment without what a test runner adds for its own children. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_OPTIONS: '' };
}

async function listeningPort(child: ChildProcess): Promise<number> {
  const output: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  if (child.stdout === null) {
    throw new Error('no output to read');
  }
  const lines = createInterface({ input: child.stdout });
  const timer = setTimeout(() => child.kill('SIGKILL'), startTimeoutMs);
  try {
    for await (const line of lines) {
      output.push(line);
      const port = /success\w* (?:listens|started) on \S*:(\d+)\s*$/.exec(line)?.[1];
      if (port !== undefined) {
        return Number(port);
      }
    }
  } finally {
    clearTimeout(timer);
    // Nothing reads the pipes from here on, so they are drained: the child would block on a full one.
    child.stdout.resume();
    child.stderr?.resume();
  }
  throw new Error(output.join('\n'));
}

async function endService(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const exited = once(child, 'exit');
  // In memory there is nothing to save, and Azurite's own shutdown may wait for open connections.
  child.kill('SIGKILL');
  await exited;
}

/** Lets a service save and end. Rejects if it does not within a minute, or has ended before. */
async function saveService(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    const timer = setTimeout(() => child.kill('SIGKILL'), saveTimeoutMs);
    if (child.connected) child.disconnect();
    await exited;
    clearTimeout(timer);
  }
  if (hasFailed(child)) throw new Error('Azurite ended before it had saved everything.');
}

const hasFailed = ({ exitCode }: ChildProcess): boolean => exitCode !== 0;

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('the system gave no port');
  }
  return address.port;
}
