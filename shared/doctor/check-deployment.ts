// Storage, and the identity that sends: what must be there before anything can be sent.
import type { GrantsPicture, Part, StoragePicture, TokenPicture } from './tenant-picture';
import { doubtful, wrong, type Found } from './finding';

/** Whether the account is in reach, and has all that the app uses. */
export function checkStorage({ refusal, missing }: StoragePicture): readonly Found[] {
  if (refusal !== null) return [wrong('storage-out-of-reach', { reason: [refusal] })];
  const { containers, queues, tables } = missing;
  return [
    ...(containers.length > 0 ? [wrong('containers-missing', { names: containers })] : []),
    ...(queues.length > 0 ? [wrong('queues-missing', { names: queues })] : []),
    ...(tables.length > 0 ? [wrong('tables-missing', { names: tables })] : []),
  ];
}

/** Whether there is a token for Graph. */
export const checkToken = ({ refusal }: TokenPicture): readonly Found[] =>
  refusal === null ? [] : [wrong('token-not-given', { reason: [refusal] })];

const UPLOAD = 'SynchronizationData-User.Upload';
const UPLOAD_OWNED = 'SynchronizationData-User.Upload.OwnedBy';
/** One of each is enough (docs/reference/graph-provisioning.md §3.1, §5). */
const READS_LOG = ['ProvisioningLog.Read.All', 'AuditLog.Read.All', 'Directory.Read.All'];
const READS_JOB = ['Synchronization.Read.All', 'Synchronization.ReadWrite.All', 'Application.ReadWrite.OwnedBy'];
/** More than the app ever does: with these it could change people, applications or jobs. */
const BEYOND_NEED =
  /^(?:Synchronization\.ReadWrite\.All|(?:Application|AppRoleAssignment|User|Directory|RoleManagement|Group)(?:\.\w+)*\.?ReadWrite\S*)$/;

/** Whether the identity may send, read the log and see its job, and no more. */
export function checkPermissions(
  { roles }: GrantsPicture,
  owners: Part<readonly string[]>,
  identity: string | null,
): readonly Found[] {
  const hasOne = (names: readonly string[]): boolean => names.some((name) => roles.includes(name));
  const beyond = roles.filter((role) => BEYOND_NEED.test(role));
  return [
    ...uploadFindings(roles, owners, identity),
    ...(hasOne(READS_LOG) ? [] : [wrong('log-not-permitted', {})]),
    ...(hasOne(READS_JOB) ? [] : [wrong('job-read-not-permitted', {})]),
    ...(beyond.length > 0 ? [doubtful('permission-beyond-need', { roles: beyond })] : []),
  ];
}

/** With the narrower permission only an owner of the application may send; whether it is one may not be known. */
function uploadFindings(
  roles: readonly string[],
  owners: Part<readonly string[]>,
  identity: string | null,
): readonly Found[] {
  if (roles.includes(UPLOAD)) return [];
  if (!roles.includes(UPLOAD_OWNED)) return [wrong('upload-not-permitted', {})];
  if (owners.kind === 'unread' || identity === null)
    return owners.kind === 'unread' ? [{ level: 'not-checked', message: owners.why }] : [];
  return owners.value.includes(identity) ? [] : [wrong('upload-needs-owner', {})];
}
