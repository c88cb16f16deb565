// How far a request came that has no answer: told by the codes of Node's errors, never by their class. An error of another realm (a worker,
// a test runner's sandbox) is an `Error` too, and `instanceof` says that it is none.

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

const isBeforeConnection = (fault: unknown): boolean => {
  const code = member(fault, 'code');
  return typeof code === 'string' && BEFORE_CONNECTION.has(code);
};

/**
 * True if `fetch` failed with this error before there was a connection, so that nothing was sent. `fetch` tells why in `cause`; a host with
 * several addresses fails with the list of what happened at each, `cause.errors`.
 */
export function neverConnected(error: unknown): boolean {
  const cause = member(error, 'cause');
  const each = member(cause, 'errors');
  return Array.isArray(each) && each.length > 0 ? each.every(isBeforeConnection) : isBeforeConnection(cause);
}
