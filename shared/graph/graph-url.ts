// Which Graph URLs are allowed, and the scope of the token for each: loopback, or one of the service's published hosts. No other host ever
// gets a token.
import { RollcallError } from '../core/errors';

/**
 * THE SWITCH of ADR 0012: true as long as this product has met no tenant. A connector that can disable a whole company is tried on a simulator
 * first, so only loopback is allowed, whatever else this file knows. A change of this line replaces ADR 0012.
 */
const LOOPBACK_ONLY = true;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The published hosts: global, US Government L4, US Government L5 (DoD). Source: Learn, "Microsoft Graph national cloud deployments" (2025);
 * docs/reference/graph-provisioning.md §1.1. China (`microsoftgraph.chinacloudapi.cn`) is not among them: nothing documents its log.
 */
const PUBLISHED: ReadonlySet<string> = new Set([
  'https://graph.microsoft.com',
  'https://graph.microsoft.us',
  'https://dod-graph.microsoft.us',
]);

/** Where Graph is. */
export interface GraphAddress {
  readonly url: URL;
  /** The scope of the token: that of the host; a simulator takes the one of the global cloud. */
  readonly scope: string;
}

/** True if the URL is on this machine. */
export const isLoopback = (url: URL): boolean => LOOPBACK.has(url.hostname);

/** The scope of tokens for a host: its own resource, with the permissions that were granted to the app. */
const scopeOf = (origin: string): string => `${origin}/.default`;

/**
 * Judges the base URL of Graph. A published host is written as it is published: `https`, no port, no user info, no path, at most one slash at the
 * end; so what is written is what is asked, and nothing that only looks like it. Throws `RollcallError` (halt): `graph-url-invalid` for what is no
 * URL or has user info, `graph-url-refused` for any other host, `graph-url-not-loopback` for any but this machine while that is the rule.
 */
export function graphAddressOf(text: string, loopbackOnly: boolean = LOOPBACK_ONLY): GraphAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== '' || url.password !== '')
    throw new RollcallError('graph-url-invalid', 'halt', 'ROLLCALL_GRAPH_URL is no URL, or has a user name in it');
  if (isLoopback(url) && /^https?:$/.test(url.protocol)) return { url, scope: scopeOf('https://graph.microsoft.com') };
  if (loopbackOnly)
    throw new RollcallError(
      'graph-url-not-loopback',
      'halt',
      `ROLLCALL_GRAPH_URL names the host ${url.hostname}: this version sends to loopback only (ADR 0012)`,
    );
  const written = text.toLowerCase().replace(/\/$/, '');
  if (!PUBLISHED.has(written) || written !== url.origin)
    throw new RollcallError(
      'graph-url-refused',
      'halt',
      'ROLLCALL_GRAPH_URL is not one of the published hosts of Graph',
    );
  return { url, scope: scopeOf(url.origin) };
}
