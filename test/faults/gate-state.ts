// The gate as an operator sees it, and time that passes for it by hand: some pauses are longer than a test.
import { azureGateTable } from '../../shared/delivery/azure-gate-table';
import type { GateReading, GateStore } from '../../shared/delivery/gate-store';
import { openJobGate } from '../../shared/delivery/job-gate';
import { azureBatchTable } from '../../shared/run/azure-batch-table';
import { azureRunTable } from '../../shared/run/azure-run-table';
import { changeBatch } from '../../shared/run/ledger';
import type { Case } from './ground';
import { JOB } from './small-world';

/** Tenant of the sample settings. */
const TENANT = 'local';
const storeOf = (one: Case): GateStore => azureGateTable(one.storage.table('gates'), TENANT);

/** What stands in the gate now. */
export const readGate = (one: Case): Promise<GateReading> => storeOf(one).read(JOB);

/** Why the gate is closed for the job or the tenant, or null. */
export async function closedFor(one: Case): Promise<string | null> {
  const { job, pace } = await readGate(one);
  return job.value.pausedFor ?? pace.value.closedFor;
}

/** As if the pause of the job were over: the gate opens, and batches need not wait. */
export async function endPause(one: Case): Promise<void> {
  const store = storeOf(one);
  for (;;) {
    const { job } = await store.read(JOB);
    if (await store.replaceJob(JOB, job, openJobGate)) break;
  }
  const batches = azureBatchTable(one.storage.table('batches'));
  for (const { value: run } of await azureRunTable(one.storage.table('runs')).all()) {
    for (const { value } of await batches.inStates(run.run, ['staged']))
      await changeBatch(batches, value, (now) => (now.state === 'staged' ? { ...now, notBefore: 0 } : null));
  }
}
