// Starts the host as a child process: one app per process, and a host that can be killed.
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { HostEvent } from './host-log';

/** What a host process is started with. */
export interface HostProcessOptions {
  /** The folder of package.json and host.json. */
  readonly appDir: string;
  /** App settings on top of this process's environment. */
  readonly settings: Readonly<Record<string, string>>;
  /** Default: local.settings.json in the app folder, if there is one. */
  readonly settingsFile?: string;
  /** Default 0: any free one. */
  readonly port?: number;
  /** Called for each event, including those before ready. */
  readonly onEvent?: (event: HostEvent) => void;
}

/** A host in a process of its own. */
export interface HostProcess {
  readonly pid: number;
  readonly url: string;
  readonly hostId: string;
  readonly functions: readonly string[];
  /** All events so far. */
  events(): readonly HostEvent[];
  /**
   * The first event, past or future, that matches.
   * @throws Error when there is none within `timeoutMs` or before the process ended.
   */
  waitFor(fits: (event: HostEvent) => boolean, timeoutMs?: number): Promise<HostEvent>;
  /** SIGTERM: running functions end first. Resolves with the exit code. */
  stop(): Promise<number>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** How the process ended, once it has. */
  readonly exited: Promise<HostExit>;
}

/** How a process ended. */
export interface HostExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const defaultWaitMs = 30_000;

/**
 * Starts a host and resolves when it is ready. It ends with this process.
 * @throws Error with the host's own fault when it does not start.
 */
export async function startHostProcess(options: HostProcessOptions): Promise<HostProcess> {
  const child = fork(mainFile(), toArguments(options), {
    env: { ...plainEnvironment(), ...options.settings },
    // A test runner's own flags are not meant for the host.
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const stream = followEvents(child, options.onEvent);
  let ready: HostEvent;
  try {
    ready = await stream.waitFor((event) => event.event === 'host-ready');
  } catch (error) {
    child.kill('SIGKILL');
    await stream.exited;
    throw error;
  }
  return {
    pid: child.pid ?? 0,
    url: ready.url ?? '',
    hostId: ready.hostId ?? '',
    functions: ready.functions ?? [],
    events: () => stream.events(),
    waitFor: (fits, timeoutMs) => stream.waitFor(fits, timeoutMs),
    exited: stream.exited,
    async stop() {
      child.kill('SIGTERM');
      return (await stream.exited).code ?? 1;
    },
    async kill() {
      child.kill('SIGKILL');
      await stream.exited;
    },
  };
}

/** The compiled command: next to this file, or in dist/ when this file runs from its source under a test runner. */
function mainFile(): string {
  const beside = join(__dirname, 'main.js');
  const built = resolve(__dirname, '../../dist/local/host/main.js');
  const found = [beside, built].find((path) => existsSync(path));
  if (found === undefined) {
    throw new Error('The local host is not built: npm run build.');
  }
  return found;
}

function toArguments({ appDir, settingsFile, port = 0 }: HostProcessOptions): string[] {
  const settings = settingsFile === undefined ? [] : ['--settings', settingsFile];
  return ['--json', '--app', appDir, '--port', String(port), ...settings];
}

function plainEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_OPTIONS: '' };
}

interface EventStream {
  readonly exited: Promise<HostExit>;
  events(): readonly HostEvent[];
  waitFor(fits: (event: HostEvent) => boolean, timeoutMs?: number): Promise<HostEvent>;
}

function followEvents(child: ChildProcess, onEvent: (event: HostEvent) => void = () => undefined): EventStream {
  const events: HostEvent[] = [];
  const watchers = new Set<(newest: HostEvent | null) => void>();
  const notices: string[] = [];
  let ended = false;
  const wakeAll = (newest: HostEvent | null): void => {
    for (const wake of watchers) {
      wake(newest);
    }
  };
  child.stderr?.on('data', (chunk: Buffer) => notices.push(chunk.toString()));
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = parseEvent(line);
      if (event === null) {
        notices.push(line);
        return;
      }
      events.push(event);
      onEvent(event);
      wakeAll(event);
    });
  }
  const exited = new Promise<HostExit>((resolveExit) => {
    // `close` comes after the last line was read; `exit` may come earlier.
    child.once('close', (code, signal) => {
      ended = true;
      resolveExit({ code, signal });
      wakeAll(null);
    });
  });
  const describeEnd = (): string => {
    const fault = events.find((event) => event.event === 'host-fault');
    return fault?.message ?? notices.join('').trim();
  };
  return {
    exited,
    events: () => events,
    waitFor(fits, timeoutMs = defaultWaitMs) {
      return new Promise((resolveEvent, reject) => {
        const finish = (settle: () => void): void => {
          clearTimeout(timer);
          watchers.delete(look);
          settle();
        };
        const look = (newest: HostEvent | null): void => {
          const found = newest === null ? events.find(fits) : fits(newest) ? newest : undefined;
          if (found !== undefined) {
            finish(() => resolveEvent(found));
          } else if (ended) {
            finish(() => reject(new Error(`The host ended: ${describeEnd()}`)));
          }
        };
        const timer = setTimeout(() => {
          finish(() => reject(new Error(`No such event within ${timeoutMs} ms. ${describeEnd()}`)));
        }, timeoutMs);
        watchers.add(look);
        look(null);
      });
    },
  };
}

function parseEvent(line: string): HostEvent | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'event' in value ? (value as HostEvent) : null;
  } catch {
    // Something the app printed itself.
    return null;
  }
}
