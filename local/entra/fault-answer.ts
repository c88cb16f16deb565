// What a client sees of a scripted fault.
import type { FaultAnswer } from './faults';
import {
  BUCKET_FULL_MESSAGE,
  nameStatus,
  renderError,
  renderGatewayPage,
  type Answer,
  type RequestIds,
} from './graph-answer';

/** Target of redirects; a client that calls it has followed one. */
export const REDIRECT_PATH = '/_simulator/followed-redirect';

/** The faulty answer; undefined if the fault leaves the answer unchanged (a delay, a cut after it). */
export function renderFault(fault: FaultAnswer, ids: RequestIds): Answer | undefined {
  if (fault.redirect) return { status: 307, headers: { location: REDIRECT_PATH }, reason: 'fault' };
  const status = fault.status ?? (fault.bucketFull ? 500 : undefined);
  if (status === undefined) return undefined;
  const headers: Record<string, string> = {};
  if (fault.retryAfter !== undefined) headers['retry-after'] = String(fault.retryAfter);
  // A date has whole seconds, and must not be earlier than what was asked for.
  if (fault.retryAfterAsDate !== undefined)
    headers['retry-after'] = new Date(Math.ceil(ids.now / 1_000 + fault.retryAfterAsDate) * 1_000).toUTCString();
  if (fault.html) return { status, headers, html: renderGatewayPage(status), reason: 'fault' };
  const message = fault.message ?? (fault.bucketFull ? BUCKET_FULL_MESSAGE : describeStatus(status));
  return { status, headers, body: renderError(fault.code ?? nameStatus(status), message, ids), reason: 'fault' };
}

function describeStatus(status: number): string {
  return status === 429 ? 'Too many requests.' : nameStatus(status);
}
