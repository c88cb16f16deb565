// How long there was no call after a refusal, by the service's own record of its calls.
import type { UploadCall } from '../../local/entra/traffic';
import type { Case } from './ground';

/**
 * Settings of a host that makes one call at a time: the next call after a refusal began after it. With several senders, one may be on its
 * way already, which says nothing about the pause.
 */
export const ONE_CALL_AT_A_TIME: Readonly<Record<string, string>> = {
  AzureFunctionsJobHost__extensions__queues__batchSize: '1',
  AzureFunctionsJobHost__extensions__queues__newBatchThreshold: '0',
};

/** The gate keeps the storage service's time, which a process knows to within half a round trip; ms. */
export const CLOCK_DOUBT_MS = 250;

/** Expects this many refusals with this status, and after each no call before the time that `until` returns, ms since 1970. */
export function expectPauses(one: Case, status: number, times: number, until: (refused: UploadCall) => number): void {
  const calls = one.entra.uploadCalls();
  const refusals = calls.filter((call) => call.status === status);
  expect(refusals).toHaveLength(times);
  for (const refused of refusals) {
    // A call that arrived before the answer left was on its way already.
    expect(calls.filter(({ at }) => at > refused.at && at < refused.answeredAt)).toEqual([]);
    const next = calls.find(({ at }) => at >= refused.answeredAt && at > refused.at);
    expect(next?.at).toBeGreaterThanOrEqual(until(refused) - CLOCK_DOUBT_MS);
  }
}

/** Like `expectPauses`, with a pause of this many ms from the answer on. */
export const expectPausesFor = (one: Case, status: number, times: number, pauseMs: number): void =>
  expectPauses(one, status, times, ({ answeredAt }) => answeredAt + pauseMs);
