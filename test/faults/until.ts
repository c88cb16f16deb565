// Waiting for a condition that another process brings about.

/** Between two looks, ms. */
const LOOK_EVERY_MS = 200;

/** Looks until `look` gives something other than null. Rejects after `withinMs` with what `describe` says. */
export async function until<T>(
  look: () => Promise<T | null>,
  withinMs: number,
  describe: () => Promise<string> | string,
): Promise<T> {
  const giveUpAt = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > giveUpAt) throw new Error(await describe());
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
