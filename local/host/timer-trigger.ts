// `app.timer`: runs when due, never twice at once in this process, and on one host at a time.
import { describeError } from './host-log';
import type { HostServices } from './host-services';
import { Singleton } from './singleton';
import { hostContainer } from './storage';
import { parseSchedule } from './timer-schedule';
import { neverRan, type TimerStatus, TimerStatusStore } from './timer-status';
import { type Listener, textOf, type TriggeredFunction } from './trigger';
import { sleep } from './waiting';

/** Below this interval the real host keeps no status and does not know "past due" (TimerTriggerAttribute.UseMonitor). */
const minMonitoredIntervalMs = 60_000;
/** The longest delay that setTimeout supports, in ms. */
const maxTimeoutMs = 2 ** 31 - 1;

/** The listener of a timer-triggered function. */
export function createTimerTrigger(triggered: TriggeredFunction, services: HostServices): Listener {
  const { fn, name, bindingName, trigger } = triggered;
  const { settings, hostId, invoker, tell } = services;
  const schedule = parseSchedule(settings.resolve(textOf(trigger, 'schedule', name), name), name);
  const container = hostContainer(services.storage);
  const singleton = new Singleton(container, hostId, `Host.Functions.${name}.Listener`, tell);
  const store = new TimerStatusStore(container, hostId, name);
  const monitored = trigger.useMonitor !== false && schedule.intervalMs(new Date()) >= minMonitoredIntervalMs;
  let running: Promise<unknown> = Promise.resolve();
  let status: TimerStatus | null = null;

  /** One run at a time, however it was started. */
  function run(isPastDue: boolean, reason: string): Promise<void> {
    const mine = running.then(async () => {
      const input = {
        Schedule: { AdjustForDST: true },
        ScheduleStatus: monitored ? status : null,
        IsPastDue: isPastDue,
      };
      await invoker.invoke(fn, { bindingName, data: { json: JSON.stringify(input) }, metadata: {}, reason });
    });
    running = mine;
    return mine;
  }

  async function note(last: string): Promise<void> {
    const now = new Date();
    status = { Last: last, Next: schedule.next(now).toISOString(), LastUpdated: now.toISOString() };
    if (monitored) {
      try {
        await store.write(status);
      } catch (error) {
        tell('warning', 'storage-error', `The status of ${name} was not written: ${describeError(error)}`);
      }
    }
  }

  /** Resolves with `false` when the lock was lost before. */
  async function untilDue(due: Date, lost: AbortSignal): Promise<boolean> {
    for (let waitMs = due.getTime() - Date.now(); waitMs > 0; waitMs = due.getTime() - Date.now()) {
      if (!(await sleep(Math.min(waitMs, maxTimeoutMs), lost))) {
        return false;
      }
    }
    return !lost.aborted;
  }

  async function whileHeld(lost: AbortSignal): Promise<void> {
    status = monitored ? await readStatus() : null;
    const isPastDue = status !== null && new Date(status.Next) < new Date();
    if (!lost.aborted && (isPastDue || trigger.runOnStartup === true)) {
      await run(isPastDue, isPastDue ? 'Timer fired, past due.' : 'Timer fired at startup.');
    }
    await note(isPastDue || trigger.runOnStartup === true ? new Date().toISOString() : (status?.Last ?? neverRan));
    while (!lost.aborted) {
      const due = schedule.next(new Date());
      tell('debug', 'timer-next', `${name} is due at ${due.toISOString()}.`, { functionName: name });
      if ((await untilDue(due, lost)) && singleton.isHeld) {
        await run(false, `Timer fired at ${new Date().toISOString()}`);
        await note(due.toISOString());
      }
    }
    // A run fired by hand must end before another host may begin one.
    await running;
  }

  async function readStatus(): Promise<TimerStatus | null> {
    try {
      return await store.read();
    } catch (error) {
      tell('warning', 'storage-error', `The status of ${name} could not be read: ${describeError(error)}`);
      return null;
    }
  }

  return {
    functionName: name,
    start: () => singleton.start(whileHeld),
    async stop() {
      await singleton.stop();
      await running;
    },
    async fire() {
      if (!singleton.isHeld) {
        return 'busy-elsewhere';
      }
      await run(false, 'This function was programmatically called.');
      return 'fired';
    },
  };
}
