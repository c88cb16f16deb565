// Starts the host as a child process: one app per process, and a host that can be killed.
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { HostEvent } from './host-log';
import { createTell, tellBlocked } from './host-log';
import type { HostExit, WatchedProcess } from './watched-process';
import { watchProcess } from './watched-process';

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
  /** How long running functions may take to end when the host is stopped, in ms; then it is killed. */
  readonly stopWithinMs?: number;
}

/** A host in a process of its own. If its loop is blocked, the process is ended, and another takes its place at the same address. */
export interface HostProcess {
  /** Of the process that runs now. */
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
  /** SIGTERM: running functions end first, then SIGKILL for those that do not. Resolves with the exit code, 1 after a signal. */
  stop(): Promise<number>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** How the host ended, once it has for good. */
  readonly exited: Promise<HostExit>;
}

const defaultWaitMs = 30_000;

/**
 * Starts a host and resolves when it is ready. It ends with this process.
 * @throws Error with the host's own fault when it does not start.
 */
export async function startHostProcess(options: HostProcessOptions): Promise<HostProcess> {
  const stream = new EventStream(options.onEvent);
  const tell = createTell(
    (line) => stream.take(line),
    true,
    () => new Date(),
  );
  let port = options.port ?? 0;
  const watched = watchProcess({
    fork: () => stream.follow(forkHost({ ...options, port })),
    onBlocked: (silentForMs) => tellBlocked(tell, silentForMs),
    stopWithinMs: options.stopWithinMs,
  });
  void watched.exited.then(() => stream.end());
  const ready = await untilReady(stream, watched);
  // Whoever knows the address of a host finds the next one there.
  port = Number(new URL(ready.url ?? '').port);
  return {
    get pid() {
      return watched.pid;
    },
    url: ready.url ?? '',
    hostId: ready.hostId ?? '',
    functions: ready.functions ?? [],
    events: () => stream.events,
    waitFor: (fits, timeoutMs) => stream.waitFor(fits, timeoutMs),
    exited: watched.exited,
    stop: async () => (await watched.stop()).code ?? 1,
    kill: () => watched.kill().then(() => undefined),
  };
}

async function untilReady(stream: EventStream, watched: WatchedProcess): Promise<HostEvent> {
  try {
    return await stream.waitFor((event) => event.event === 'host-ready');
  } catch (error) {
    await watched.kill();
    throw error;
  }
}

const forkHost = (options: HostProcessOptions): ChildProcess =>
  fork(mainFile(), toArguments(options), {
    env: { ...plainEnvironment(), ...options.settings },
    // A test runner's own flags are not meant for the host.
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });

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

/** The events of a host's processes, one after the other. */
class EventStream {
  readonly events: HostEvent[] = [];
  readonly #watchers = new Set<(newest: HostEvent | null) => void>();
  readonly #notices: string[] = [];
  readonly #onEvent: (event: HostEvent) => void;
  #ended = false;

  constructor(onEvent: (event: HostEvent) => void = () => undefined) {
    this.#onEvent = onEvent;
  }

  /** Takes what the process writes. */
  follow(child: ChildProcess): ChildProcess {
    child.stderr?.on('data', (chunk: Buffer) => this.#notices.push(chunk.toString()));
    if (child.stdout !== null) {
      createInterface({ input: child.stdout }).on('line', (line) => this.take(line));
    }
    return child;
  }

  /** Takes one line: an event, or something that the app printed itself. */
  take(line: string): void {
    const event = parseEvent(line);
    if (event === null) {
      this.#notices.push(line);
      return;
    }
    this.events.push(event);
    this.#onEvent(event);
    this.#wakeAll(event);
  }

  /** There will be no more. */
  end(): void {
    this.#ended = true;
    this.#wakeAll(null);
  }

  waitFor(fits: (event: HostEvent) => boolean, timeoutMs = defaultWaitMs): Promise<HostEvent> {
    return new Promise((resolveEvent, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        settle();
      };
      const look = (newest: HostEvent | null): void => {
        const found = newest === null ? this.events.find(fits) : fits(newest) ? newest : undefined;
        if (found !== undefined) {
          finish(() => resolveEvent(found));
        } else if (this.#ended) {
          finish(() => reject(new Error(`The host ended: ${this.#describeEnd()}`)));
        }
      };
      const timer = setTimeout(() => {
        finish(() => reject(new Error(`No such event within ${timeoutMs} ms. ${this.#describeEnd()}`)));
      }, timeoutMs);
      this.#watchers.add(look);
      look(null);
    });
  }

  #wakeAll(newest: HostEvent | null): void {
    for (const wake of this.#watchers) wake(newest);
  }

  #describeEnd(): string {
    const fault = this.events.find((event) => event.event === 'host-fault');
    return fault?.message ?? this.#notices.join('').trim();
  }
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
