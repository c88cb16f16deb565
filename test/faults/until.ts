// Waiting for a condition that another process fulfils.

/** Between two looks, ms. */
const LOOK_EVERY_MS = 200;
/** How long before the end of its test a wait gives up, ms: time to report what it waited for. */
const TO_DESCRIBE_MS = 10_000;

/** When the running test has no time left to wait, ms of `performance`. */
let testGivesUpAt = Infinity;

/** Gives each test of this file this many ms. A wait still open shortly before that fails with its own sentence, not with Jest's. */
export function limitTests(withinMs: number): void {
  jest.setTimeout(withinMs);
  beforeEach(() => {
    testGivesUpAt = performance.now() + withinMs - TO_DESCRIBE_MS;
  });
}

/** Calls `look` until it returns something other than null. Rejects with `describe()` after `withinMs`, or shortly before its test ends. */
export async function until<T>(
  look: () => Promise<T | null>,
  withinMs: number,
  describe: () => Promise<string> | string,
): Promise<T> {
  const giveUpAt = Math.min(performance.now() + withinMs, testGivesUpAt);
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > giveUpAt) throw new Error(await describe());
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
