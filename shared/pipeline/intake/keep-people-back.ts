// The hold list in intake: rows of its people are made as kept back, and the run counts them. Which day it is follows from the file's
// arrival, not from the clock, so that every attempt keeps back the same rows; a hold that has ended since is ended by the next sweep.
import type { HoldList } from '../../holdlist/hold-list';
import { holdAt } from '../../holdlist/hold-list';
import type { Batch } from '../../run/batch';
import { keepBack } from '../../run/batch';
import { changeRun } from '../../run/ledger';
import type { Run } from '../../run/run';
import type { Pipeline } from '../pipeline';

/** Keeps rows of new batches back, and afterwards notes in the run how many. */
export interface KeptPeople {
  readonly from: (batch: Batch) => Batch;
  readonly note: () => Promise<void>;
}

/** By the run's own hold list. */
export function keepPeopleBack(pipeline: Pick<Pipeline, 'ledger'>, run: Run, list: HoldList): KeptPeople {
  let people = 0;
  let leavers = 0;
  return {
    from: (batch) => {
      if (list.size === 0) return batch;
      const kept = keepBack(batch, (id) => holdAt(list, id, run.arrivedAt));
      const rows = kept.rows.filter((row) => row.hold !== null).length;
      people += rows;
      if (batch.leavers) leavers += rows;
      return kept;
    },
    note: async () => {
      if (people === 0) return;
      // Once the run is sending, the sweep counts: an attempt that is late must not undo that.
      await changeRun(pipeline.ledger.runs, run, (now) =>
        now.state === 'staged' ? { ...now, onHold: { people, leavers, looksAt: 0, list: null } } : null,
      );
    },
  };
}
