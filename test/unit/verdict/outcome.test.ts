// Log entry → outcome: the example records of docs/reference/graph-provisioning.md §3.4, and what real logs do with their shape.
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
      transient: false,
    });
  });
  test('failed, with the code and the message of the service', () => {
    expect(readOutcome(failed)).toMatchObject({
      effect: 'failed',
      code: 'AzureActiveDirectoryDuplicateUserPrincipalName',
      reason: 'Another object already holds this user principal name.',
      transient: false,
    });
  });
  test('skipped because nothing changed is `unchanged`', () => {
    expect(readOutcome(redundant)).toMatchObject({ effect: 'unchanged', transient: false });
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
  test('a missing matching property (ImportSkipped) is `skipped` with its code', () => {
    const entry = {
      ...redundant,
      provisioningStatusInfo: { status: 'skipped', errorInformation: { errorCode: 'ImportSkipped' } },
      provisioningSteps: [step('import', 'skipped')],
    };
    expect(readOutcome(entry)).toMatchObject({ effect: 'skipped', code: 'ImportSkipped' });
  });
  test('"nothing changed" is recognised even when the service adds its general skip code', () => {
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
    expect(readOutcome(managerFailed)).toMatchObject({ effect: 'reference-failed', transient: true });
  });
  test('a reference that failed with a warning is seen too', () => {
    const entry = { ...managerFailed, provisioningStatusInfo: { status: 'warning' } };
    expect(readOutcome(entry)?.effect).toBe('reference-failed');
  });
  test('entries of one change share its key, entries of different changes do not', () => {
    expect(readOutcome(managerFailed)?.change).toBe(readOutcome(created)?.change);
    expect(readOutcome({ ...created, changeId: 'another' })?.change).not.toBe(readOutcome(created)?.change);
  });
});

