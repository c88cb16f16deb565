// The documents of a provisioning job → what the checks ask of them. Source: synchronizationJob, CSDL of August 2026, and the guide "Configure provisioning
// using Microsoft Graph APIs" (July 2024); docs/reference/graph-provisioning.md §4.1–4.2.
import { licenceOfSkus, type Licence } from '../graph/licence';
import { isObject, jsonOf, objectOf, objectsOf, textOf } from '../graph/loose-json';
import type { JobPicture, ProvisioningSettings } from './tenant-picture';

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

/** What `subscribedSkus` says of the tenant; null if it is no list. */
export function licenceOf(document: unknown): Licence | null {
  const { value } = objectOf(document);
  return Array.isArray(value) ? licenceOfSkus(value) : null;
}
