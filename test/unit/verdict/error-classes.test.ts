// The catalogue of the service's error codes.
import { classifyErrorCode, knownErrorCodes } from '../../../shared/verdict/error-classes';
import { sentenceOfServiceCode } from '../../../shared/messages/catalogue';
import { isEffect, isSuccess, noVerdicts, stronger, VERDICTS } from '../../../shared/verdict/verdict';

// The table of docs/reference/graph-provisioning.md §3.6, written a second time by hand: a code that moves to another class is noticed.
const TABLE = {
  transient: [
    'TooManyRequests',
    'InternalServerError',
    'InternalError',
    'WebExceptionProtocolError',
    'Timeout',
    'AzureDirectoryServiceServerBusy',
    'HybridIdentityServiceNoAgentsAssigned',
    'HybridIdentityServiceNoActiveAgents',
    'HybridIdentityServiceAgentSignalingError',
    'HybridSynchronizationActiveDirectoryInternalServerError',
  ],
  data: [
    'AzureActiveDirectoryInvalidUserPrincipalName',
    'AzureActiveDirectoryDuplicateUserPrincipalName',
    'InvalidDomain',
    'Conflict',
    'EntryConflict',
    'DuplicateTargetEntries',
    'DuplicateSourceEntries',
    'MandatoryFieldsMissing',
    'MissingValues',
    'InvalidAnchor',
    'SchemaPropertyCanOnlyAcceptValue',
    'UnprocessableEntity',
    'ImportSkipped',
  ],
  setup: [
    'SchemaAttributeNotFound',
    'HybridSynchronizationActiveDirectoryCannotFindAttribute',
    'InsufficientRights',
    'MethodNotAllowed',
    'NotPermitted',
    'Unauthorized',
    'LicenseLimitExceeded',
    'AzureActiveDirectoryCannotUpdateObjectsOriginatedInExternalService',
  ],
} as const;

describe.each(Object.entries(TABLE))('%s', (errorClass, codes) => {
  test.each(codes)('%s', (code) => {
    expect(classifyErrorCode(code)).toBe(errorClass);
    expect(sentenceOfServiceCode(code)).toMatch(/^[A-Z].*\.$/);
  });
});

test('an unknown code is shown to people and not sent again', () => {
  expect(classifyErrorCode('SomethingNew')).toBe('data');
  expect(sentenceOfServiceCode('SomethingNew')).toBe('Microsoft Entra could not apply this row.');
});
test('a code with the name of an Object member is unknown too', () => {
  for (const code of ['constructor', 'toString', '__proto__']) expect(classifyErrorCode(code)).toBe('data');
});
test('the table above is complete', () => {
  expect([...knownErrorCodes()].sort()).toEqual(Object.values(TABLE).flat().sort());
});

describe('strength of effects', () => {
  const order = ['created', 'disabled', 'updated', 'unchanged', 'skipped', 'failed'] as const;
  test('created before disabled, updated, unchanged, skipped, failed, in any order', () => {
    order.forEach((a, i) => {
      for (const b of order.slice(i)) {
        expect(stronger(a, b)).toBe(a);
        expect(stronger(b, a)).toBe(a);
      }
    });
  });
  test('only the first four mean that the directory has the record', () => {
    expect(VERDICTS.filter(isSuccess).sort()).toEqual(['created', 'disabled', 'unchanged', 'updated']);
    expect(isSuccess(null)).toBe(false);
  });
  test('the empty count has a zero for each verdict', () => {
    expect(noVerdicts()).toEqual(Object.fromEntries(VERDICTS.map((word) => [word, 0])));
  });
});
test('a verdict without effect gives way to any evidence, and the weakest effect is stronger than none', () => {
  for (const verdict of ['not-seen', 'rejected', 'held', 'superseded', null] as const) {
    expect(stronger(verdict, 'failed')).toBe('failed');
    expect([isEffect(verdict), isSuccess(verdict)]).toEqual([false, false]);
  }
  expect(VERDICTS.filter(isEffect).sort()).toEqual([
    'created',
    'disabled',
    'failed',
    'skipped',
    'unchanged',
    'updated',
  ]);
});
