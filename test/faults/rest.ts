// Rest: every run has ended, and the service has nothing left to process.
import { fileNameOf } from '../../shared/run/run';
import type { Run } from '../../shared/run/run';
import type { Batch } from '../../shared/run/batch';
import { azureBatchTable } from '../../shared/run/azure-batch-table';
import { azureRunTable } from '../../shared/run/azure-run-table';
import { hasEnded } from '../../local/watch-runs';
import { until } from './until';
import type { Case } from './ground';

/** A life that takes longer counts as stuck, ms. */
const REST_WITHIN_MS = 90_000;

/** Resolves to the runs, in the order of their files' arrival; null if `gone` came first. */
export function untilRestOr(one: Case, files: number, gone: AbortSignal): Promise<readonly Run[] | null> {
  let runs: readonly Run[] = [];
  return until<{ runs: readonly Run[] | null }>(
    async () => {
      if (gone.aborted) return { runs: null };
      runs = (await azureRunTable(one.storage.table('runs')).all()).map(({ value }) => value);
      const idle = one.entra.stats().jobs.every((job) => job.waiting === 0);
      return idle && runs.length === files && runs.every(hasEnded) ? { runs } : null;
    },
    REST_WITHIN_MS,
    async () => `no rest after ${REST_WITHIN_MS} ms: ${await whatIsOpen(one, runs)}`,
  ).then((found) => found.runs);
}

/** Resolves to the runs, in the order of their files' arrival. */
export const untilRest = async (one: Case, files: number): Promise<readonly Run[]> =>
  (await untilRestOr(one, files, new AbortController().signal)) ?? [];

/** What keeps the runs from ending, for the message of a failure. */
async function whatIsOpen(one: Case, runs: readonly Run[]): Promise<string> {
  const lines = [`${runs.length} runs, now ${Date.now()}`];
  const batches = azureBatchTable(one.storage.table('batches'));
  for (const run of runs) {
    lines.push(`${fileNameOf(run)} ${run.run} ${run.state} ${run.reason?.code ?? ''} heartbeat ${run.heartbeatAt}`);
    for await (const page of batches.all(run.run)) lines.push(...page.flatMap(({ value }) => describeBatch(value)));
  }
  return lines.join('\n');
}

function describeBatch(batch: Batch): readonly string[] {
  const open = batch.rows.filter((row) => row.work !== 'done');
  if (open.length === 0) return [];
  const times = `notBefore ${batch.notBefore}, releasedAt ${batch.releasedAt}, sendingAt ${batch.sendingAt}`;
  return [
    `  ${batch.batch} ${batch.state} #${batch.delivery} ${open.length} open, ${times}, ${JSON.stringify(open[0])}`,
  ];
}
