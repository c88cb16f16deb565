// NCRONTAB: six fields, seconds first, UTC, day of month AND day of week.
import { Cron } from 'croner';
import { HostFault } from './fault-codes';

/** When a timer is due. */
export interface TimerSchedule {
  /** The first time strictly after `from`. */
  next(from: Date): Date;
  /** The time between two runs, in ms, measured at `from`. */
  intervalMs(from: Date): number;
}

/**
 * Reads an NCRONTAB expression. Five fields mean second 0, as in the real host; time spans need an App Service plan and are refused.
 * @throws HostFault `trigger-unsupported`.
 */
export function parseSchedule(expression: string, usedBy: string): TimerSchedule {
  const fields = expression.trim().split(/\s+/);
  const sixFields = fields.length === 5 ? `0 ${expression.trim()}` : expression.trim();
  let cron: Cron;
  try {
    cron = new Cron(sixFields, { mode: '6-part', domAndDow: true, timezone: 'UTC', paused: true });
  } catch (cause) {
    throw new HostFault('trigger-unsupported', `The schedule of ${usedBy} is no NCRONTAB expression.`, { cause });
  }
  const next = (from: Date): Date => {
    const due = cron.nextRun(from);
    if (due === null) {
      throw new HostFault('trigger-unsupported', `The schedule of ${usedBy} is never due.`);
    }
    return due;
  };
  return {
    next,
    intervalMs(from) {
      const first = next(from);
      return next(first).getTime() - first.getTime();
    },
  };
}
