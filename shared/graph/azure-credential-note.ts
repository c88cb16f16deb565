// The note on Azure Table storage: in the table `gates`, partition = tenant, row `credential`. It is read with the gates of all tenants.
import type { TableClient } from '@azure/data-tables';
import { tableCall, toTime } from '../storage/azure-entity';
import type { CredentialNote } from './credential-note';

/** Its row in the partition of the tenant; the property is `endsAt`. */
export const CREDENTIAL_ROW = 'credential';

/** The adapter; `table` must exist. */
export function azureCredentialNote(table: TableClient, tenant: string): CredentialNote {
  return {
    async write(endsAt) {
      const entity = {
        partitionKey: tenant,
        rowKey: CREDENTIAL_ROW,
        ...(endsAt !== null && { endsAt: toTime(endsAt) }),
      };
      await tableCall(() => table.upsertEntity(entity, 'Replace'), [], null);
    },
  };
}
