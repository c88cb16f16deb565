// An attack by a file whose run cannot be served, whatever the reason: this one's batch is more than a table takes once it is to be changed.
import { RollcallError } from '../../shared/core/errors';
import { abandonRun } from '../../shared/pipeline/decide/stop-run';
import { attacksBy } from './attack';
import type { AttackedWorld } from './attacked-world';
import { ATTACKED } from './attacked-world';

const OPS = { by: 'ops@contoso.example', why: 'it cannot go on' };

/** No batch of the attacked source with more than two rows can be changed as a whole. */
function refuseLargeBatches({ pipeline }: AttackedWorld): void {
  const { batches } = pipeline.ledger;
  batches.calls.before = ({ method, key }) => {
    const [run, batch] = key.split('/') as [string, string];
    const changed = batches.peek(run, batch);
    if (method !== 'replace' || changed?.source !== ATTACKED || changed.rows.length <= 2) return;
    throw new RollcallError('entity-too-large', 'reject', 'an entity of 2000000 bytes is more than a table takes');
  };
}

attacksBy('file-dropper', [
  {
    does: 'drops a file whose batch no table takes when it is released',
    holds: 'its run is parked with its reason, and `rollcall abandon` ends it',
    attack: (world) => {
      refuseLargeBatches(world);
      world.dropPeople('p1', 'p2', 'p3');
      world.operate = async () => {
        const parked = (await world.attackedRuns()).find(({ stop }) => stop?.kind === 'parked');
        if (parked !== undefined) await abandonRun(world.pipeline, parked, OPS);
      };
    },
    expect: async (world) => {
      const told = world.pipeline.events.filter(({ name }) => name === 'rollcall.run.parked');
      expect(told.map(({ fields }) => fields)).toMatchObject([
        { step: 'release', code: 'entity-too-large', ticks: 13 },
      ]);
      expect(await world.attackedRuns()).toMatchObject([
        { state: 'parked', reason: { code: 'run-abandoned' }, verdicts: { held: 3 } },
      ]);
      // Once it is parked, the ticks are whole again.
      expect(world.faults).toHaveLength(12);
    },
  },
]);
