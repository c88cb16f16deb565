// The switches of the simulator. What docs/reference/graph-provisioning.md documents is the default; what it calls undocumented is a
// switch (README.md lists both).
import {
  DAILY_CALLS,
  DEFAULT_PAGE_SIZE,
  LOG_PACE,
  LOG_RETENTION_DAYS,
  MAX_PAGE_SIZE,
  QUARANTINE_THRESHOLDS,
  UPLOAD_PACE,
  type Licence,
  type Pace,
  type QuarantineThresholds,
} from './limits';
import type { Rule } from './rules';
import { ENTERPRISE_URN } from './scim-attributes';
import { readMonotonicTime } from './simulator-clock';

/** A delay in ms: always the same, or drawn by the seed from [least, most]. */
export type Delay = number | readonly [number, number];

/** How `Retry-After` is written on a 429. */
export type RetryAfterForm = 'none' | 'seconds' | 'date';

/** Probabilities (0 to 1) of faults, drawn by the seed. */
export interface RandomFaults {
  /** Of an upload: 429 without Retry-After. */
  readonly rate429?: number;
  /** Of an upload: 503 with an HTML body. */
  readonly html503?: number;
  /** Of an upload: connection cut before, during, or after the body was accepted. */
  readonly cutBefore?: number;
  readonly cutDuring?: number;
  readonly cutAfterAccept?: number;
  /** Of a log entry: never shown, shown twice, shown `entryLateMs` later. */
  readonly entryLost?: number;
  readonly entryTwice?: number;
  readonly entryLate?: number;
  /** Unit: ms, divided by speed. Default 60,000. */
  readonly entryLateMs?: number;
  /** Of one attempt at one person: fails for a transient reason. */
  readonly transientFailure?: number;
}

/** Settings of a simulator; everything has a default. */
export interface EntraOptions {
  /** TCP port on 127.0.0.1; 0 (default) takes a free one. */
  readonly port?: number;
  /** All randomness comes from it. Default 1. */
  readonly seed?: number;
  /** The clock, ms since 1970. Default: the monotonic clock. */
  readonly now?: () => number;
  /** Divides delays (processing, cycle, log delay), never rate windows. Default 1. */
  readonly speed?: number;
  readonly tenantId?: string;
  /** Decides the daily calls and what `/subscribedSkus` answers. Default P1P2. */
  readonly licence?: Licence;
  /** Any non-empty bearer token may do everything. Default false. */
  readonly acceptAnyToken?: boolean;
  /** An unknown job is created and started when it is first requested. Default false: 404. */
  readonly autoCreateJobs?: boolean;

  readonly uploadPace?: Pace;
  readonly dailyCalls?: number;
  readonly logPace?: Pace;
  /** On a 429 of bulkUpload (not documented): default none. */
  readonly retryAfter?: RetryAfterForm;
  /** On a 429 of the logs: default seconds. */
  readonly logRetryAfter?: RetryAfterForm;
  /** Above it 413. Not documented. Default 4 MiB. */
  readonly maxBodyBytes?: number;
  /** Operations waiting in the queue of one job, failing ones included; above it 500. Default 20,000. */
  readonly queueCapacity?: number;
  /** Body of the 202. Default empty. */
  readonly acceptedBody?: 'empty' | 'object' | 'headers';
  /** The same bulkId twice in one request (not documented). Default reject. */
  readonly duplicateBulkIds?: 'reject' | 'accept';

  /** The `path` of an operation: exactly `/Users` (default), or in any case. */
  readonly userPath?: 'exact' | 'any-case';
  /** What `schemas` of a user must list: core and enterprise (default), or core alone where no other is used. */
  readonly userSchemas?: 'core-and-enterprise' | 'core';

  /** From acceptance to processing. Default [1,000, 3,000] ms. */
  readonly processingDelayMs?: Delay;
  /** Operations overtake each other. Default true; false processes in the order of acceptance. */
  readonly shuffle?: boolean;
  /** Between two retries of a failed record. Default 40 minutes. */
  readonly cycleMs?: number;
  /** Which failures the service itself retries in later cycles. Default all. */
  readonly escrowRetries?: 'all' | 'none';
  readonly rules?: readonly Rule[];
  readonly random?: RandomFaults;
  /** Domains a user principal name may have. Default: any. */
  readonly verifiedDomains?: readonly string[];
  /**
   * all (default): the tenant maps every attribute that is sent; default: only the default mapping; schema: the
   * schema that was PUT, or the default mapping.
   */
  readonly mapping?: 'all' | 'default' | 'schema';
  /** The two gates of "flow null values" as lists of SCIM paths; a path must be in both. Default none. */
  readonly nullFlow?: { readonly attributes: readonly string[]; readonly mappings: readonly string[] };
  /** A record without `active`. Default untouched. */
  readonly absentActive?: 'untouched' | 'disables';
  /** Status of the entry for a manager that cannot be found (not documented). Default failure. */
  readonly managerFailure?: 'failure' | 'warning';
  /** Skipped entries carry the error information EntrySynchronizationSkipped. Default false: null. */
  readonly skippedWithError?: boolean;
  readonly quarantineThresholds?: QuarantineThresholds;

