// One entry of the provisioning log → an outcome: which person, which change, and what that change did.
import { stableHash } from '../core/hash';
import type { ProvisioningEntry } from '../graph/provisioning-log';
import { cutWords } from '../graph/service-words';
import { classifyErrorCode } from './error-classes';
import { turnedOnBy } from './turned-on';
import type { Effect } from './verdict';
import { isSuccess } from './verdict';

/** What one entry says. */
export interface Outcome {
  readonly entryId: string;
  readonly externalId: string;
  /** ms; the service writes whole seconds. */
  readonly at: number;
  /** Short stable key of the change: entries of one change (the user, then its manager reference) share it. */
  readonly change: string;
  readonly effect: Effect | 'reference-failed';
  /** The service's error or skip code, if any. */
  readonly code: string | null;
  /** The service's own words; for the report only. */
  readonly reason: string | null;
  readonly transient: boolean;
  /** The change enabled an account that was disabled. */
  readonly turnedOn: boolean;
}

/** Hex digits of the key: enough to distinguish a row's few changes. */
const CHANGE_KEY_DIGITS = 10;

/** Characters of the service's code that are kept: its longest has 66 (error-classes.ts). Our choice, 2026-11: rows keep it, so it is bounded. */
const MAX_CODE_CHARS = 128;

const EFFECT_OF_ACTION: ReadonlyMap<string, Effect> = new Map([
  ['create', 'created'],
  ['update', 'updated'],
  ['disable', 'disabled'],
  ['delete', 'disabled'],
]);

/** Reads one entry; null if it names no person, no time or no status (it is evidence of nothing). */
export function readOutcome(entry: ProvisioningEntry): Outcome | null {
  const externalId = entry.sourceIdentity?.id ?? '';
  const at = Date.parse(entry.activityDateTime);
  if (externalId === '' || Number.isNaN(at) || entry.provisioningStatusInfo === null) return null;
  const info = entry.provisioningStatusInfo.errorInformation ?? null;
  const code = (info?.errorCode ?? skipReason(entry))?.slice(0, MAX_CODE_CHARS) ?? null;
  const effect = effectOf(entry, code);
  return {
    entryId: entry.id,
    externalId,
    at,
    change: stableHash([entry.changeId || entry.id], CHANGE_KEY_DIGITS),
    effect,
    code,
    reason: info?.reason == null ? null : cutWords(info.reason),
    transient:
      effect === 'reference-failed' ||
      (effect === 'failed' && code !== null && classifyErrorCode(code) === 'transient'),
    // A failure lists what it attempted (docs/reference/graph-provisioning.md §3.4).
    turnedOn: effect !== 'reference-failed' && isSuccess(effect) && turnedOnBy(entry.modifiedProperties),
  };
}

function effectOf(entry: ProvisioningEntry, code: string | null): Outcome['effect'] {
  const status = entry.provisioningStatusInfo?.status.toLowerCase();
  const action = entry.provisioningAction.toLowerCase();
  if (status === 'failure') return failedInReference(entry) ? 'reference-failed' : 'failed';
  // The deletion threshold was hit: staged, not done (docs/reference/graph-provisioning.md §3.6).
  if (action === 'stageddelete') return 'failed';
  if (status === 'skipped') return skippedForNoChange(entry, code) ? 'unchanged' : 'skipped';
  if (status === 'warning' && failedInReference(entry)) return 'reference-failed';
  return EFFECT_OF_ACTION.get(action) ?? 'unchanged';
}

const steps = (entry: ProvisioningEntry): NonNullable<ProvisioningEntry['provisioningSteps']> =>
  entry.provisioningSteps ?? [];

/** The user was written, only the manager could not be assigned (a second pass of the service). */
const failedInReference = (entry: ProvisioningEntry): boolean =>
  steps(entry).some(
    (step) =>
      step.provisioningStepType?.toLowerCase() === 'referenceresolution' && step.status?.toLowerCase() !== 'success',
  );

function skipReason(entry: ProvisioningEntry): string | null {
  for (const step of steps(entry)) {
    const details = step.details as Record<string, unknown> | null | undefined;
    if (typeof details?.SkipReason === 'string') return details.SkipReason;
  }
  return null;
}

/** "Source and target already match": nothing to do, the directory holds the record. Out of scope and similar are `skipped`. */
const skippedForNoChange = (entry: ProvisioningEntry, code: string | null): boolean =>
  skipReason(entry) === 'RedundantExport' ||
  (code === null && entry.provisioningAction.toLowerCase() === 'other' && !steps(entry).some(failedScoping));

const failedScoping = (step: { provisioningStepType?: string | null; status?: string | null }): boolean =>
  step.provisioningStepType?.toLowerCase() === 'scoping' && step.status?.toLowerCase() !== 'success';
