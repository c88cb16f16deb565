// What the host logs: one event for each thing that happened, as a line for people or as one JSON object per line.
import type { LogLevel } from './core-contract';

/** The names of the host's events; tests and tools wait for them. */
export type HostEventName =
  | 'host-starting'
  | 'function-found'
  | 'function-disabled'
  | 'host-ready'
  | 'invocation-started'
  | 'invocation-succeeded'
  | 'invocation-failed'
  | 'message-poisoned'
  | 'message-stuck'
  | 'lease-lost'
  | 'singleton-held'
  | 'singleton-lost'
  | 'timer-next'
  | 'storage-error'
  | 'log'
  | 'host-blocked'
  | 'host-stopping'
  | 'host-stopped'
  | 'host-fault';

/** One event. Durations are in ms; `time` is ISO 8601, UTC. It never contains message bodies or blob contents. */
export interface HostEvent {
  readonly time: string;
  readonly level: LogLevel;
  readonly event: HostEventName;
  readonly message: string;
  readonly functionName?: string;
  readonly invocationId?: string;
  readonly category?: string;
  readonly durationMs?: number;
  readonly code?: string;
  /** Where a function failed; printed below the line for people. */
  readonly stack?: string;
  readonly url?: string;
  readonly hostId?: string;
  readonly functions?: readonly string[];
}

/** What an event may carry besides its name, level and message. */
export type HostEventDetails = Omit<HostEvent, 'time' | 'level' | 'event' | 'message'>;

/** Logs one event. */
export type Tell = (level: LogLevel, event: HostEventName, message: string, details?: HostEventDetails) => void;

/** A log that writes to `write`, one line per event: JSON, or as `func start` prints. */
export function createTell(write: (line: string) => void, asJson: boolean, now: () => Date): Tell {
  return (level, event, message, details = {}) => {
    const time = now().toISOString();
    const told: HostEvent = { time, level, event, message, ...details };
    write(asJson ? JSON.stringify(told) : toLine(told));
  };
}

/** Logs that a process was ended because its loop stood still, and that another takes its place; its parent does. */
export function tellBlocked(tell: Tell, silentForMs: number): void {
  const then = 'Its process was ended, and another is started; its messages come again when their lease ends.';
  const message = `The event loop was blocked for ${silentForMs / 1_000} s. ${then}`;
  tell('error', 'host-blocked', message, { durationMs: silentForMs });
}

function toLine({ time, level, event, message, functionName, stack }: HostEvent): string {
  const mark = level === 'error' || level === 'critical' ? 'ERROR ' : level === 'warning' ? 'WARN ' : '';
  const source = event === 'log' && functionName !== undefined ? `${functionName}: ` : '';
  const frames = stack === undefined ? '' : stack.slice(Math.max(0, stack.indexOf('\n    at ')));
  return `[${time}] ${mark}${source}${message}${frames}`;
}

/** The message of anything that was thrown, with the messages of its causes, on one line. */
export function describeError(thrown: unknown): string {
  if (!(thrown instanceof Error)) {
    return String(thrown);
  }
  const own = `${thrown.name}: ${thrown.message.split('\n')[0] ?? ''}`;
  return thrown.cause === undefined ? own : `${own} (cause: ${describeError(thrown.cause)})`;
}
