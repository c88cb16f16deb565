// GET of a list in Graph: $filter, $select, $top, $count and pages, the same for every list of the directory.
import { GraphRefusal, type Answer } from './graph-answer';
import type { Call } from './http-call';
import { compileFilter, type FilterProperties, type FilterProperty, type FilterRules } from './odata-filter';

/** An object in Graph's form. */
export type Document = Readonly<Record<string, unknown>>;

/** A list. */
export interface List {
  /** Its name in `@odata.context`. */
  readonly name: string;
  /** The type of its objects, as messages name it. */
  readonly type: string;
  readonly documents: readonly Document[];
  /** Properties that may be filtered, with the operators that are documented. */
  readonly filterable: Readonly<Record<string, Omit<FilterProperty<Document>, 'read'>>>;
  /** What is shown without `$select`; default everything. */
  readonly shown?: readonly string[];
  /** Every member of its objects; necessary where the list may be empty. */
  readonly members?: readonly string[];
  /** Largest `$top`; without it neither `$top` nor pages are supported. */
  readonly maxTop?: number;
  /** Query options besides the common ones. */
  readonly options?: readonly string[];
  /** Only the operators that are documented. */
  readonly strict: boolean;
}

/** Page size without `$top`. Documented for users and service principals: 100. Unit: objects. */
const PAGE_SIZE = 100;

/** Operators of the directory that need `ConsistencyLevel: eventual` and `$count=true`. aad-advanced-queries.md, 2026 */
const ADVANCED = /\b(?:ne|not|endswith)\b/i;

/** Answers one page of a list. Throws a GraphRefusal (400) for what the list does not support. */
export function answerList(call: Call, list: List): Answer {
  const query = call.url.searchParams;
  refuseUnknownOptions(call, list);
  const filter = query.get('$filter');
  if (list.strict && filter !== null) requireConsistency(call, filter);
  const holds = filter === null ? () => true : compileFilter(filter, listProperties(list), chooseRules(list));
  const found = list.documents.filter(holds);
  const size = readTop(query.get('$top'), list);
  const start = readStart(query.get('$skiptoken'));
  const select = query.get('$select');
  for (const name of readNames(select) ?? []) if (list.members) findMember(list.members, name, list.type);
  const body: Record<string, unknown> = {
    '@odata.context': `${call.origin}/${call.version}/$metadata#${list.name}${select === null ? '' : `(${select})`}`,
  };
  if (query.get('$count') === 'true') body['@odata.count'] = found.length;
  if (start + size < found.length) body['@odata.nextLink'] = makeNextLink(call, start + size);
  body.value = found.slice(start, start + size).map((document) => selectMembers(document, select, list));
  return { status: 200, body };
}

/** A whole list that takes no query options. */
export function answerCollection(call: Call, name: string, value: readonly unknown[]): Answer {
  return { status: 200, body: { '@odata.context': `${call.origin}/${call.version}/$metadata#${name}`, value } };
}

/** One object, with `$select`. Throws a GraphRefusal (400). */
export function answerObject(call: Call, list: Omit<List, 'documents' | 'filterable' | 'strict'>, document: Document) {
  const select = call.url.searchParams.get('$select');
  const context = `${call.origin}/${call.version}/$metadata#${list.name}${select === null ? '' : `(${select})`}/$entity`;
  return { status: 200, body: { '@odata.context': context, ...selectMembers(document, select, list) } };
}

function selectMembers(document: Document, select: string | null, { shown, type }: Pick<List, 'shown' | 'type'>) {
  const names = readNames(select) ?? shown;
  if (names === undefined) return document;
  const members = names.map((name) => findMember(Object.keys(document), name, type));
  return Object.fromEntries(members.map((member) => [member, document[member]]));
}

function readNames(select: string | null): string[] | undefined {
  return select?.split(',').map((name) => name.trim());
}

function findMember(members: readonly string[], name: string, type: string): string {
  const member = members.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (member !== undefined) return member;
  throw new GraphRefusal(400, 'BadRequest', `Could not find a property named '${name}' on type '${type}'.`);
}

function refuseUnknownOptions({ url }: Call, { options = [], maxTop }: List): void {
  const paging = maxTop === undefined ? [] : ['$top', '$count', '$skiptoken'];
  const known = new Set(['$select', '$filter', ...paging, ...options]);
  const unknown = [...url.searchParams.keys()].find((name) => name.startsWith('$') && !known.has(name));
  if (unknown !== undefined) throw new GraphRefusal(400, 'BadRequest', `The query option ${unknown} is not supported.`);
}

function requireConsistency({ url, headers }: Call, filter: string): void {
  const isAdvanced = ADVANCED.test(filter.replaceAll(/'(?:[^']|'')*'/g, ''));
  if (!isAdvanced || (headers.consistencylevel === 'eventual' && url.searchParams.get('$count') === 'true')) return;
  throw new GraphRefusal(
    400,
    'Request_UnsupportedQuery',
    'Unsupported Query.',
    'ConsistencyLevel: eventual is missing',
  );
}

function chooseRules({ strict }: List): FilterRules {
  return { words: ['and', 'or', 'not', '('], strict, ignoresCase: true };
}

function listProperties({ filterable }: List): FilterProperties<Document> {
  return new Map(
    Object.entries(filterable).map(([name, property]) => [
      name.toLowerCase(),
      { ...property, read: (document) => readValue(document[name], property.kind) },
    ]),
  );
}

function readValue(value: unknown, kind: FilterProperty<Document>['kind']): string | number | boolean | null {
  if (typeof value === 'string') return kind === 'date' ? Date.parse(value) : value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function readTop(top: string | null, { maxTop }: List): number {
  if (maxTop === undefined) return Infinity;
  if (top === null) return PAGE_SIZE;
  if (/^[1-9]\d*$/.test(top) && Number(top) <= maxTop) return Number(top);
  throw new GraphRefusal(400, 'Request_UnsupportedQuery', `Invalid page size specified: '${top}'.`);
}

function makeNextLink(call: Call, start: number): string {
  const next = new URL(call.url);
  next.searchParams.set('$skiptoken', Buffer.from(String(start)).toString('base64url'));
  return `${call.origin}${next.pathname}?${next.searchParams.toString()}`;
}

function readStart(token: string | null): number {
  if (token === null) return 0;
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (!/^\d+$/.test(text)) throw new GraphRefusal(400, 'BadRequest', 'Invalid $skiptoken.');
  return Number(text);
}
