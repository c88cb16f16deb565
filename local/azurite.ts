// Azurite for tests, the demo and local runs: the three storage services as three child processes, in memory, on free ports.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** A running storage emulator. */
export interface Azurite {
  /** For blob, queue and table; good as `AzureWebJobsStorage`. */
  readonly connectionString: string;
  /** Ends the three processes; everything stored is gone. */
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

/** Makes the child end with its parent, also when the parent is killed: the IPC channel closes with it. */
const endWithParent = `data:text/javascript,${encodeURIComponent("process.on('disconnect', () => process.exit(0));")}`;

/**
 * Starts Azurite and resolves when all three services listen. Three processes, because a stall of the queue service then
 * leaves blobs and tables alone. They end with `stop()`, or with this process.
 * @throws Error with the service's own output when it is not up within a minute.
 */
export async function startAzurite(): Promise<Azurite> {
  const started = await Promise.allSettled([startService('blob'), startService('queue'), startService('table')]);
  const services = started.filter((one) => one.status === 'fulfilled').map((one) => one.value);
  const stop = async (): Promise<void> => {
    await Promise.all(services.map((service) => endService(service.child)));
  };
  const failed = started.find((one) => one.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  const endpoints = services.map(
    ({ service, port }) => `${endpointNames[service]}=http://127.0.0.1:${port}/${account.name};`,
  );
  const connectionString = `DefaultEndpointsProtocol=http;AccountName=${account.name};AccountKey=${account.key};${endpoints.join('')}`;
  return { connectionString, stop };
}

const endpointNames = { blob: 'BlobEndpoint', queue: 'QueueEndpoint', table: 'TableEndpoint' } as const;

interface RunningService {
  readonly service: Service;
  readonly port: number;
  readonly child: ChildProcess;
}

async function startService(service: Service): Promise<RunningService> {
  for (let attempt = 1; ; attempt += 1) {
    // Blob and queue print the port they got; the table service prints the one it was given, so it must be given a real one.
    const requestedPort = service === 'table' ? await findFreePort() : 0;
    const child = fork(
      require.resolve(`azurite/dist/src/${service}/main.js`),
      [`--${service}Port`, String(requestedPort), `--${service}Host`, '127.0.0.1', ...commonFlags],
      { execArgv: ['--import', endWithParent], stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: plainEnvironment() },
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
const commonFlags = ['--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', '--silent'];

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
