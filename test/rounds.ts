// How long the property tests search, and at how many places the processes of the stories die.

/**
 * How many inputs a property test tries: `few` within `npm test`, and `ROLLCALL_ROUNDS` times as many where there is time to search (in CI
 * on Node 24, or on a laptop overnight).
 */
export const rounds = (few: number): number => few * ROUNDS;

const ROUNDS = Number(process.env.ROLLCALL_ROUNDS ?? 1);
/** From so many rounds on nothing is left out; CI has as many. */
const ROUNDS_OF_ALL = 3;
/** Whether there is time to search, so that nothing is left out. */
export const IS_THOROUGH = ROUNDS >= ROUNDS_OF_ALL;
/** With fewer, one of so many places is chosen. */
const EVERY = 3;

/**
 * The places from 1 to `count` at which a process dies: every third one within `npm test`, beginning anywhere, and each where there is time to search. A
 * test that fails names its place, which is the same in each run.
 */
export function placesToDie(count: number): readonly number[] {
  const places = Array.from({ length: count }, (_, at) => at + 1);
  if (IS_THOROUGH) return places;
  const offset = Math.floor(Math.random() * EVERY);
  return places.filter((place) => place % EVERY === offset);
}
