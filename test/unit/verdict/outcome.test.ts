// Log entry → outcome: the example records of docs/reference/graph-provisioning.md §3.4, and what real logs do with the form.
import { readOutcome } from '../../../shared/verdict/outcome';
import { created, failed, failedWith, managerFailed, redundant, step } from './log-entries';

describe('the example records', () => {
  test('created', () => {
    expect(readOutcome(created)).toMatchObject({
      entryId: created.id,
      externalId: '100234',
      at: Date.UTC(2026, 8, 14, 8, 21, 37),
      effect: 'created',
      code: null,
      reason: null,
      passing: false,
    });
  });
  test('failed, with the code and the words of the service', () => {
    expect(readOutcome(failed)).toMatchObject({
      effect: 'failed',
      code: 'AzureActiveDirectoryDuplicateUserPrincipalName',
      reason: 'Another object already holds this user principal name.',
      passing: false,
    });
  });
  test('skipped because nothing changed is `unchanged`', () => {
    expect(readOutcome(redundant)).toMatchObject({ effect: 'unchanged', passing: false });
  });
});

describe('action and status', () => {
  test.each([
    ['create', 'success', 'created'],
    ['update', 'success', 'updated'],
    ['disable', 'success', 'disabled'],
    ['delete', 'success', 'disabled'],
    ['stagedDelete', 'success', 'failed'],
    ['other', 'success', 'unchanged'],
    ['somethingNew', 'success', 'unchanged'],
    ['Create', 'Success', 'created'],
    ['update', 'warning', 'updated'],
    ['update', 'failure', 'failed'],
    ['disable', 'failure', 'failed'],
  ])('%s + %s → %s', (provisioningAction, status, effect) => {
    expect(readOutcome({ ...created, provisioningAction, provisioningStatusInfo: { status } })?.effect).toBe(effect);
  });
});

describe('skipped', () => {
  test('out of scope is `skipped`, never a success', () => {
    const entry = {
      ...redundant,
      provisioningSteps: [step('import', 'success'), step('scoping', 'skipped'), step('export', 'skipped')],
    };
    expect(readOutcome(entry)?.effect).toBe('skipped');
  });
  test('a matching property that is missing (ImportSkipped) is `skipped` with its code', () => {
    const entry = {
      ...redundant,
      provisioningStatusInfo: { status: 'skipped', errorInformation: { errorCode: 'ImportSkipped' } },
      provisioningSteps: [step('import', 'skipped')],
    };
    expect(readOutcome(entry)).toMatchObject({ effect: 'skipped', code: 'ImportSkipped' });
  });
  test('"nothing changed" is recognised also when the service fills in its general skip code', () => {
    const entry = {
      ...redundant,
      provisioningStatusInfo: { status: 'skipped', errorInformation: { errorCode: 'EntrySynchronizationSkipped' } },
    };
    expect(readOutcome(entry)?.effect).toBe('unchanged');
  });
  test('another skip reason is `skipped`, with the reason as its code', () => {
    const entry = { ...redundant, provisioningSteps: [step('export', 'skipped', { SkipReason: 'NotInScope' })] };
    expect(readOutcome(entry)).toMatchObject({ effect: 'skipped', code: 'NotInScope' });
  });
});

describe('the manager', () => {
  test('a failed reference is not a failed user', () => {
    expect(readOutcome(managerFailed)).toMatchObject({ effect: 'reference-failed', passing: true });
  });
  test('a reference that failed with a warning is seen too', () => {
    const entry = { ...managerFailed, provisioningStatusInfo: { status: 'warning' } };
    expect(readOutcome(entry)?.effect).toBe('reference-failed');
  });
  test('entries of one change share its key, entries of two do not', () => {
    expect(readOutcome(managerFailed)?.change).toBe(readOutcome(created)?.change);
    expect(readOutcome({ ...created, changeId: 'another' })?.change).not.toBe(readOutcome(created)?.change);
  });
});

describe('oddities', () => {
  test.each([
    ['no identity', { ...created, sourceIdentity: null }],
    ['an identity without id', { ...created, sourceIdentity: { id: null } }],
    ['an empty id', { ...created, sourceIdentity: { id: '' } }],
    ['a time that is none', { ...created, activityDateTime: 'yesterday' }],
  ])('%s is evidence of nothing', (_, entry) => {
    expect(readOutcome(entry)).toBeNull();
  });
  test('without changeId the entry is a change of its own', () => {
    const one = readOutcome({ ...created, changeId: null });
    const two = readOutcome({ ...created, changeId: '', id: 'another' });
    expect(one?.change).not.toBe(two?.change);
  });
  test('no steps, and steps that are null, are read', () => {
    expect(readOutcome({ ...created, provisioningSteps: null })?.effect).toBe('created');
    expect(readOutcome({ ...redundant, provisioningSteps: [step('export', 'skipped', null)] })?.effect).toBe(
      'unchanged',
    );
  });
  test('fractions of a second and offsets are read as the instant they name', () => {
    expect(readOutcome({ ...created, activityDateTime: '2026-09-14T10:21:37.5+02:00' })?.at).toBe(
      Date.UTC(2026, 8, 14, 8, 21, 37, 500),
    );
  });
});

describe('does the failure pass?', () => {
  test.each([
    ['TooManyRequests', true],
    ['HybridIdentityServiceNoActiveAgents', true],
    ['AzureActiveDirectoryDuplicateUserPrincipalName', false],
    ['InsufficientRights', false],
    ['ACodeNobodyKnows', false],
    [null, false],
  ])('%s: %s', (code, passing) => {
    expect(readOutcome(failedWith(code))?.passing).toBe(passing);
  });
});
