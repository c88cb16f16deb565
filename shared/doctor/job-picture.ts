// The documents of a provisioning job → what the checks ask of them. Source: synchronizationJob, CSDL of August 2026, and the guide "Configure provisioning
// using Microsoft Graph APIs" (July 2024); docs/reference/graph-provisioning.md §4.1–4.2.
import { isObject } from '../graph/management';
import { jsonOf, objectOf, objectsOf, textOf } from './loose-json';
import type { JobPicture, Licence, ProvisioningSettings } from './tenant-picture';

/** Null for a document that is no job. */
export function jobPicture(document: unknown): JobPicture | null {
  const job = objectOf(document);
  const status = objectOf(job['status']);
  if (typeof status['code'] !== 'string') return null;
  const { quarantine, lastExecution } = status;
  return {
    id: textOf(job['id']),
    schedule: textOf(objectOf(job['schedule'])['state']),
    status: status['code'],
    quarantine: isObject(quarantine)
      ? {
          reason: wordOf(quarantine['reason']) ?? 'Unknown',
          errorCode: wordOf(objectOf(quarantine['error'])['code']),
          since: typeof quarantine['currentBegan'] === 'string' ? quarantine['currentBegan'] : null,
        }
      : null,
    lastExecution: isObject(lastExecution)
      ? { state: textOf(lastExecution['state']), errorCode: wordOf(objectOf(lastExecution['error'])['code']) }
      : null,
  };
}

/** Members of an enumeration and error codes are one word; anything else may quote a person, and is kept out. */
const wordOf = (value: unknown): string | null =>
  typeof value === 'string' && /^[A-Za-z]\w{0,79}$/.test(value) ? value : null;

/**
 * Key–value pairs of `synchronization/secrets`. Null for anything that is no list of pairs, and if the settings of the notification are there but hidden:
 * nobody may take them for missing.
 */
export function provisioningSettings(document: unknown): ProvisioningSettings | null {
  const { value } = objectOf(document);
  if (!Array.isArray(value)) return null;
  const pairs = new Map(objectsOf(value).map((pair) => [textOf(pair['key']).toLowerCase(), textOf(pair['value'])]));
  const settings = jsonOf(pairs.get('syncnotificationsettings') ?? '{}');
  if (!isObject(settings)) return null;
  const threshold = Number(settings['DeleteThresholdValue']);
  return {
    isNotifying: isTrue(settings['Enabled']),
    recipients: textOf(settings['Recipients'])
      .split(/[,;\s]+/)
      .filter((recipient) => recipient !== ''),
    isThresholdOn: isTrue(settings['DeleteThresholdEnabled']),
    threshold: settings['DeleteThresholdValue'] !== undefined && Number.isFinite(threshold) ? threshold : null,
    skipsOutOfScope: isTrue(pairs.get('skipoutofscopedeletions')),
    hasDomain: pairs.has('syncagentadcontainer') || pairs.has('syncagentcompatibilitykey'),
  };
}

const isTrue = (value: unknown): boolean =>
  value === true || (typeof value === 'string' && value.toLowerCase() === 'true');

/**
 * Service plans that decide. Source: Learn, "Product names and service plan identifiers for licensing" (2026): `AAD_PREMIUM`, `AAD_PREMIUM_P2`,
 * `Entra_Identity_Governance`, the last also in Microsoft Entra Suite.
 */
const PLANS: Readonly<Record<string, Licence>> = {
  aad_premium: 'premium',
  aad_premium_p2: 'premium',
  entra_identity_governance: 'governance',
};

/** What `subscribedSkus` says of the tenant: subscriptions that can be used, service plans that are not disabled; null if it is no list. */
export function licenceOf(document: unknown): Licence | null {
  const { value } = objectOf(document);
  if (!Array.isArray(value)) return null;
  const plans = objectsOf(value)
    .filter(({ capabilityStatus }) => capabilityStatus === 'Enabled' || capabilityStatus === 'Warning')
    .flatMap((sku) => objectsOf(sku['servicePlans']))
    .filter(({ provisioningStatus }) => provisioningStatus !== 'Disabled' && provisioningStatus !== 'Error')
    .map((plan) => PLANS[textOf(plan['servicePlanName']).toLowerCase()]);
  return plans.includes('governance') ? 'governance' : plans.includes('premium') ? 'premium' : 'none';
}
