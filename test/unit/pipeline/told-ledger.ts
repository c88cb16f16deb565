// Runs, batches and a provisioning log as a test describes them, put straight into the memory pipeline; and the ports' calls, in order.
import type { ProvisioningEntry } from '../../../shared/graph/provisioning-log';
import { encodePeopleIndex } from '../../../shared/people/people-index';
import type { Batch, BatchRow } from '../../../shared/run/batch';
import type { Run } from '../../../shared/run/run';
import { receivedRun } from '../../../shared/run/run-moves';
import type { MemoryPipeline } from '../memory/memory-pipeline';
import { graphAnswer, wellAnswer } from '../memory/scripted-graph';
import { batchOf, rowOf } from '../run/made-batch';
import { settingsOf } from './contoso';

/** When the hand clock of the memory pipeline begins. */
export const NOW = Date.UTC(2026, 10, 21, 8);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const JOB = { servicePrincipalId: 'sp', jobId: 'job' };
export const OTHER_JOB = { servicePrincipalId: 'sp', jobId: 'other' };
export const SOURCE = 'contoso-hr';

/** A run in the given state, received an hour ago. Ids of runs sort by arrival: `r1` is older than `r2`. */
export const runOf = (run: string, more: Partial<Run> = {}): Run => ({
  ...receivedRun(
    { source: SOURCE, name: `${SOURCE}/${run}.csv`, etag: `"${run}"`, lastModified: NOW - HOUR, bytes: 700 },
    NOW - HOUR,
  ),
  run,
  state: 'confirming',
  job: JOB,
  ...more,
});

/** Ids of runs in the form that the roster keeps, oldest first. */
export const [R1, R2, R3] = [1, 2, 3].map((n) => `20261121T07000${n}Z-000000000${n}`) as [string, string, string];

/** The files of a run that the report and the roster read: these rows, person `p<row>` each, with the line after the header. */
export function putFiles(pipeline: MemoryPipeline, run: Run, ...rows: readonly number[]): void {
  const users = rows.map((row) =>
    JSON.stringify({ schemas: [], externalId: `p${row}`, active: true, userName: `p${row}` }),
  );
  let offset = 0;
  const lines = rows.map((row, i) => {
    const bytes = users[i]!.length;
    const line = JSON.stringify({ row, line: row + 1, id: `p${row}`, user: [offset, bytes] });
    offset += bytes + 1;
    return `${line}\n`;
  });
  pipeline.files.put(run, 'rows.jsonl', lines.join(''));
  pipeline.files.put(run, 'users.jsonl', users.map((user) => `${user}\n`).join(''));
  pipeline.files.put(run, 'source.json', JSON.stringify(settingsOf()));
}

/** Puts a run with its batches and the people index that follows from them. */
export function putRun(pipeline: MemoryPipeline, run: Run, ...batches: readonly Batch[]): Run {
  const own = batches.map((batch) => ({ ...batch, source: run.source, run: run.run }));
  pipeline.ledger.runs.put(run);
  pipeline.ledger.batches.put(...own);
  const people = own.flatMap(({ batch, rows }) =>
    rows.map(({ id }) => ({
      idHash: pipeline.hash(id.toLowerCase().replace(/^0+/, '')),
      recordHash: 0n,
      batch: Number(batch.slice(0, 6)),
    })),
  );
  pipeline.files.put(run, 'people.idx', encodePeopleIndex(people));
  return run;
}

/** A row of person `p<row>` that waits for evidence of one delivery. */
export const sentRow = (row: number, at: number, more: Partial<BatchRow> = {}): BatchRow =>
  rowOf(row, { work: 'open', deliveries: 1, sentAt: [at], ...more });

/** A row of person `p<row>` that is decided after one delivery. */
export const doneRow = (row: number, more: Partial<BatchRow> = {}): BatchRow =>
  rowOf(row, { work: 'done', deliveries: 1, sentAt: [NOW - HOUR], verdict: 'created', ...more });

/** A run whose rows are all decided, with these rows in one batch and in its files. */
export function over(pipeline: MemoryPipeline, run: string, rows: readonly BatchRow[], more: Partial<Run> = {}): Run {
  const value = putRun(pipeline, runOf(run, more), batchOf(rows));
  putFiles(pipeline, value, ...rows.map(({ row }) => row));
  return value;
}

export { batchOf, rowOf };

/** What an entry says besides its person and time. */
export interface Said {
  readonly change?: string;
  readonly action?: string;
  /** An error code: the change failed with it. */
  readonly error?: string;
  readonly reason?: string;
}

/** An entry of the log: the person was created, unless the test says otherwise. */
export const entryOf = (id: string, at: number, said: Said = {}): ProvisioningEntry => {
  const change = said.change ?? `${id} at ${at}`;
  return {
    id: `entry of ${change}${said.error === undefined ? '' : ` ${said.error}`}`,
    activityDateTime: new Date(at).toISOString(),
    changeId: change,
    provisioningAction: said.action ?? 'create',
    sourceIdentity: { id },
    provisioningStatusInfo:
      said.error === undefined
        ? { status: 'success' }
        : { status: 'failure', errorInformation: { errorCode: said.error, reason: said.reason ?? null } },
  };
};

/** The filter of a request for a page of the log. */
export const filterOf = (path: string): string =>
  new URL(path, 'https://graph.example').searchParams.get('$filter') ?? '';

/** The times between which a request reads the log, ms. */
export function stretchOf(path: string): { readonly after: number; readonly before: number | null } {
  const end = / lt (\S+)/.exec(filterOf(path))?.[1];
  return {
    after: Date.parse(/ gt (\S+)/.exec(filterOf(path))?.[1] ?? ''),
    before: end === undefined ? null : Date.parse(end),
  };
}

/** Serves the log of each job by its id, as the service does: everything strictly within the stretch, in one page. */
export function serveLog(pipeline: MemoryPipeline, logs: Readonly<Record<string, readonly ProvisioningEntry[]>>): void {
  pipeline.graph.answer = (request) => {
    if (!request.path.startsWith('/v1.0/auditLogs/')) return wellAnswer(request);
    const job = /jobid eq '([^']*)'/.exec(filterOf(request.path))?.[1] ?? '';
    const { after, before } = stretchOf(request.path);
    const value = (logs[job] ?? []).filter((entry) => {
      const at = Date.parse(entry.activityDateTime);
      return at > after && (before === null || at < before);
    });
    return graphAnswer(200, { body: JSON.stringify({ value }) });
  };
}

/** Everything that is written from now on, as `<port> <method> <key>`, in order; requests to Graph as `graph get`. */
export function recordWrites(pipeline: MemoryPipeline): readonly string[] {
  const written: string[] = [];
  const WRITES = ['insert', 'replace', 'insertNew', 'replaceAndInsert', 'keep', 'commit', 'write', 'put'];
  const ports = {
    run: pipeline.ledger.runs,
    batch: pipeline.ledger.batches,
    evidence: pipeline.evidence,
    roster: pipeline.rosters,
    report: pipeline.reports,
    watermark: pipeline.watermark,
    arrivals: pipeline.arrivals,
    deliveries: pipeline.deliveries,
  };
  for (const [name, { calls }] of Object.entries(ports)) {
    calls.before = ({ method, key }) => {
      if (WRITES.includes(method)) written.push(`${name} ${method} ${key}`.trim());
    };
  }
  return written;
}

/** The fields of all events of a name. */
export const eventsOf = (pipeline: MemoryPipeline, name: string): readonly Readonly<Record<string, unknown>>[] =>
  pipeline.events.filter((event) => event.name === name).map(({ fields }) => fields);
