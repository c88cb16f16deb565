// Whether anything was sent, by the error of fetch: the difference between "send it again" and "it may have been accepted".
import { runInNewContext } from 'node:vm';
import { neverConnected } from '../../../shared/graph/connection-faults';

const failed = (cause: unknown): Error => new TypeError('fetch failed', { cause });
const withCode = (code: unknown): Error => Object.assign(new Error(String(code)), { code });

test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])(
  '%s: there was no connection',
  (code) => {
    expect(neverConnected(failed(withCode(code)))).toBe(true);
  },
);

test.each([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  '',
  111,
  undefined,
])('%s: there may have been one', (code) => {
  expect(neverConnected(failed(withCode(code)))).toBe(false);
});

test('a connect that timed out is known by its system call; a read that timed out may have been sent', () => {
  const timedOut = (syscall: string): Error => failed(Object.assign(withCode('ETIMEDOUT'), { syscall }));
  expect(neverConnected(timedOut('connect'))).toBe(true);
  expect(neverConnected(timedOut('read'))).toBe(false);
});

test('an error of another realm is known by its code', () => {
  const foreign: unknown = runInNewContext(
    "new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) })",
  );
  expect(foreign instanceof Error).toBe(false);
  expect(neverConnected(foreign)).toBe(true);
});

describe('a host with several addresses', () => {
  const tried = (codes: readonly string[], code?: string): Error =>
    failed(Object.assign(new AggregateError(codes.map(withCode)), { code }));
  test('was not reached if no address was', () => {
    expect(neverConnected(tried(['ECONNREFUSED', 'ENETUNREACH']))).toBe(true);
  });
  test('may have been reached if something else happened at one, whatever the combined error says', () => {
    expect(neverConnected(tried(['ECONNREFUSED', 'ECONNRESET'], 'ECONNREFUSED'))).toBe(false);
  });
  test('without a list, the combined error counts', () => {
    expect(neverConnected(tried([], 'ECONNREFUSED'))).toBe(true);
    expect(neverConnected(tried([]))).toBe(false);
  });
});

test.each([null, undefined, 'ECONNREFUSED', {}, { code: 'ECONNREFUSED' }, { cause: null }, { cause: 'ECONNREFUSED' }])(
  '%j says nothing',
  (error) => {
    expect(neverConnected(error)).toBe(false);
  },
);
