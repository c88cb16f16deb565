// The gate on Azure Table storage: partition = tenant, rows `pace` and `job-<hash>`.
import type { TableClient, TableEntity } from '@azure/data-tables';
import { odata } from '@azure/data-tables';
import { RollcallError } from '../core/errors';
import { stableHash } from '../core/hash';
import { fromJsonProperties, listPages, tableCall, toJsonProperties } from '../storage/azure-entity';
import type { Versioned } from '../storage/versioned';
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

/** The gates of all tenants in the table: usually one. Reads only. Faults are `RollcallError` with disposition `retry`. */
export async function readGates(table: TableClient): Promise<readonly TenantGate[]> {
  const tenants = new Map<string, { pace: Pace; readonly jobs: Map<string, JobGate> }>();
  for await (const page of listPages(table, {})) {
    for (const entity of page) {
      const row = String(entity.rowKey);
      const isPace = row === PACE_ROW;
      if (!isPace && !row.startsWith(JOB_ROWS)) continue;
      const tenant = tenants.get(String(entity.partitionKey)) ?? { pace: freshPace, jobs: new Map() };
      tenants.set(String(entity.partitionKey), tenant);
      if (isPace) tenant.pace = fromJsonProperties(entity, 'body') as Pace;
      else tenant.jobs.set(row, fromJsonProperties(entity, 'body') as JobGate);
    }
  }
  return [...tenants].map(([tenant, { pace, jobs }]) => ({
    tenant,
    pace,
    jobOf: (job) => jobs.get(jobRow(job)) ?? null,
  }));
}
