// Reading `auditLogs/provisioning`: one page at a time, checked at the border. Source: docs/reference/graph-provisioning.md §3 (list page, CSDL of August 2026).
import type { Static } from '@sinclair/typebox';
import { Type } from '@sinclair/typebox';
import { schemaCheck } from '../core/schema-check';
import { RollcallError } from '../core/errors';
import type { GraphTransport } from './graph-transport';
import type { LogStretch } from './log-stretches';
import { LOG_PATH, nextPagePath } from './next-page';
import { retryAfterMs } from './retry-after';

const text = Type.Union([Type.String(), Type.Null()]);
const Loose = { additionalProperties: true };

/** One `provisioningObjectSummary`, as far as it is read. Enums are open: unknown members must not break the reader. */
export const ProvisioningEntry = Type.Object(
  {
    id: Type.String({ minLength: 1 }),
    activityDateTime: Type.String({ minLength: 1 }),
    changeId: Type.Optional(text),
    jobId: Type.Optional(text),
    provisioningAction: Type.String(),
    sourceIdentity: Type.Union([Type.Object({ id: Type.Optional(text) }, Loose), Type.Null()]),
    provisioningStatusInfo: Type.Union([
      Type.Object(
        {
          status: Type.String(),
          errorInformation: Type.Optional(
            Type.Union([
              Type.Object({ errorCode: Type.Optional(text), reason: Type.Optional(text) }, Loose),
              Type.Null(),
            ]),
          ),
        },
        Loose,
      ),
      Type.Null(),
    ]),
    provisioningSteps: Type.Optional(
      Type.Union([
        Type.Array(
          Type.Object(
            {
              provisioningStepType: Type.Optional(text),
              status: Type.Optional(text),
              details: Type.Optional(Type.Unknown()),
            },
            Loose,
          ),
        ),
        Type.Null(),
      ]),
    ),
    /** Not part of any verdict, so another form than the documented one does not make the entry unreadable. */
    modifiedProperties: Type.Optional(Type.Unknown()),
  },
  Loose,
);
export type ProvisioningEntry = Static<typeof ProvisioningEntry>;

const Page = Type.Object({ value: Type.Array(Type.Unknown()), '@odata.nextLink': Type.Optional(Type.String()) }, Loose);

const pageCheck = schemaCheck(Page);
const entryCheck = schemaCheck(ProvisioningEntry);

/**
 * Characters of an entry as JSON, at most; a real one has some 3,000. Evidence is kept and read by the entry, so it has a bound. Ours, 2026-11.
 */
const MAX_ENTRY_CHARS = 262_144;

/** True if an entry can be kept as evidence: not too long, nor nested so deep that it cannot be written as JSON. */
function isKeepable(entry: ProvisioningEntry): boolean {
  try {
    return JSON.stringify(entry).length <= MAX_ENTRY_CHARS;
  } catch {
    // The stack of JSON.stringify ends at some thousand levels, which JSON.parse reads.
    return false;
  }
}

/**
 * Objects, lists and members of a page, at most: a real one of 1,000 entries has some 100,000. Millions of `{}` take thirty times their size once
 * they are read: 32 MB of them a gigabyte (measured).
 * Ours, 2026-11.
 */
const MAX_PAGE_PARTS = 2_000_000;

/** The characters of JSON with which a part begins; those in texts count, too. */
const BEGINS_PART: ReadonlySet<number> = new Set(['{', '[', ','].map((character) => character.charCodeAt(0)));

function hasTooManyParts(body: string): boolean {
  let parts = 0;
  for (let at = 0; at < body.length; at++) if (BEGINS_PART.has(body.charCodeAt(at))) parts++;
  return parts > MAX_PAGE_PARTS;
}

/** One page; `unreadable` counts entries that do not have the documented shape, or a size that none has (they are evidence of nothing). */
export interface LogPage {
  readonly entries: readonly ProvisioningEntry[];
  readonly unreadable: number;
  /** Path and query of the next page; null after the last one. */
  readonly next: string | null;
}

/**
 * The first page of a job's entries in a stretch (both ends strict: Graph documents `gt` and `lt` for this property), with `size` entries; null: as
 * many as the service likes.
 */
export function firstLogPath(jobId: string, { after, before }: LogStretch, size: number | null): string {
  const filter = [
    `jobid eq '${jobId.replace(/'/g, "''")}'`,
    `activityDateTime gt ${new Date(after).toISOString()}`,
    ...(before === null ? [] : [`activityDateTime lt ${new Date(before).toISOString()}`]),
  ].join(' and ');
  return `${LOG_PATH}?$filter=${encodeURIComponent(filter)}${size === null ? '' : sizeOf(size)}`;
}

const sizeOf = (size: number): string => `&$top=${size}`;

/** The same page without the size of `firstLogPath`; null if it asks for none. The links of the service are its own, and stay as they are. */
export const withoutSize = (path: string, size: number): string | null =>
  path.endsWith(sizeOf(size)) ? path.slice(0, -sizeOf(size).length) : null;

/** The service answered 400: something about the request is wrong, and the size of a page is all that no document promises. */
export class LogRequestRefused extends RollcallError {
  constructor() {
    super('graph-log-unavailable', 'retry', 'the provisioning log answered 400');
  }
}

/** The log cannot be read now; `retryAfterMs` if the service asked for a pause. Never a verdict. */
const notNow = (status: number | null, pauseMs: number | null): RollcallError =>
  new RollcallError(
    'graph-log-unavailable',
    'retry',
    `the provisioning log answered ${status === null ? 'nothing' : String(status)}`,
    pauseMs === null ? {} : { retryAfterMs: pauseMs },
  );

/** Reads one page; `now` in ms, for a Retry-After that is a date. Throws `RollcallError`: `retry` for transient faults, `LogRequestRefused` among them, `halt` for 403. */
export async function readLogPage(graph: GraphTransport, path: string, now: number): Promise<LogPage> {
  const reply = await graph.get(path);
  if (reply.kind === 'silence') throw notNow(null, null);
  if (reply.status === 403)
    throw new RollcallError(
      'graph-log-forbidden',
      'halt',
      'reading the provisioning log is not permitted (ProvisioningLog.Read.All)',
    );
  if (reply.status === 400) throw new LogRequestRefused();
  if (reply.status !== 200) throw notNow(reply.status, retryAfterMs(reply.retryAfter, now));
  return parseLogPage(reply.body, graph.origin);
}

/**
 * Parses a page's body; `origin` is that of Graph. Throws `RollcallError` (retry): `graph-log-unavailable` if it is not a page,
 * `graph-log-misleading` if the next page that it names is elsewhere.
 */
export function parseLogPage(body: string, origin: string): LogPage {
  if (hasTooManyParts(body))
    throw new RollcallError('graph-log-unavailable', 'retry', 'the provisioning log sent a page of too many parts');
  let page: unknown;
  try {
    page = JSON.parse(body);
  } catch (cause) {
    throw new RollcallError('graph-log-unavailable', 'retry', 'the provisioning log sent no JSON', { cause });
  }
  if (!pageCheck()(page))
    throw new RollcallError('graph-log-unavailable', 'retry', 'the provisioning log sent a page of unknown shape');
  const entries = page.value.filter((entry): entry is ProvisioningEntry => entryCheck()(entry) && isKeepable(entry));
  const link = page['@odata.nextLink'];
  return {
    entries,
    unreadable: page.value.length - entries.length,
    next: link === undefined ? null : nextPagePath(link, origin),
  };
}
