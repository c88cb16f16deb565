// The limits of the service as data: value, unit, source and date. Nothing else in the product writes such a number.
// "concepts page" = Learn, "API-driven inbound provisioning concepts", 24 July 2025; "issues page" = its troubleshooting page, 7 July 2026.

/** Operations in one bulk request, at most. Source: Graph `bulkUpload` resource page and concepts page. */
export const MAX_OPERATIONS_PER_REQUEST = 50;

/** Calls of `bulkUpload` in any window of `CALL_WINDOW_MS`, assumed per tenant. Source: concepts page; issues page. */
export const MAX_CALLS_PER_WINDOW = 40;
/** Milliseconds. Source: as above. (The API reference still says 40 per second; the newer, stricter wording wins.) */
export const CALL_WINDOW_MS = 5_000;

/** Calls in 24 hours by licence (P1/P2; ID Governance), per tenant. Source: concepts page; "Microsoft Entra licensing" (2026). */
export const MAX_CALLS_PER_DAY = { premium: 2_000, governance: 6_000 } as const;

/** Requests of `auditLogs/provisioning` in `LOG_WINDOW_MS`, per app and tenant. Source: Graph service-specific throttling limits (2026). */
export const MAX_LOG_REQUESTS_PER_WINDOW = 5;
/** Milliseconds. Source: as above. */
export const LOG_WINDOW_MS = 10_000;

/** Pause after "the bucket is full", minimum and maximum, ms. Source: issues page: pause the client 5 to 10 minutes, then retry. */
export const BUCKET_FULL_PAUSE_MS = { least: 300_000, most: 600_000 } as const;

/** Entries asked for in one page of the log. The maximum is not documented; 1,000 is that of the sibling sign-in log. */
export const LOG_PAGE_ENTRIES = 1_000;
