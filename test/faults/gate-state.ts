// The gate as an operator sees it, with its time moved by hand: some pauses are longer than a test.
import { azureGateTable } from '../../shared/delivery/azure-gate-table';
import type { GateReading, GateStore } from '../../shared/delivery/gate-store';
import { openJobGate } from '../../shared/delivery/job-gate';
import { azureBatchTable } from '../../shared/run/azure-batch-table';
import { azureRunTable } from '../../shared/run/azure-run-table';
import { changeBatch } from '../../shared/run/ledger';
import type { Case } from './ground';
import { STEP_WITHIN_MS } from './host-watch';
import { JOB } from './small-world';
import { until } from './until';

/** Tenant of the sample settings. */
const TENANT = 'local';
const storeOf = (one: Case): GateStore => azureGateTable(one.storage.table('gates'), TENANT);

/** The current content of the gate. */
export const readGate = (one: Case): Promise<GateReading> => storeOf(one).read(JOB);

/** Why the gate is closed for the job or the tenant, or null. */
export async function closedFor(one: Case): Promise<string | null> {
  const { job, pace } = await readGate(one);
  return job.value.pausedFor ?? pace.value.closedFor;
}

/** Waits until the gate is closed for exactly this reason. */
export const untilClosed = (one: Case, code: string): Promise<unknown> =>
  until(
    async () => (await closedFor(one)) === code || null,
    STEP_WITHIN_MS,
    () => `the gate is not closed for ${code}`,
  );

/** Waits until the one run says that it waits for this; null: for nothing. */
export const untilRunWaitsFor = (one: Case, code: string | null): Promise<unknown> =>
  until(
    async () => {
      const run = (await azureRunTable(one.storage.table('runs')).all())[0]?.value;
      return (run !== undefined && run.waitsFor === code) || null;
    },
    STEP_WITHIN_MS,
    () => `the run does not wait for ${String(code)}`,
  );

/** Waits until the service has refused so often in a row that the day's calls count as spent; shortens the pauses in between. */
export const untilTakenForSpent = (one: Case): Promise<unknown> =>
  until(
    async () => {
      const reason = await closedFor(one);
      if (reason === 'daily-budget-spent') return true;
      if (reason === 'throttled') await endThrottling(one);
      return null;
    },
    2 * STEP_WITHIN_MS,
    () => 'the day is not taken for spent',
  );

/** As if the job had refused this many requests in a row. */
export async function setRefusals(one: Case, refusals: number): Promise<void> {
  const store = storeOf(one);
  const { job } = await store.read(JOB);
  if (!(await store.replaceJob(JOB, job, { ...job.value, refusals }))) throw new Error('the gate is in use already');
}

/** As if the pause of the job were over: the gate opens, and batches need not wait. */
export async function endPause(one: Case): Promise<void> {
  const store = storeOf(one);
  for (;;) {
    const { job } = await store.read(JOB);
    if (await store.replaceJob(JOB, job, openJobGate)) break;
  }
  await endWaits(one);
}

/** As if the tenant's gate had been closed long enough; the number of closures in a row is kept. */
export async function endThrottling(one: Case): Promise<void> {
  const store = storeOf(one);
  for (;;) {
    const { pace } = await store.read(JOB);
    if ((await store.replacePace(pace, { ...pace.value, closedUntil: 0 })) !== null) break;
  }
  await endWaits(one);
}

async function endWaits(one: Case): Promise<void> {
  const batches = azureBatchTable(one.storage.table('batches'));
  for (const { value: run } of await azureRunTable(one.storage.table('runs')).all()) {
    for await (const { value } of batches.inStates(run.run, ['staged']))
      await changeBatch(batches, value, (now) => (now.state === 'staged' ? { ...now, notBefore: 0 } : null));
  }
}
