// Where the next page of a log or of another list is. The service names it as an absolute URL, which is followed only if it is a page of the same log: whoever
// answers in place of Graph must not choose where we go with a token, nor what we read there.
import { RollcallError } from '../core/errors';

/** Path of the provisioning log. */
export const LOG_PATH = '/v1.0/auditLogs/provisioning';

/** Longer links are not followed, UTF-16 units: Node's own servers refuse 16 KiB of headers, and those of Graph have some hundred. Ours, 2026-11. */
const MAX_LINK_CHARS = 8_192;

/** What the service says about pages makes no sense: reading the log ends here, and begins again at the next tick. Never a verdict. */
export const misledBy = (what: string): RollcallError =>
  new RollcallError('graph-log-misleading', 'retry', `the provisioning log named a next page that ${what}`);

/**
 * Path and query of the page that `@odata.nextLink` names. Throws `RollcallError` `graph-log-misleading` (retry) unless the link, once it is
 * parsed, has the origin `origin` and the path of the log; the case of the path does not count, as for the service.
 */
export const nextPagePath = (link: string, origin: string): string =>
  pageOfPath(link, origin, LOG_PATH, (what) => misledBy(what));

/** The same for pages of any `path`; throws what `misled` makes of the words that say what is wrong with the link. */
export function pageOfPath(link: string, origin: string, path: string, misled: (what: string) => Error): string {
  if (link.length > MAX_LINK_CHARS) throw misled('is too long for an address');
  if (!URL.canParse(link)) throw misled('is no URL');
  const { origin: itsOrigin, username, password, pathname, search } = new URL(link);
  if (itsOrigin !== origin || username !== '' || password !== '') throw misled('is not on Graph');
  if (pathname.toLowerCase() !== path.toLowerCase()) throw misled('is not a page of the list');
  return `${path}${search}`;
}
