// How far a request without an answer got, judged by the codes of Node's errors, never by their class: `instanceof Error` is false for an
// error of another realm (a worker, a test runner's sandbox).

/** Codes of errors that occur before there is a connection (libuv; undici's `UND_ERR_CONNECT_TIMEOUT`). */
const BEFORE_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

// Whatever its code, a failed `connect` came before there was a connection: of several addresses one may time out (ETIMEDOUT).
const isBeforeConnection = (fault: unknown): boolean => {
  const code = member(fault, 'code');
  return member(fault, 'syscall') === 'connect' || (typeof code === 'string' && BEFORE_CONNECTION.has(code));
};

/**
 * True if `fetch` failed with this error before there was a connection, so that nothing was sent. `fetch` gives the reason in `cause`; for a
 * host with several addresses, `cause.errors` lists what happened at each.
 */
export function neverConnected(error: unknown): boolean {
  const cause = member(error, 'cause');
  const each = member(cause, 'errors');
  return Array.isArray(each) && each.length > 0 ? each.every(isBeforeConnection) : isBeforeConnection(cause);
}
