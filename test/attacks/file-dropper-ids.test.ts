// Attacks of somebody who can drop files: ids as long as cells.
import { csvOf, person } from '../unit/pipeline/contoso';
import { attacksBy } from './attack';
import { ATTACKED } from './attacked-world';

/** As many characters as a cell may have. */
const LONG = 32_000;
const longOnes = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => person(`${'x'.repeat(LONG)}${i}`, 'Active', `x${i}@contoso.example`));
const soundOnes = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => person(`p${i}`));

attacksBy('file-dropper', [
  {
    does: 'drops 60 people with ids of 32,000 characters',
    holds: 'the file is held, and not one of them becomes part of a batch that no table takes',
    attack: (world) => world.drop(`${ATTACKED}/people.csv`, csvOf(...longOnes(60))),
    expect: async (world) => {
      expect(await world.attackedRuns()).toMatchObject([{ state: 'held', rejected: 60, users: 0, batches: 0 }]);
      expect(world.faults).toEqual([]);
    },
  },
  {
    does: 'drops two people with ids of 32,000 characters among a hundred',
    holds: 'the two are rejected, and the others are sent',
    attack: (world) => world.drop(`${ATTACKED}/people.csv`, csvOf(...soundOnes(100), ...longOnes(2))),
    expect: async (world) => {
      expect(await world.attackedRuns()).toMatchObject([
        { state: 'settled', verdicts: { created: 100, rejected: 2 }, batches: 2 },
      ]);
      expect(world.faults).toEqual([]);
    },
  },
]);
