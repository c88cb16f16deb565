// The epoch of a source's records: as long as it is the same, the same row gives the same record (until a day of it comes, if it has any), and
// equal hashes mean equal people.
import { stableHash } from '../core/hash';
import type { JobKey } from '../graph/job-key';
import { foldJob, jobText } from '../graph/job-key';
import { enterpriseUserUrn, rootAttributes } from '../scim/scim-schema';
import type { SourceSettings } from '../source/settings-schema';
import type { RosterEntry } from './roster-entry';
import type { Epoch, RosterHeader } from './roster-file';

/** Values in the order of their names, so that a source.json that was only rearranged begins no new epoch. Lists keep their order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}

const hashOf = (...values: readonly unknown[]): string => stableHash(values.map((one) => JSON.stringify(sorted(one))));

const SCHEMA = hashOf(enterpriseUserUrn, rootAttributes);

/** The epoch of the records that these settings make: their id, status and mapping, our schema of users, and the job they go to. */
export const epochOf = ({
  id,
  active,
  mapping,
  job,
}: Pick<SourceSettings, 'id' | 'active' | 'mapping' | 'job'>): Epoch => ({
  mapping: hashOf(id, active, mapping, job.target),
  schema: SCHEMA,
  job: jobText(job),
});

/** The version of the words and days by which settings read a status, and of the ids that they are read for. */
export const statusOf = ({ id, active }: Pick<SourceSettings, 'id' | 'active'>): string => hashOf(id, active);

/** The epoch of records whose settings cannot be read any more: that of no others. */
export const UNKNOWN_EPOCH: Epoch = { mapping: '', schema: '', job: '' };

/** True if the confirmed record of an entry went to this job; an epoch that is no longer listed may be of any. */
export const wentTo = (
  { epoch }: Pick<RosterEntry, 'epoch'>,
  { epochs }: Pick<RosterHeader, 'epochs'>,
  job: JobKey,
): boolean => epochs[epoch - 1]?.job.toLowerCase() === jobText(foldJob(job));
