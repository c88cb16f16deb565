// How far the reading of each job's log has come in this process, when it ends before the log does: the next tick goes on there. Kept in
// the process, because only one reconcile runs at a time (the timer is a singleton); if it is lost, reading begins again at the watermark.
import type { JobKey } from './job-key';
import { jobText } from './job-key';
import { LOG_PAGE_ENTRIES } from './limits';
import type { LogStretch } from './log-stretches';

/** The next page to be read. */
export interface LogPlace {
  /** When the reading began, ms. */
  readonly begun: number;
  /** The watermark that the reading has written or found, ms. */
  readonly readUntil: number;
  /** The stretch that the page belongs to, and those to be read after it. */
  readonly stretch: LogStretch;
  readonly later: readonly LogStretch[];
  readonly path: string;
  /** Pages of this stretch, by a hash of their path; grows with each. */
  readonly seen: Set<string>;
  /** Runs (ids) that evidence of this reading could not be told to; grows. While there is one, the watermark waits. */
  readonly untold: Set<string>;
  /** How often the page could not be read. */
  readonly refusals: number;
}

/** One place per job, whose turn it is, and how large a page may be. */
export class LogPlaces {
  private readonly places = new Map<string, LogPlace>();
  private readonly turns = new Map<string, number>();
  private taken = 0;
  /** Entries that are asked for in one page; null once the service has refused to be asked for that many. */
  pageSize: number | null = LOG_PAGE_ENTRIES;

  /** Jobs in the order of their turns: those first whose log was not read, or read longest ago. Time may run out before the last. */
  inTurn<T>(jobs: readonly T[], keyOf: (one: T) => JobKey): readonly T[] {
    const turnOf = (one: T): number => this.turns.get(jobText(keyOf(one))) ?? 0;
    return [...jobs].sort((a, b) => turnOf(a) - turnOf(b));
  }

  /** Takes the place of a job, whose turn this is; null if there is none, or if the watermark was moved by another process since. */
  take(job: JobKey, readUntil: number): LogPlace | null {
    const key = jobText(job);
    this.turns.set(key, ++this.taken);
    const place = this.places.get(key);
    this.places.delete(key);
    return place?.readUntil === readUntil ? place : null;
  }

  keep(job: JobKey, place: LogPlace): void {
    this.places.set(jobText(job), place);
  }
}
