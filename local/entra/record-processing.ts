// What happens to one record when the service processes it: create, update, disable, skip or fail.
import { isMappedByDefault } from './attribute-mapping';
import { drawChance, makeGuid } from './chance';
import type { Directory, StoredUser } from './directory';
import type { Job } from './job';
import type { Settings } from './options';
import type { ErrorInformation, ModifiedProperty, ProvisioningAction, ProvisioningResult } from './provisioning-log';
import type { PersonFacts, RuleBook } from './rules';
import type { AttributeValue, FlatUser } from './scim-attributes';
import { computeChange } from './target-change';
import { checkUserName, failWith } from './user-name-check';

/** The result of a record; `silent` leaves no trace, `user` is the user that was written or matched. */
export interface Outcome {
  readonly action: ProvisioningAction;
  readonly status: ProvisioningResult;
  readonly error?: ErrorInformation;
  readonly skipReason?: string;
  readonly changes: readonly ModifiedProperty[];
  readonly user?: StoredUser;
  readonly silent?: boolean;
}

/** What processing needs. */
export interface ProcessingContext {
  readonly settings: Settings;
  readonly directory: Directory;
  readonly rules: RuleBook;
}

const TRANSIENT_CODES = ['AzureDirectoryServiceServerBusy', 'TooManyRequests', 'Timeout'] as const;

/** Processes one record at `at` (ms since 1970): decides, and writes the directory if it succeeds. */
export function processRecord(context: ProcessingContext, job: Job, externalId: string, record: FlatUser, at: number) {
  const person = readFacts(externalId, record, context.settings);
  const attempt = (job.attempts.get(externalId) ?? 0) + 1;
  job.attempts.set(externalId, attempt);
  const matches = context.directory.findByEmployeeId(externalId);
  const user = matches[0];
  const change = computeChange(
    user?.attributes,
    record,
    chooseMapping(job, context.settings),
    context.settings.nullFlow,
  );
  const refuse = (error: ErrorInformation): Outcome => ({
    action: user ? 'update' : 'create',
    status: 'failure',
    error,
    changes: change.changes,
  });

  const rule = context.rules.decide(person);
  if (rule && 'silent' in rule) return { action: 'other', status: 'skipped', changes: [], silent: true } as Outcome;
  if (rule && 'outOfScope' in rule) return leaveScope(context, job, user, at);
  if (rule) return refuse({ errorCategory: 'nonServiceFailure', ...rule });
  const { random, seed } = context.settings;
  if (random.transientFailure > 0) {
    const drawn = drawChance(seed, 'transient', job.id, externalId, attempt);
    if (drawn < random.transientFailure) return refuse(describeTransient(drawn / random.transientFailure));
  }
  const error = checkRecord(context, matches, record, person);
  if (error) return refuse(error);
  if (!user) return createUser(context, job, person, change.attributes, change.changes, at);
  return updateUser(context, job, user, person, change.attributes, change.changes, at);
}

function chooseMapping(job: Job, { mapping }: Settings): (path: string) => boolean {
  if (mapping === 'all') return () => true;
  const { mappedPaths } = job;
  return mapping === 'schema' && mappedPaths ? (path) => mappedPaths.has(path) : isMappedByDefault;
}

function readFacts(externalId: string, record: FlatUser, settings: Settings): PersonFacts {
  const userName = record.values.get('userName');
  const active = record.values.get('active');
  const assumed = settings.absentActive === 'disables' ? false : undefined;
  return {
    externalId,
    userName: typeof userName === 'string' ? userName : undefined,
    active: typeof active === 'boolean' ? active : assumed,
  };
}

function describeTransient(drawn: number): ErrorInformation {
  const errorCode = TRANSIENT_CODES[Math.floor(drawn * TRANSIENT_CODES.length)] ?? TRANSIENT_CODES[0];
  return { errorCode, reason: 'The service is busy; it will try again.', errorCategory: 'failure' };
}

