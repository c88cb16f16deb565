// The limits of the real service, written a second time from docs/reference/graph-provisioning.md: a simulator that shared the product's
// numbers would be wrong whenever they are.

/** Most operations in one bulk request. Unit: operations. [BU-res], current 2026. */
export const MAX_OPERATIONS_PER_REQUEST = 50;

/** Calls of bulkUpload in any 5 seconds, for the whole tenant. [CONC] Jul 2025, [ISS] Jul 2026. */
export const UPLOAD_PACE: Pace = { calls: 40, windowMs: 5_000 };

/** Calls of bulkUpload in 24 hours for the whole tenant, by licence; without one not documented. [CONC] Jul 2025. Rolling or by calendar: not documented. */
export const DAILY_CALLS = { P1P2: 2_000, P1: 2_000, P2: 2_000, governance: 6_000, none: 2_000 } as const;

/** What the tenant has: P1P2 is both plans, as in the larger suites. */
export type Licence = keyof typeof DAILY_CALLS;

/** The window of the daily limit. Unit: ms. */
export const DAY_MS = 24 * 60 * 60 * 1_000;

/** Requests for provisioning logs per application and tenant. [THR] 2026. */
export const LOG_PACE: Pace = { calls: 5, windowMs: 10_000 };

/** How long log entries are kept with a premium licence. Unit: days. [ANALYZE] Sep 2024. */
export const LOG_RETENTION_DAYS = 30;

/** Largest page of the logs. Not documented for this list; the sibling sign-in list has 1,000. Unit: entries. */
export const MAX_PAGE_SIZE = 1_000;

/** Page size without `$top`. Not documented; chosen small so that every client meets a second page. Unit: entries. */
export const DEFAULT_PAGE_SIZE = 100;

/** A job in quarantine is disabled after four weeks. [QUAR] Mar 2025. Unit: ms. */
export const QUARANTINE_LIFETIME_MS = 28 * DAY_MS;

/** When a job is put into quarantine. [QUAR] Mar 2025. Units: share of entries, entries. */
export const QUARANTINE_THRESHOLDS: QuarantineThresholds = {
  failingShare: 0.4,
  failingShareFrom: 5_000,
  withoutReferences: 40_000,
  withReferences: 60_000,
};

/** Length of a user principal name, of its part before the @, and of its domain. Unit: characters. Entra ID documentation, 2026. */
export const UPN_LENGTH = { whole: 113, local: 64, domain: 48 } as const;

/** A limit of `calls` in any `windowMs`. */
export interface Pace {
  readonly calls: number;
  readonly windowMs: number;
}

/** Above these numbers of failing entries a job goes into quarantine. */
export interface QuarantineThresholds {
  /** Share of failing entries (0 to 1), once at least `failingShareFrom` fail. */
  readonly failingShare: number;
  readonly failingShareFrom: number;
  /** Failing entries, references (managers) not counted. */
  readonly withoutReferences: number;
  /** Failing entries, references counted. */
  readonly withReferences: number;
}
