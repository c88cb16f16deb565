// One after the other, none in the way of the next: a step that fails must not keep those behind it from their turn, tick after tick.

/** Runs all steps in order; rejects at the end with the first failure. */
export async function eachOnItsOwn(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
