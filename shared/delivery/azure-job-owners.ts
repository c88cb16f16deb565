// Owners of jobs on Azure Table storage: in the table `gates`, partition = tenant, row `owner-<hash of the job>`.
import type { TableClient, TableEntity } from '@azure/data-tables';
import { stableHash } from '../core/hash';
import type { JobKey } from '../graph/job-key';
import { foldJob } from '../graph/job-key';
import { fromJsonProperties, tableCall, toJsonProperties } from '../storage/azure-entity';
import type { JobOwner, JobOwners } from './job-owners';

function ownerRow(job: JobKey): string {
  const { servicePrincipalId, jobId } = foldJob(job);
  return `owner-${stableHash([servicePrincipalId, jobId])}`;
}

/** The adapter; `table` must exist. */
export function azureJobOwners(table: TableClient, tenant: string): JobOwners {
  return {
    read: (job) =>
      tableCall(
        async () => {
          const entity = await table.getEntity(tenant, ownerRow(job));
          return { value: fromJsonProperties(entity, 'body') as JobOwner, etag: entity.etag };
        },
        [404],
        { value: null, etag: '' },
      ),
    async replace(job, read, next) {
      // The plain column is for people who browse the table.
      const entity: TableEntity = {
        partitionKey: tenant,
        rowKey: ownerRow(job),
        source: next.source,
        ...toJsonProperties('body', next),
      };
      return read.etag === ''
        ? tableCall(() => table.createEntity(entity).then(() => true), [409], false)
        : tableCall(
            () => table.updateEntity(entity, 'Replace', { etag: read.etag }).then(() => true),
            [412, 404],
            false,
          );
    },
  };
}
