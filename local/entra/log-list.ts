// GET /auditLogs/provisioning: filter, order, pages. The client carries the cursor, so the server keeps no state.
import { drawChance } from './chance';
import { GraphRefusal, type Answer } from './graph-answer';
import type { Call } from './http-call';
import { compileFilter, type FilterProperties, type FilterProperty, type FilterRules } from './odata-filter';
import { readActivityTime, renderLogRecord } from './log-record';
import type { LogEntry, VisibleEntry } from './provisioning-log';
import type { Settings } from './options';
import type { Tenant } from './tenant';

const EQ_CONTAINS = ['eq', 'contains'];
const KNOWN_OPTIONS = new Set(['$filter', '$top', '$orderby', '$skiptoken']);

interface Cursor {
  /** Pages of one list show what was visible at this time. Unit: ms since 1970. */
  readonly asOf: number;
  /** The newest entry at that time. */
  readonly upTo: number;
  readonly offset: number;
}

/** Answers one page of the logs. */
export function listLogs(tenant: Tenant, call: Call): Answer {
  const { settings, clock, log } = tenant;
  const query = call.url.searchParams;
  for (const name of query.keys())
    if (!KNOWN_OPTIONS.has(name))
      throw new GraphRefusal(400, 'BadRequest', `The query option ${name} is not supported.`);
  const cursor = readCursor(query.get('$skiptoken')) ?? { asOf: clock.now(), upTo: log.newestOrder, offset: 0 };
  const filter = query.get('$filter');
  const test = filter === null ? () => true : compileFilter(filter, listProperties(settings), chooseRules(settings));
  const matches = log.list(cursor.asOf, cursor.upTo).filter(({ entry }) => test(entry));
  sortEntries(matches, query.get('$orderby'), settings);
  const size = readPageSize(query.get('$top'), settings);
  const end = cursor.offset + size;
  const version = call.version;
  const body: Record<string, unknown> = {
    '@odata.context': `${call.origin}/${version}/$metadata#auditLogs/provisioning`,
  };
  if (end < matches.length) body['@odata.nextLink'] = makeNextLink(call, { ...cursor, offset: end });
  body.value = matches.slice(cursor.offset, end).map((visible) => renderLogRecord(visible, settings));
  return { status: 200, body };
}

function sortEntries(entries: VisibleEntry[], orderBy: string | null, settings: Settings): void {
  if (settings.unsorted) {
    const places = new Map(entries.map(({ entry }) => [entry.id, drawChance(settings.seed, 'place', entry.id)]));
    entries.sort((a, b) => (places.get(a.entry.id) ?? 0) - (places.get(b.entry.id) ?? 0));
    return;
  }
  const order = /^activityDateTime(?: (asc|desc))?$/i.exec(orderBy ?? 'activityDateTime desc');
  if (!order) throw new GraphRefusal(400, 'BadRequest', 'Invalid $orderby clause.');
  const direction = order[1]?.toLowerCase() === 'desc' ? -1 : 1;
  entries.sort((a, b) => direction * (a.entry.activityAt - b.entry.activityAt || a.entry.order - b.entry.order));
}

function readPageSize(top: string | null, settings: Settings): number {
  if (top === null) return settings.defaultPageSize;
  if (!/^[1-9]\d*$/.test(top)) throw new GraphRefusal(400, 'BadRequest', 'Invalid value for $top.');
  if (Number(top) > settings.maxPageSize) throw new GraphRefusal(400, 'BadRequest', 'The value of $top is too large.');
  return Number(top);
}

function makeNextLink(call: Call, cursor: Cursor): string {
  const next = new URL(call.url);
  next.searchParams.set('$skiptoken', Buffer.from(JSON.stringify(cursor)).toString('base64url'));
  return `${call.origin}${next.pathname}?${next.searchParams.toString()}`;
}

function readCursor(token: string | null): Cursor | undefined {
  if (token === null) return undefined;
  try {
    const cursor = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Partial<Cursor>;
    if ([cursor.asOf, cursor.upTo, cursor.offset].every(Number.isInteger)) return cursor as Cursor;
  } catch (error) {
    throw new GraphRefusal(400, 'BadRequest', 'Invalid $skiptoken.', String(error));
  }
  throw new GraphRefusal(400, 'BadRequest', 'Invalid $skiptoken.');
}

/** The documentation joins comparisons with `and`; its samples and other clients use the rest. [LIST] [XTS] */
function chooseRules({ strictFilter }: Settings): FilterRules {
  return { strict: strictFilter, words: strictFilter ? ['and'] : ['and', 'or', '(', 'tolower'], ignoresCase: false };
}

/** The documented properties and their operators. [LIST] */
function listProperties(settings: Settings): FilterProperties<LogEntry> {
  const text = (read: (entry: LogEntry) => string, documented: readonly string[] = EQ_CONTAINS) =>
    ({ read, kind: 'text', documented }) as const;
  const number = (kind: 'date' | 'number', read: (entry: LogEntry) => number) =>
    ({ read, kind, documented: ['eq', 'gt', 'lt'] }) as const;
  const targetName = (entry: LogEntry): string =>
    entry.target === 'entra' ? 'Microsoft Entra ID' : 'Active Directory';
  return new Map<string, FilterProperty<LogEntry>>([
    ['id', text((entry) => entry.id)],
    ['tenantid', text(() => settings.tenantId)],
    ['jobid', text((entry) => entry.jobId)],
    ['changeid', text((entry) => entry.changeId)],
    ['cycleid', text((entry) => entry.cycleId)],
    ['provisioningaction', text((entry) => entry.action)],
    ['provisioningstatusinfo/status', text((entry) => entry.status)],
    ['statusinfo/status', text((entry) => entry.status)],
    ['sourcesystem/displayname', text(() => 'API')],
    ['targetsystem/displayname', text(targetName)],
    ['initiatedby/displayname', text(() => 'Azure AD Provisioning Service')],
    ['sourceidentity/id', text((entry) => entry.externalId)],
    ['sourceidentity/displayname', text((entry) => entry.displayName)],
    ['sourceidentity/identitytype', text(() => 'User')],
    ['targetidentity/id', text((entry) => entry.targetId)],
    ['targetidentity/displayname', text((entry) => entry.displayName)],
    ['targetidentity/identitytype', text(() => 'User')],
    ['serviceprincipal/id', text((entry) => entry.servicePrincipalId, ['eq'])],
    ['serviceprincipal/displayname', text((entry) => entry.appName, ['eq'])],
    ['activitydatetime', number('date', (entry) => readActivityTime(entry, settings))],
    ['durationinmilliseconds', number('number', (entry) => entry.durationMs)],
  ]);
}
