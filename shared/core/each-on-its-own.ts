// Runs steps one after the other: a step that fails at every tick must not keep the later ones from running.

/** Runs all steps in order; rejects at the end with the first failure. */
export async function eachOnItsOwn(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
