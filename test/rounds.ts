// How long the property tests search.

/**
 * How many inputs a property test tries: `few` within `npm test`, and `ROLLCALL_ROUNDS` times as many where there is time to search (in CI
 * on Node 24, or on a laptop overnight).
 */
export const rounds = (few: number): number => few * ROUNDS;

const ROUNDS = Number(process.env.ROLLCALL_ROUNDS ?? 1);
