// Places: never more at work than there are, first come first served, and nobody waits longer than asked.
import { Places } from '../../../shared/core/places';
import { HandClock, quiet } from '../memory/hand-clock';

const PATIENCE = 60_000;

/** Takes a place and notes it; resolves to whether there was one. */
function crowd(most: number) {
  const clock = new HandClock({ byHand: true });
  const places = new Places(most, clock);
  const inside: string[] = [];
  const leaving = new Map<string, () => void>();
  const gone: string[] = [];
  return {
    clock,
    inside,
    gone,
    come: async (name: string): Promise<void> => {
      const leave = await places.take(PATIENCE);
      if (leave === null) {
        gone.push(name);
        return;
      }
      inside.push(name);
      leaving.set(name, leave);
    },
    go: (name: string): void => {
      inside.splice(inside.indexOf(name), 1);
      leaving.get(name)?.();
    },
  };
}

test('whoever finds no place waits for the first one that becomes free', async () => {
  const { come, go, inside } = crowd(2);
  const all = ['a', 'b', 'c', 'd'].map(come);
  await quiet();
  expect(inside).toEqual(['a', 'b']);
  go('a');
  await quiet();
  expect(inside).toEqual(['b', 'c']);
  go('c');
  go('b');
  await Promise.all(all);
  expect(inside).toEqual(['d']);
});

test('whose patience is over goes without, and is given no place afterwards', async () => {
  const { clock, come, go, inside, gone } = crowd(1);
  void come('a');
  void come('b');
  await clock.advance(PATIENCE - 1);
  void come('c');
  expect(gone).toEqual([]);
  await clock.advance(1);
  expect(gone).toEqual(['b']);
  go('a');
  await quiet();
  expect(inside).toEqual(['c']);
  go('c');
  await come('d');
  expect(inside).toEqual(['d']);
});
