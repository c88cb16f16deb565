// The messages of the protocol: what the library gets and gives is one of them, and anything else is found.
import { checkRequest, checkResponse } from '../../../local/host/rpc-check';

const GOOD = {
  invocationId: 'i',
  inputData: [{ name: 'message', data: { string: '{}' } }],
  triggerMetadata: { Id: { string: 'a' }, DequeueCount: { json: '1' } },
  traceContext: { traceParent: '00-a-b-00', traceState: '' },
};
const withInput = (data: unknown) => ({ ...GOOD, inputData: [{ name: 'input', data }] });
const reference = { version: '1.0', source: 'S', contentType: 'application/json', content: Buffer.from('{}') };

test.each<readonly [string, unknown]>([
  ['text', { string: '' }],
  ['JSON', { json: '1' }],
  ['bytes', { bytes: Buffer.from('x') }],
  ['a reference', { modelBindingData: reference }],
  ['several references', { collectionModelBindingData: { modelBindingData: [reference] } }],
  [
    'a request',
    { http: { method: 'GET', url: 'http://x', headers: {}, query: {}, params: {}, body: { bytes: Buffer.alloc(0) } } },
  ],
  ['nothing of the other kinds', { string: 'x', json: null, bytes: undefined }],
  ['no value', {}],
  ['null', null],
])('%s can be an input', (_, data) => {
  expect(() => checkRequest(withInput(data))).not.toThrow();
});

test.each<readonly [string, unknown, RegExp]>([
  ['two values', withInput({ string: 'x', json: '"x"' }), /\/inputData\/0\/data must pass "isOneof"/],
  [
    'a member that the protocol does not have',
    withInput({ text: 'x' }),
    /\/inputData\/0\/data must NOT have additional/,
  ],
  ['text in place of bytes', withInput({ bytes: 'x' }), /\/inputData\/0\/data\/bytes must pass "isBytes"/],
  ['an object in place of JSON', withInput({ json: { a: 1 } }), /\/inputData\/0\/data\/json must be string/],
  ['a reference whose content is an object', withInput({ modelBindingData: { ...reference, content: {} } }), /content/],
  ['metadata that is no value', { ...GOOD, triggerMetadata: { Id: 'a' } }, /\/triggerMetadata\/Id must be/],
])('a request with %s is found', (_, request, mistake) => {
  expect(() => checkRequest(request)).toThrow(mistake);
});

test('a response may have outputs, a value, both or nothing', () => {
  const outputData = [{ name: 'copies', data: { json: '[]' } }];
  for (const response of [
    {},
    { outputData },
    { returnValue: { int: 1 } },
    { outputData, returnValue: { double: 0.5 } },
  ])
    expect(() => checkResponse({ invocationId: 'i', ...response })).not.toThrow();
});

test('a response that is none is found', () => {
  expect(() => checkResponse({ invocationId: 'i', returnValue: { json: 1 } })).toThrow(
    /\/returnValue\/json must be string/,
  );
  expect(() => checkResponse({ invocationId: 'i', outputs: [] })).toThrow(/must NOT have additional/);
});
