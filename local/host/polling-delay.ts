// How long a queue listener waits after it found nothing: random exponential back-off.

/** The shortest pause, in ms. QueuePollingIntervals.Minimum (azure-sdk-for-net, Microsoft.Azure.WebJobs.Extensions.Storage.Common), read 2026-11. */
export const minPollingDelayMs = 100;
/** RandomizedExponentialBackoffStrategy.RandomizationFactor, same source. */
const randomizationFactor = 0.2;

/** The pauses of one listener. First the minimum, then minimum × (1 + 2^n ± 20 %), up to the maximum; found messages reset it. */
export class PollingDelay {
  readonly #maxMs: number;
  readonly #random: () => number;
  #currentMs = 0;
  #exponent = 0;

  /** `random` gives numbers in [0, 1). */
  constructor(maxMs: number, random: () => number) {
    this.#maxMs = maxMs;
    this.#random = random;
  }

  /** The pause in ms, given whether anything was found since the last one. */
  next(foundSinceLast: boolean): number {
    if (foundSinceLast) {
      this.#currentMs = minPollingDelayMs;
      this.#exponent = 1;
    } else if (this.#currentMs !== this.#maxMs) {
      const spread = 1 - randomizationFactor + this.#random() * 2 * randomizationFactor;
      const increment = this.#exponent === 0 ? 0 : spread * 2 ** (this.#exponent - 1) * minPollingDelayMs;
      const delayMs = minPollingDelayMs + increment;
      if (delayMs < this.#maxMs) {
        this.#currentMs = delayMs;
        this.#exponent += 1;
      } else {
        this.#currentMs = this.#maxMs;
      }
    }
    return this.#currentMs;
  }
}
