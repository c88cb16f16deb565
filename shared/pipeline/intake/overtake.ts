// A newer run overtakes the older ones of its source: their unsent rows for its people are superseded (*overtakeFirst*).
import { supersedeRows } from '../../run/batch';
import { changeBatch } from '../../run/ledger';
import { carries } from '../../run/other-runs';
import type { Run } from '../../run/run';
import { OPEN_STATES } from '../../run/run';
import type { Pipeline } from '../pipeline';

/**
 * Goes through the unsent batches of all older live runs. Must be complete before any batch of `run` is released. Resolves to the older runs that
 * are held, which were seen with them: nothing of theirs is overtaken.
 */
export async function overtakeOlderRuns(
  pipeline: Pick<Pipeline, 'ledger' | 'indexes' | 'emit'>,
  run: Run,
): Promise<readonly Run[]> {
  const { ledger, indexes, emit } = pipeline;
  const states = ['held', 'staged', ...OPEN_STATES] as const;
  const older = (await ledger.runs.ofSource(run.source, states, { before: run.run })).map(({ value }) => value);
  const held = older.filter(({ state }) => state === 'held');
  for (const old of older) {
    if (old.state === 'held') continue;
    let superseded = 0;
    for await (const { value } of ledger.batches.inStates(old.run, ['staged'])) {
      const carried = new Set<string>();
      for (const row of value.rows) if (await carries(indexes, run, row.id, row.lastWord)) carried.add(row.id);
      const changed = await changeBatch(ledger.batches, value, (batch) =>
        supersedeRows(batch, ({ id }) => carried.has(id)),
      );
      if (changed !== null) superseded += changed.rows.filter((row) => row.verdict === 'superseded').length;
    }
    if (superseded > 0)
      emit('rollcall.intake.overtook', { source: run.source, run: run.run, older: old.run, superseded });
  }
  return held;
}
