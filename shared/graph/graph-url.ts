// Which Graph URLs are allowed. Until this product has met a tenant, only loopback is (ADR 0012): a connector that can disable a
// whole company is tried on a simulator first.
import { RollcallError } from '../core/errors';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** True if the URL is on this machine. */
export const isLoopback = (url: URL): boolean => LOOPBACK.has(url.hostname);

/** Parses the base URL of Graph; throws `RollcallError` `graph-url-not-loopback` (halt) for any other host. */
export function requireLoopback(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new RollcallError('graph-url-invalid', 'halt', 'ROLLCALL_GRAPH_URL is no URL', { cause });
  }
  if (!isLoopback(url)) {
    throw new RollcallError(
      'graph-url-not-loopback',
      'halt',
      `ROLLCALL_GRAPH_URL names the host ${url.hostname}: this version sends to loopback only (ADR 0012)`,
    );
  }
  return url;
}
