// What the simulator saw, as one object for tests and other processes.
import type { WindowStats } from './sliding-window';
import type { Tenant } from './tenant';
import type { Refusal } from './traffic';

/** Counts since the start. Times in ms since 1970 on the simulator's clock. */
export interface EntraStats {
  readonly now: number;
  readonly uploads: {
    /** Calls that arrived, rejected and cut ones included. */
    readonly calls: number;
    readonly accepted: number;
    /** Accepted calls with at least one bulkId that was accepted before. */
    readonly repeated: number;
    readonly acceptedWhileStopped: number;
    readonly firstAt: number | undefined;
    readonly lastAt: number | undefined;
    /** 40 calls in any 5 seconds. */
    readonly pace: WindowStats;
    /** 2,000 or 6,000 calls in any 24 hours. */
    readonly day: WindowStats;
  };
  readonly operations: {
    readonly accepted: number;
    readonly repeated: number;
    /** Accepted while another record of the same person waited to be processed. */
    readonly overlapping: number;
  };
  /** Windows of the log requests, by application. */
  readonly logPaces: Readonly<Record<string, WindowStats>>;
  /** Answers by route and status; `cut` for connections that were cut. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The last requests that were refused, with the reason, which the answer does not give. */
  readonly refusals: readonly Refusal[];
  /** Records by their result, `create.success` and the like. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly log: { readonly entries: number; readonly lost: number; readonly dropped: number };
  readonly users: number;
  readonly jobs: readonly {
    readonly jobId: string;
    readonly code: string;
    readonly waiting: number;
    readonly escrowed: number;
    readonly purged: number;
  }[];
  readonly followedRedirects: number;
}

/** Takes the statistics of a tenant. */
export function takeStats(tenant: Tenant): EntraStats {
  const { traffic, uploadPace, uploadDay, logPaces, log, directory, jobs, clock } = tenant;
  return {
    now: clock.now(),
    uploads: {
      calls: uploadPace.stats().calls,
      accepted: traffic.acceptedUploads,
      repeated: traffic.repeatedUploads,
      acceptedWhileStopped: traffic.acceptedWhileStopped,
      firstAt: traffic.firstUploadAt,
      lastAt: traffic.lastUploadAt,
      pace: uploadPace.stats(),
      day: uploadDay.stats(),
    },
    operations: {
      accepted: traffic.acceptedOperations,
      repeated: traffic.repeatedOperations,
      overlapping: traffic.overlappingOperations,
    },
    logPaces: Object.fromEntries([...logPaces].map(([appId, window]) => [appId, window.stats()])),
    answers: structuredClone(traffic.answers),
    refusals: [...traffic.refusals],
    outcomes: { ...traffic.outcomes },
    log: log.stats(),
    users: directory.size,
    jobs: [...jobs.values()].map((job) => ({
      jobId: job.id,
      code: job.code,
      waiting: job.queue.length,
      escrowed: job.escrows.size,
      purged: job.purged,
    })),
    followedRedirects: traffic.followedRedirects,
  };
}
