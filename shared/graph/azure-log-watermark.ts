// The watermark on Azure Table storage: in the table `gates`, partition = tenant, row `log-<hash of the job>`.
import type { TableClient } from '@azure/data-tables';
import { stableHash } from '../core/hash';
import { fromTime, tableCall, toTime } from '../storage/azure-entity';
import type { LogWatermark } from './log-watermark';

/** The adapter; `table` must exist. */
export function azureLogWatermark(table: TableClient, tenant: string): LogWatermark {
  const row = (job: { servicePrincipalId: string; jobId: string }): string =>
    `log-${stableHash([job.servicePrincipalId, job.jobId])}`;
  return {
    read: (job) => tableCall(async () => fromTime((await table.getEntity(tenant, row(job))).readUntil), [404], 0),
    async write(job, at) {
      await tableCall(
        () => table.upsertEntity({ partitionKey: tenant, rowKey: row(job), readUntil: toTime(at) }, 'Replace'),
        [],
        null,
      );
    },
  };
}
