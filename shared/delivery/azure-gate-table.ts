// The gate on Azure Table storage: partition = tenant, rows `pace` and `job-<hash>`.
import type { TableClient, TableEntity } from '@azure/data-tables';
import { odata } from '@azure/data-tables';
import { RollcallError } from '../core/errors';
import { stableHash } from '../core/hash';
import { fromJsonProperties, fromTime, listPages, tableCall, toJsonProperties } from '../storage/azure-entity';
import type { Versioned } from '../storage/versioned';
import { CREDENTIAL_ROW } from '../graph/azure-credential-note';
import type { JobKey } from '../graph/job-key';
import type { GateStore, TenantGate } from './gate-store';
import type { JobGate } from './job-gate';
import { openJobGate } from './job-gate';
import type { Pace } from './pace';
import { freshPace } from './pace';

const PACE_ROW = 'pace';
const JOB_ROWS = 'job-';
const jobRow = (job: JobKey): string => `${JOB_ROWS}${stableHash([job.servicePrincipalId, job.jobId])}`;

/** The Timestamp of an entity is in its ETag: W/"datetime'2026-11-21T09%3A36%3A12.1234567Z'" (Azure Table service; Azurite alike). */
function timeOfEtag(etag: string): number {
  const stamp = /datetime'([^']+)'/.exec(decodeURIComponent(etag))?.[1];
  const ms = stamp === undefined ? Number.NaN : Date.parse(stamp.replace(/(\.\d{3})\d*Z$/, '$1Z'));
  if (Number.isNaN(ms))
    throw new RollcallError('storage-table', 'retry', 'the table service sent an ETag without a time');
  return ms;
}

/** The adapter; `table` must exist. */
export function azureGateTable(table: TableClient, tenant: string): GateStore {
  const write = (rowKey: string, etag: string, value: unknown): Promise<string | null> => {
    const entity: TableEntity = { partitionKey: tenant, rowKey, ...toJsonProperties('body', value) };
    return etag === ''
      ? tableCall(() => table.createEntity(entity).then((answer) => answer.etag ?? ''), [409], null)
      : tableCall(
          () => table.updateEntity(entity, 'Replace', { etag }).then((answer) => answer.etag ?? ''),
          [412, 404],
          null,
        );
  };
  return {
    async read(job) {
      const filter = odata`PartitionKey eq ${tenant} and (RowKey eq ${PACE_ROW} or RowKey eq ${jobRow(job)})`;
      let pace: Versioned<Pace> = { value: freshPace, etag: '' };
      let gate: Versioned<JobGate> = { value: openJobGate, etag: '' };
      for await (const page of listPages(table, { filter })) {
        for (const entity of page) {
          if (entity.rowKey === PACE_ROW)
            pace = { value: fromJsonProperties(entity, 'body') as Pace, etag: entity.etag };
          else gate = { value: fromJsonProperties(entity, 'body') as JobGate, etag: entity.etag };
        }
      }
      return { pace, job: gate };
    },
    async replacePace(read, next) {
      const etag = await write(PACE_ROW, read.etag, next);
      return etag === null ? null : { etag, writtenAt: timeOfEtag(etag) };
    },
    replaceJob: async (job, read, next) => (await write(jobRow(job), read.etag, next)) !== null,
  };
}

/** What is found of one tenant. */
class FoundGate {
  pace = freshPace;
  credentialEndsAt: number | null = null;
  private readonly jobs = new Map<string, JobGate>();

  constructor(readonly tenant: string) {}

  take(row: string, entity: Record<string, unknown>): void {
    if (row === PACE_ROW) this.pace = fromJsonProperties(entity, 'body') as Pace;
    else if (row === CREDENTIAL_ROW) this.credentialEndsAt = fromTime(entity.endsAt) || null;
    else this.jobs.set(row, fromJsonProperties(entity, 'body') as JobGate);
  }

  jobOf(job: JobKey): JobGate | null {
    return this.jobs.get(jobRow(job)) ?? null;
  }
}

/** The gates of all tenants in the table: usually one. Reads only. Faults are `RollcallError` with disposition `retry`. */
export async function readGates(table: TableClient): Promise<readonly TenantGate[]> {
  const tenants = new Map<string, FoundGate>();
  for await (const page of listPages(table, {})) {
    for (const entity of page) {
      const [name, row] = [String(entity.partitionKey), String(entity.rowKey)];
      // A note that nothing ends is no reason to show a tenant that never sent anything.
      const isNote = row === CREDENTIAL_ROW && entity.endsAt !== undefined;
      if (row !== PACE_ROW && !row.startsWith(JOB_ROWS) && !isNote) continue;
      const tenant = tenants.get(name) ?? new FoundGate(name);
      tenants.set(name, tenant);
      tenant.take(row, entity);
    }
  }
  return [...tenants.values()];
}