describe('oddities', () => {
  test.each([
    ['no identity', { ...created, sourceIdentity: null }],
    ['an identity without id', { ...created, sourceIdentity: { id: null } }],
    ['an empty id', { ...created, sourceIdentity: { id: '' } }],
    ['an invalid time', { ...created, activityDateTime: 'yesterday' }],
  ])('%s is no evidence', (_, entry) => {
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
  test('fractions of a second and offsets are read as the instant they mean', () => {
    expect(readOutcome({ ...created, activityDateTime: '2026-09-14T10:21:37.5+02:00' })?.at).toBe(
      Date.UTC(2026, 8, 14, 8, 21, 37, 500),
    );
  });
});

describe('is the failure transient?', () => {
  test.each([
    ['TooManyRequests', true],
    ['HybridIdentityServiceNoActiveAgents', true],
    ['AzureActiveDirectoryDuplicateUserPrincipalName', false],
    ['InsufficientRights', false],
    ['ACodeNobodyKnows', false],
    [null, false],
  ])('%s: %s', (code, transient) => {
    expect(readOutcome(failedWith(code))?.transient).toBe(transient);
  });
});

describe('what decides between two readings of an entry', () => {
  const withSteps = (status: string, ...provisioningSteps: ReturnType<typeof step>[]) => ({
    ...created,
    provisioningAction: 'other',
    provisioningStatusInfo: { status },
    provisioningSteps,
  });
  test.each([
    ['a reference that succeeded is not a failed one', 'failure', [step('referenceResolution', 'success')], 'failed'],
    ['status words come in any case', 'Failure', [step('ReferenceResolution', 'Failure')], 'reference-failed'],
    ['a reference that succeeded in any case', 'failure', [step('referenceResolution', 'Success')], 'failed'],
    [
      'one failed step of many is enough',
      'failure',
      [step('export', 'success'), step('referenceResolution', 'skipped')],
      'reference-failed',
    ],
    ['a success does not look at its references', 'success', [step('referenceResolution', 'failure')], 'unchanged'],
    ['a warning without a failed reference', 'warning', [step('export', 'failure')], 'unchanged'],
    ['skipped in scope', 'skipped', [step('scoping', 'success')], 'unchanged'],
    ['skipped in scope, written in another case', 'skipped', [step('Scoping', 'Success')], 'unchanged'],
    ['skipped out of scope, written in another case', 'skipped', [step('Scoping', 'Skipped')], 'skipped'],
    ['skipped with a step that failed, but not for its scope', 'skipped', [step('export', 'skipped')], 'unchanged'],
    ['one of two steps is out of scope', 'skipped', [step('import', 'success'), step('scoping', 'failure')], 'skipped'],
  ])('%s', (_, status, steps, effect) => {
    expect(readOutcome(withSteps(status, ...steps))?.effect).toBe(effect);
  });
  test('skipped on the way to a change is skipped, whatever its steps say', () => {
    expect(
      readOutcome({ ...withSteps('skipped', step('scoping', 'success')), provisioningAction: 'update' })?.effect,
    ).toBe('skipped');
  });
  test('a deletion that was only staged is a failure without a code, and not transient', () => {
    const entry = { ...created, provisioningAction: 'StagedDelete', provisioningStatusInfo: { status: 'skipped' } };
    expect(readOutcome(entry)).toMatchObject({ effect: 'failed', code: null, transient: false });
  });
  test('a step without type, status or details is read', () => {
    const entry = { ...withSteps('failure'), provisioningSteps: [{}, { provisioningStepType: null, status: null }] };
    expect(readOutcome(entry)).toMatchObject({ effect: 'failed', code: null });
    const reference = { ...entry, provisioningSteps: [{ provisioningStepType: 'referenceResolution' }] };
    expect(readOutcome(reference)?.effect).toBe('reference-failed');
    const scoping = {
      ...entry,
      provisioningStatusInfo: { status: 'skipped' },
      provisioningSteps: [{}, { provisioningStepType: 'scoping' }],
    };
    expect(readOutcome(scoping)?.effect).toBe('skipped');
  });
});

describe('code and message', () => {
  test('the code of the error comes before a reason to skip; of several reasons to skip the first counts', () => {
    const steps = [
      step('export', 'skipped', { SkipReason: 'First' }),
      step('export', 'skipped', { SkipReason: 'Second' }),
    ];
    const skipped = { ...redundant, provisioningSteps: steps };
    expect(readOutcome(skipped)?.code).toBe('First');
    const both = {
      ...skipped,
      provisioningStatusInfo: { status: 'failure', errorInformation: { errorCode: 'Conflict' } },
    };
    expect(readOutcome(both)?.code).toBe('Conflict');
  });
  test('a skip reason that is not a string is ignored', () => {
    expect(
      readOutcome({ ...redundant, provisioningSteps: [step('export', 'skipped', { SkipReason: 7 })] })?.code,
    ).toBeNull();
  });
  test('a message without a code is kept, and a code without a message has none', () => {
    const worded = { status: 'failure', errorInformation: { reason: 'Words.' } };
    expect(readOutcome({ ...failed, provisioningStatusInfo: worded })).toMatchObject({ code: null, reason: 'Words.' });
    expect(readOutcome(failedWith('Conflict'))).toMatchObject({ code: 'Conflict', reason: null });
  });
  test('only a failure can be transient, whatever code a success has', () => {
    const success = { status: 'success', errorInformation: { errorCode: 'Timeout' } };
    expect(readOutcome({ ...created, provisioningStatusInfo: success })).toMatchObject({
      effect: 'created',
      transient: false,
    });
  });
  test('an entry without a status is no evidence', () => {
    expect(readOutcome({ ...created, provisioningStatusInfo: null })).toBeNull();
  });
  test('the key of a change is short, and made only from the change', () => {
    const one = readOutcome(created)?.change;
    expect(one).toMatch(/^[0-9a-f]{10}$/);
    expect(readOutcome({ ...created, id: 'another' })?.change).toBe(one);
    expect(readOutcome({ ...created, changeId: null })?.change).toBe(readOutcome({ ...failed, changeId: '' })?.change);
  });
});

describe('an account that was enabled', () => {
  const updated = { ...created, provisioningAction: 'update' };
  const flag = (displayName: unknown, oldValue: unknown, newValue: unknown) => [{ displayName, oldValue, newValue }];
  test.each([
    [flag('accountEnabled', 'False', 'True')],
    [flag('AccountEnabled', '"false"', '"true"')],
    [flag('active', 'false', 'true')],
    [flag('accountDisabled', 'True', 'False')],
    [[null, 7, ...flag('title', 'a', 'b'), ...flag('accountEnabled', 'False', 'True')]],
  ])('is seen in %j', (modifiedProperties) => {
    expect(readOutcome({ ...updated, modifiedProperties })).toMatchObject({ effect: 'updated', turnedOn: true });
  });
  test.each([
    [undefined],
    [null],
    ['accountEnabled'],
    [[]],
    [flag('accountEnabled', 'True', 'False')],
    [flag('accountEnabled', 'True', 'True')],
    [flag('accountEnabled', null, 'True')],
    [flag('accountEnabled', false, true)],
    [flag('accountDisabled', 'False', 'True')],
    [flag('title', 'False', 'True')],
  ])('is not seen in %j, and the entry is read all the same', (modifiedProperties) => {
    expect(readOutcome({ ...updated, modifiedProperties })).toMatchObject({ effect: 'updated', turnedOn: false });
  });
  test('is not seen in a failure, which lists what it attempted, nor in that of a manager', () => {
    const modifiedProperties = flag('accountEnabled', 'False', 'True');
    for (const entry of [failed, managerFailed])
      expect(readOutcome({ ...entry, modifiedProperties })).toMatchObject({ turnedOn: false });
  });
});

test('a code of the service is cut to a length that rows can keep', () => {
  const code = 'C'.repeat(30_000);
  const entry = { ...failed, provisioningStatusInfo: { status: 'failure', errorInformation: { errorCode: code } } };
  expect(readOutcome(entry as typeof failed)?.code).toBe('C'.repeat(128));
});
test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
  'the action %s is one that we do not know',
  (action) => {
    expect(readOutcome({ ...created, provisioningAction: action })?.effect).toBe('unchanged');
  },
);
test.each([
  ['of 100,000 characters', 'x'.repeat(100_000), 'x'.repeat(300)],
  ['cut within a character', `${'x'.repeat(299)}🙂`, `${'x'.repeat(299)}\ufffd`],
  ['of a sentence', 'Another object has this value.', 'Another object has this value.'],
])('the words of the service %s are kept up to 300 characters, as valid text', (_, reason, kept) => {
  const entry = {
    ...failed,
    provisioningStatusInfo: { status: 'failure', errorInformation: { errorCode: 'Conflict', reason } },
  };
  expect(readOutcome(entry)?.reason).toBe(kept);
});
