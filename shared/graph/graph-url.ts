// Which Graph URLs are allowed, with the scope of the token for each and where an application signs in to get it: loopback, or one of the
// service's published hosts. No other host ever gets a token, and no setting adds one (ADR 0035).
import { RollcallError } from '../core/errors';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

const GLOBAL_SIGN_IN = 'https://login.microsoftonline.com';
const US_GOVERNMENT_SIGN_IN = 'https://login.microsoftonline.us';

/**
 * The published hosts with their sign-in: global, US Government L4, US Government L5 (DoD). Source: Learn, "Microsoft Graph national cloud
 * deployments" (2025); docs/reference/graph-provisioning.md §1.1. China (`microsoftgraph.chinacloudapi.cn`) is not among them: nothing documents
 * its log.
 */
const PUBLISHED: ReadonlyMap<string, string> = new Map([
  ['https://graph.microsoft.com', GLOBAL_SIGN_IN],
  ['https://graph.microsoft.us', US_GOVERNMENT_SIGN_IN],
  ['https://dod-graph.microsoft.us', US_GOVERNMENT_SIGN_IN],
]);

/** Where Graph is. */
export interface GraphAddress {
  readonly url: URL;
  /** The scope of the token: that of the host; a simulator takes the one of the global cloud. */
  readonly scope: string;
  /** Where applications of this cloud sign in; a simulator has none of its own. */
  readonly authority: string;
}

/** True if the URL is on this machine. */
export const isLoopback = (url: URL): boolean => LOOPBACK.has(url.hostname);

/** The scope of tokens for a host: its own resource, with the permissions that were granted to the app. */
const scopeOf = (origin: string): string => `${origin}/.default`;

/**
 * Judges the base URL of Graph. A published host is written as it is published, letter by letter, with at most one slash at the end: no port, no
 * user info, no path; so what is written is what is asked, and nothing that only looks like it. Throws `RollcallError` (halt):
 * `graph-url-invalid` for what is no URL or has user info, `graph-url-refused` for any other host.
 */
export function graphAddressOf(text: string): GraphAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== '' || url.password !== '')
    throw new RollcallError('graph-url-invalid', 'halt', 'ROLLCALL_GRAPH_URL is no URL, or has a user name in it');
  if (isLoopback(url) && /^https?:$/.test(url.protocol))
    return { url, scope: scopeOf('https://graph.microsoft.com'), authority: GLOBAL_SIGN_IN };
  const authority = PUBLISHED.get(text.replace(/\/$/, ''));
  if (authority === undefined)
    throw new RollcallError(
      'graph-url-refused',
      'halt',
      'ROLLCALL_GRAPH_URL is not one of the published hosts of Graph',
    );
  return { url, scope: scopeOf(url.origin), authority };
}
