// Attacks by expressions. In a file of their own, because a process that is stuck is waited for before it is ended.
import { csvOf, person, settingsOf } from '../unit/pipeline/contoso';
import { attacksBy } from './attack';
import { ATTACKED, ATTACKED_JOB } from './attacked-world';

/** Expressions that would keep a process busy for years, or use all its memory, with the row of `mallory`. */
const EXPRESSIONS: readonly (readonly [does: string, expression: string])[] = [
  ['compares a text with /a*a*…b/', '$contains($pad("", 60, "a"), /a*a*a*a*a*a*a*a*a*a*a*a*b/)'],
  [
    'makes the text of a shared tree',
    '$length($string($reduce([1..40], function($x, $i) { {"l": $x, "r": $x} }, Id)))',
  ],
];

attacksBy(
  'settings-author',
  EXPRESSIONS.map(([does, expression]) => ({
    does,
    holds: 'the row is rejected, the others of the file go their way',
    attack: (world) => {
      const title = { expression: `Id = "mallory" ? ${expression} : Id` };
      world.pipeline.sources.put(
        ATTACKED,
        settingsOf({ content: 'changes' }, { job: ATTACKED_JOB, mapping: { userName: 'Email', title } }),
      );
      world.drop(`${ATTACKED}/people.csv`, csvOf(person('before'), person('mallory'), person('after')));
    },
    expect: async (world) => {
      const [run] = await world.attackedRuns();
      expect(run).toMatchObject({ state: 'settled', verdicts: { created: 2, rejected: 1 } });
      expect(world.faults).toEqual([]);
    },
  })),
);