function checkRecord(
  { settings, directory }: ProcessingContext,
  matches: readonly StoredUser[],
  record: FlatUser,
  person: PersonFacts,
): ErrorInformation | undefined {
  const user = matches[0];
  if (matches.length > 1) return failWith('DuplicateTargetEntries', 'More than one user matches the employeeId.');
  if (user?.onPremisesSyncEnabled)
    return failWith(
      'AzureActiveDirectoryCannotUpdateObjectsOriginatedInExternalService',
      'The user is synchronized from an on-premises directory.',
    );
  const active = record.values.get('active');
  if (active !== undefined && typeof active !== 'boolean')
    return failWith('SchemaPropertyCanOnlyAcceptValue', 'The property active can only accept a Boolean value.');
  if (person.userName === undefined)
    return user ? undefined : failWith('MandatoryFieldsMissing', 'The mandatory value userPrincipalName is missing.');
  const error = checkUserName(person.userName, settings.verifiedDomains);
  if (error) return error;
  const holder = directory.findByPrincipalName(person.userName);
  if (holder === undefined || holder === user) return undefined;
  return failWith(
    'AzureActiveDirectoryDuplicateUserPrincipalName',
    'Another object already holds this user principal name.',
  );
}

function createUser(
  { settings, directory }: ProcessingContext,
  job: Job,
  person: PersonFacts,
  attributes: Map<string, AttributeValue>,
  changes: readonly ModifiedProperty[],
  at: number,
): Outcome {
  const user: StoredUser = {
    id: makeGuid(settings.seed, 'user', job.id, person.externalId, directory.size),
    employeeId: person.externalId,
    userPrincipalName: person.userName ?? '',
    accountEnabled: person.active ?? true,
    manager: undefined,
    attributes,
    onPremisesSyncEnabled: false,
    createdAt: at,
    updatedAt: at,
  };
  directory.add(user);
  job.known.set(person.externalId, user);
  return { action: 'create', status: 'success', changes, user };
}

function updateUser(
  { directory }: ProcessingContext,
  job: Job,
  user: StoredUser,
  person: PersonFacts,
  attributes: Map<string, AttributeValue>,
  changes: readonly ModifiedProperty[],
  at: number,
): Outcome {
  job.known.set(person.externalId, user);
  const isDisable = user.accountEnabled && person.active === false;
  const isEnable = !user.accountEnabled && person.active === true;
  if (changes.length === 0 && !isDisable && !isEnable)
    return { action: 'other', status: 'skipped', skipReason: 'RedundantExport', changes: [], user };
  if (isDisable && !mayDisable(job)) return { action: 'stagedDelete', status: 'skipped', changes: [], user };
  if (person.userName !== undefined && person.userName !== user.userPrincipalName)
    directory.rename(user, person.userName);
  const written = isDisable || isEnable ? withEnabledFlag(changes, user.accountEnabled) : changes;
  user.attributes = attributes;
  user.accountEnabled = person.active ?? user.accountEnabled;
  user.updatedAt = at;
  return { action: isDisable ? 'disable' : 'update', status: 'success', changes: written, user };
}

function leaveScope(context: ProcessingContext, job: Job, user: StoredUser | undefined, at: number): Outcome {
  const skipped: Outcome = { action: 'other', status: 'skipped', skipReason: 'OutOfScope', changes: [] };
  const isKept = job.secrets.get('SkipOutOfScopeDeletions') === 'True';
  if (!user?.accountEnabled || !user.employeeId || isKept || !job.known.has(user.employeeId)) return skipped;
  if (!mayDisable(job)) return { action: 'stagedDelete', status: 'skipped', changes: [], user };
  user.accountEnabled = false;
  user.updatedAt = at;
  return { action: 'disable', status: 'success', changes: withEnabledFlag([], true), user };
}

/** Counts a disabled account against the deletion threshold of the cycle. [ACC] */
function mayDisable(job: Job): boolean {
  const { deleteThreshold } = job.readNotificationSettings();
  job.cycleCounts.disables += 1;
  return job.allowDeletes || deleteThreshold === undefined || job.cycleCounts.disables <= deleteThreshold;
}

function withEnabledFlag(changes: readonly ModifiedProperty[], wasEnabled: boolean): readonly ModifiedProperty[] {
  const [oldValue, newValue] = wasEnabled ? ['True', 'False'] : ['False', 'True'];
  const others = changes.filter((change) => change.displayName !== 'accountEnabled');
  return [...others, { displayName: 'accountEnabled', oldValue, newValue }];
}
