// Whether the app's event loop turns: its process says so every half second, and its parent, which no app can block, counts how long it is silent.
import type { ChildProcess } from 'node:child_process';

/** How often an app says that its loop turns, and how often its parent looks, in ms. */
const BEAT_EVERY_MS = 500;

/**
 * How long a loop may stand still, in ms. Longer than any garbage collection or single step of an app that is well, also on a laptop with more to
 * do than cores; far below the lease of a message. Our choice, 2026-11: the real host has no such limit, it ends a call after `functionTimeout`.
 */
export const DEFAULT_BLOCKED_AFTER_MS = 30_000;

/** What the app's process sends: its loop turns, and it counts as blocked when it has been silent for so long. */
interface Beat {
  readonly beat: 'host-loop-turns';
  readonly blockedAfterMs: number;
}

/** From now on this process says that its loop turns, as long as there is a parent that listens. */
export function sendHeartbeats(blockedAfterMs: number): void {
  const beat: Beat = { beat: 'host-loop-turns', blockedAfterMs };
  const send = (): void => {
    // A parent that has just ended is no fault: `disconnect` ends this process.
    if (process.connected) process.send?.(beat, undefined, {}, () => undefined);
  };
  // Now, because the first function may block the loop at once.
  send();
  setInterval(send, BEAT_EVERY_MS).unref();
}

/** Calls `onBlocked`, once, when the process has fallen silent; before its first heartbeat it is not watched. */
export function watchHeartbeats(child: ChildProcess, onBlocked: (silentForMs: number) => void): void {
  let allowedMs = Infinity;
  // Our own looks are counted, not the clock: if this process did not run either, or the machine slept, nobody was silent.
  let silentLooks = 0;
  child.on('message', (message) => {
    if (!isBeat(message)) return;
    allowedMs = message.blockedAfterMs;
    silentLooks = 0;
  });
  const timer = setInterval(() => {
    silentLooks++;
    if (silentLooks * BEAT_EVERY_MS < allowedMs) return;
    clearInterval(timer);
    onBlocked(allowedMs);
  }, BEAT_EVERY_MS);
  timer.unref();
  child.once('exit', () => clearInterval(timer));
}

const isBeat = (message: unknown): message is Beat =>
  typeof message === 'object' && message !== null && 'beat' in message && message.beat === 'host-loop-turns';
