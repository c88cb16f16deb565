// The words for what became of a row. The strongest effect over all deliveries of a row is its verdict.

/** Every row of every accepted file ends in exactly one of these. */
export const VERDICTS = [
  'created',
  'updated',
  'unchanged',
  'disabled',
  'skipped',
  'failed',
  'rejected',
  'held',
  'superseded',
  'not-seen',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What one change in the provisioning log did to the person. */
export type Effect = 'created' | 'disabled' | 'updated' | 'unchanged' | 'skipped' | 'failed';

/** Stronger effects win, in whatever order they are read: a repeated call still says `created`. */
const STRENGTH: Readonly<Record<Effect, number>> = {
  created: 6,
  disabled: 5,
  updated: 4,
  unchanged: 3,
  skipped: 2,
  failed: 1,
};

export const isEffect = (verdict: Verdict | null): verdict is Effect =>
  verdict !== null && Object.hasOwn(STRENGTH, verdict);

/** True if the directory now holds the record that was sent. */
export const isSuccess = (verdict: Verdict | null): boolean =>
  isEffect(verdict) && STRENGTH[verdict] > STRENGTH.skipped;

/** The stronger of a verdict and an effect. A verdict that is not an effect (`not-seen` …) gives way to any evidence. */
export function stronger(verdict: Verdict | null, effect: Effect): Verdict {
  if (!isEffect(verdict)) return effect;
  return STRENGTH[effect] > STRENGTH[verdict] ? effect : verdict;
}

/** A table with zero for every verdict. */
export const noVerdicts = (): Record<Verdict, number> =>
  Object.fromEntries(VERDICTS.map((word) => [word, 0])) as Record<Verdict, number>;
