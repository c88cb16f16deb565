// Attacks of a service that lies, or of a proxy before it.
import { graphAnswer } from '../unit/memory/scripted-graph';
import { attacksBy } from './attack';
import type { AttackedWorld } from './attacked-world';

/** Every page of the attacked job's log is this. */
const logSays =
  (page: object) =>
  (world: AttackedWorld): void => {
    world.dropPeople('p1', 'p2');
    world.lie((request, honest) =>
      request.path.startsWith('/v1.0/auditLogs/') ? graphAnswer(200, { body: JSON.stringify(page) }) : honest(request),
    );
  };

attacksBy('lying-graph', [
  {
    does: 'has an empty log',
    holds: 'rows that were sent are not seen',
    attack: logSays({ value: [] }),
    expect: async (world) => {
      expect(await world.attackedRuns()).toMatchObject([{ state: 'settled', verdicts: { 'not-seen': 2 } }]);
    },
  },
]);