  /** Name of the source object in the schema of a job (not documented). Default the URN of the enterprise user. */
  readonly sourceObject?: string;
  /** Ids of a job's template: drawn by the seed (default), or as inferred from the ids of jobs, `API2AAD` and `API2AD`. */
  readonly templateIds?: 'random' | 'inferred';

  /** From processing to the visible log entry. Default [300,000, 600,000] ms. */
  readonly logDelayMs?: Delay;
  /**
   * Filters as they are documented: the operators of each property, in the logs `and` alone, in the directory
   * `ConsistencyLevel: eventual` where it is required. Default false: every list takes every operator.
   */
  readonly strictFilter?: boolean;
  /** The list is unordered, whatever `$orderby` says. Default false. */
  readonly unsorted?: boolean;
  readonly defaultPageSize?: number;
  readonly maxPageSize?: number;
  readonly retentionDays?: number;
  /** `activityDateTime` without fraction, as the reference prints it. Default true. */
  readonly wholeSeconds?: boolean;
  /** Bound of memory; the oldest entries go first and are counted. Default 100,000, a day of full uploads. */
  readonly maxLogEntries?: number;
  /** How long a new application and its service principal answer 404. Unit: ms, divided by speed. Default 0. */
  readonly replicationDelayMs?: number;
}

/** Options with every default in place. */
export type Settings = Required<Omit<EntraOptions, 'random'>> & { readonly random: Required<RandomFaults> };

const NO_RANDOM_FAULTS: Required<RandomFaults> = {
  rate429: 0,
  html503: 0,
  cutBefore: 0,
  cutDuring: 0,
  cutAfterAccept: 0,
  entryLost: 0,
  entryTwice: 0,
  entryLate: 0,
  entryLateMs: 60_000,
  transientFailure: 0,
};

const DEFAULTS: Omit<Settings, 'dailyCalls' | 'random'> = {
  port: 0,
  seed: 1,
  now: readMonotonicTime,
  speed: 1,
  tenantId: '01234567-89ab-4def-8123-456789abcdef',
  licence: 'P1P2',
  acceptAnyToken: false,
  autoCreateJobs: false,
  uploadPace: UPLOAD_PACE,
  logPace: LOG_PACE,
  retryAfter: 'none',
  logRetryAfter: 'seconds',
  maxBodyBytes: 4 * 1_024 * 1_024,
  queueCapacity: 20_000,
  acceptedBody: 'empty',
  duplicateBulkIds: 'reject',
  userPath: 'exact',
  userSchemas: 'core-and-enterprise',
  processingDelayMs: [1_000, 3_000],
  shuffle: true,
  cycleMs: 40 * 60_000,
  escrowRetries: 'all',
  rules: [],
  verifiedDomains: [],
  mapping: 'all',
  nullFlow: { attributes: [], mappings: [] },
  absentActive: 'untouched',
  managerFailure: 'failure',
  skippedWithError: false,
  quarantineThresholds: QUARANTINE_THRESHOLDS,
  sourceObject: ENTERPRISE_URN,
  templateIds: 'random',
  logDelayMs: [5 * 60_000, 10 * 60_000],
  strictFilter: false,
  unsorted: false,
  defaultPageSize: DEFAULT_PAGE_SIZE,
  maxPageSize: MAX_PAGE_SIZE,
  retentionDays: LOG_RETENTION_DAYS,
  wholeSeconds: true,
  maxLogEntries: 100_000,
  replicationDelayMs: 0,
};

/** Puts every default in place. Throws a RangeError for a speed that is not positive. */
export function resolveOptions(options: EntraOptions): Settings {
  const settings = {
    ...DEFAULTS,
    dailyCalls: DAILY_CALLS[options.licence ?? DEFAULTS.licence],
    ...options,
    random: { ...NO_RANDOM_FAULTS, ...options.random },
  };
  if (!(settings.speed > 0)) throw new RangeError('speed must be a positive number.');
  return settings;
}

/** Minimum and maximum of a delay after division by speed. Unit: ms. */
export function scaleDelay(delay: Delay, speed: number): readonly [number, number] {
  const [least, most] = typeof delay === 'number' ? [delay, delay] : delay;
  return [least / speed, most / speed];
}
