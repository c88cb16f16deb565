// What the sweep does for runs that are stopped: nobody waits for a parked one, and an abandoned one has nothing left to send. Each step may be
// repeated: rows change by compare-and-swap, and what is done is found done.
import { RollcallError } from '../../core/errors';
import type { Batch, BatchRow } from '../../run/batch';
import { abandonRows, rowsWith, splitOff, supersedeRows } from '../../run/batch';
import type { BatchStore } from '../../run/ledger';
import { changeBatch } from '../../run/ledger';
import { lookAtOtherRuns } from '../../run/other-runs';
import type { Run } from '../../run/run';
import { isAbandoned, STOPPABLE_STATES } from '../../run/run';
import type { Pipeline } from '../pipeline';
import type { ServedRuns } from '../serve/served-runs';

type StoppedPorts = Pick<Pipeline, 'ledger' | 'indexes' | 'emit'>;

/** Looks at every run that is stopped and has not ended; `moving`: all runs on their way. */
export async function tendStoppedRuns(
  pipeline: StoppedPorts,
  moving: readonly Run[],
  served: ServedRuns,
): Promise<void> {
  await served.each(
    'stop',
    moving.filter(({ state, stop }) => STOPPABLE_STATES.includes(state) && stop !== null),
    async (run) => {
      if (isAbandoned(run)) await holdUnsentRows(pipeline, run);
      else await giveUpCarriedRows(pipeline, run);
    },
  );
}

/**
 * Of an abandoned run: holds rows that were never sent, for good, and lets the others wait for their evidence (*heldWasNeverSent*). Resolves to how
 * many rows it held; rows whose sender is at work are held by the next tick, unless they were sent.
 */
export async function holdUnsentRows(
  { ledger, emit }: Pick<StoppedPorts, 'ledger' | 'emit'>,
  run: Run,
): Promise<number> {
  const code = run.stop?.reason.code ?? '';
  let held = 0;
  const hold = async (key: Pick<Batch, 'run' | 'batch'>): Promise<void> => {
    held += (await abandonBatch(ledger.batches, key, code)).filter((row) => row.verdict === 'held').length;
  };
  for await (const { value } of ledger.batches.inStates(run.run, ['staged'])) await hold(value);
  for await (const { value } of ledger.batches.keptBack(run.run)) await hold(value);
  if (held > 0) emit('rollcall.run.abandoned', { source: run.source, run: run.run, rows: held });
  return held;
}

/** The rows of the batch as they are now; none if nothing had to change. One that no table takes as a whole any more is cut in two. */
async function abandonBatch(
  batches: BatchStore,
  key: Pick<Batch, 'run' | 'batch'>,
  code: string,
): Promise<readonly BatchRow[]> {
  try {
    return (await changeBatch(batches, key, (batch) => abandonRows(batch, code)))?.rows ?? [];
  } catch (error) {
    if (!(error instanceof RollcallError) || error.code !== 'entity-too-large') throw error;
    const read = await batches.read(key.run, key.batch);
    const next = read && abandonRows(read.value, code);
    if (!read || !next || next.rows.length < 2) throw error;
    const second = next.rows.slice(Math.ceil(next.rows.length / 2)).map(({ row }) => row);
    const { parent, child } = splitOff(next, new Set(second), 0);
    // If the batch changed meanwhile, the next tick finds it.
    return (await batches.replaceAndInsert(read, parent, child)) ? next.rows : [];
  }
}

/** Of a parked run: a newer run waits for rows that may have been sent, so those that it carries are given up, as a release would do (*parkedIsLookedAt*). */
async function giveUpCarriedRows({ ledger, indexes }: StoppedPorts, run: Run): Promise<void> {
  const others = await lookAtOtherRuns(ledger, indexes, run);
  if (others.areQuiet()) return;
  for await (const { value } of ledger.batches.inStates(run.run, ['staged'])) {
    const carried = new Set<number>();
    for (const row of rowsWith(value, 'todo'))
      if (await others.newerCarries(row.id, row.lastWord)) carried.add(row.row);
    if (carried.size === 0) continue;
    await changeBatch(ledger.batches, value, (batch) =>
      batch.delivery === value.delivery ? supersedeRows(batch, ({ row }) => carried.has(row)) : null,
    );
  }
}
