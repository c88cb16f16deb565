// Whether something in a document says that there are more pages: APIs hand out people page by page, with a link or a mark for the next one beside
// the list. Who saves one answer has one page of the people. Names as in OData (`@odata.nextLink`, `__next`), Google (`nextPageToken`), Dayforce
// (`Paging.Next`), HAL (`_links.next.href`), Oracle (`hasMore`), GraphQL (`pageInfo.hasNextPage`), Salesforce (`nextRecordsUrl`) and the like.
import { knownBlankWord } from '../../columns/blank-words';

/** Keys and indexes that lead to a value of a document. */
export type Steps = readonly (string | number)[];

/** `@odata.nextLink` → `odatanextlink`, `next_page` → `nextpage`. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const isLink = (name: string): boolean =>
  /^(?:odata)?(?:next|prev(?:ious)?)(?:pages?|records|results|items)?(?:link|url|uri|href|token|cursor|offset)?$/.test(
    name,
  ) || /^(?:next)?continuationtoken$/.test(name);
const isMark = (name: string): boolean =>
  /^has(?:next|more|prev(?:ious)?)(?:pages?|records|results|items)?$/.test(name);
const isPlaceOfLinks = (name: string): boolean =>
  /^(?:links?|paging|pagination|pages?|pageinfo|meta|metadata|responsemetadata|cursors?)$/.test(name);
const isAddress = (name: string): boolean => /^(?:href|url|uri|link)$/.test(name);

/** The value of a single member as JSON writes it: true of a text that says something, of a number other than 0, and of `true`. */
function saysSomething(raw: string): boolean {
  if (!raw.startsWith('"')) return raw === 'true' || (/^[\d.eE+-]+$/.test(raw) && Number(raw) !== 0);
  const text = raw.slice(1, -1).trim();
  return text !== '' && text !== 'false' && knownBlankWord(text) === null;
}

/**
 * True if a single value says that people are on other pages. `steps` lead to it from an object on the way to the list, so that its own members
 * have one step; null, false, blank and 0 are no link.
 */
export function leadsToPage(steps: Steps, raw: string): boolean {
  const names = steps.filter((step) => typeof step === 'string').map(plain);
  const last = names.pop() ?? '';
  if (!saysSomething(raw)) return false;
  // [{ "rel": "next", "href": … }]
  if (last === 'rel') return isLink(plain(raw)) && names.length > 0 && names.every(isPlaceOfLinks);
  if (isMark(last)) return /^"?true"?$/i.test(raw) && names.every(isPlaceOfLinks);
  if (isLink(last)) return names.every(isPlaceOfLinks);
  return isAddress(last) && isLink(names.pop() ?? '') && names.every(isPlaceOfLinks);
}
