// A process that runs an app, watched from outside: when its loop is blocked it is ended and another takes its place, and it ends when it is told to.
//
//   running ── silent for too long ──► ended (SIGKILL) ──► running, in a new process
//      │ stop: asked to end, later SIGKILL; kill: SIGKILL; or by itself
//      ▼
//   exited
import type { ChildProcess } from 'node:child_process';
import { watchHeartbeats } from './heartbeat';

/** How a process ended. */
export interface HostExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What is watched, and who is told. */
export interface WatchOptions {
  /** Starts the process, with an IPC channel; called again after each blocked one. */
  readonly fork: () => ChildProcess;
  /** A process was ended because its loop stood still for `silentForMs`; another is about to start. */
  readonly onBlocked: (silentForMs: number) => void;
  /** How long running functions may take to end after it was asked to, in ms. Default: `STOP_WITHIN_MS`. */
  readonly stopWithinMs?: number | undefined;
}

/** A process that is watched. */
export interface WatchedProcess {
  readonly pid: number;
  /** Asks it to end, and kills it if it has not ended in time; nothing takes its place. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<HostExit>;
  /** SIGKILL; nothing takes its place. */
  kill(): Promise<HostExit>;
  /** How it ended for good. */
  readonly exited: Promise<HostExit>;
}

/**
 * How long running functions may take to end, in ms: several times what a call to a service with its waiting takes. Whatever is cut off then is
 * done again when the lease of its message ends. Our choice, 2026-11; Azure's own time depends on the plan.
 */
const STOP_WITHIN_MS = 60_000;

/** Starts the process and watches it until it has ended for good. */
export function watchProcess({ fork, onBlocked, stopWithinMs = STOP_WITHIN_MS }: WatchOptions): WatchedProcess {
  let child: ChildProcess;
  let isEnding = false;
  let resolveExited: (exit: HostExit) => void;
  const exited = new Promise<HostExit>((resolve) => (resolveExited = resolve));
  const start = (): void => {
    child = fork();
    let isBlocked = false;
    watchHeartbeats(child, (silentForMs) => {
      isBlocked = true;
      child.kill('SIGKILL');
      onBlocked(silentForMs);
    });
    // `close` comes after the last line of output; `exit` may come earlier.
    child.once('close', (code, signal) => {
      if (isBlocked && !isEnding) start();
      else resolveExited({ code, signal });
    });
  };
  start();
  return {
    get pid() {
      return child.pid ?? 0;
    },
    exited,
    stop(signal = 'SIGTERM') {
      isEnding = true;
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      return exited.finally(() => clearTimeout(timer));
    },
    kill() {
      isEnding = true;
      child.kill('SIGKILL');
      return exited;
    },
  };
}
