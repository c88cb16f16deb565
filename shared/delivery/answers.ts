// What each answer of the service to a bulk request means: one table, read from top to bottom; the first line that fits decides.
// Sources: reference pages of bulkUpload; troubleshooting page (7 July 2026); Graph error responses; RFC 9110.
import type { GraphReply, GraphSilence } from '../graph/graph-transport';
import { BUCKET_FULL_PAUSE_MS, CALL_WINDOW_MS } from '../graph/limits';
import { retryAfterMs } from '../graph/retry-after';
import { cutWords } from '../graph/service-words';

export type AnswerMeaning =
  /** 202: queued, rows wait for evidence. */
  | { readonly kind: 'accepted'; readonly requestId: string | null }
  /** Nobody sends until the gate opens; nothing of this request was taken. */
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | null }
  /** This job is paused; nothing of this request was taken. */
  | { readonly kind: 'job-paused'; readonly code: string; readonly leastPauseMs: number; readonly mostPauseMs: number }
  /** One more try with a fresh token; if that is refused too, halt. */
  | { readonly kind: 'token-refused' }
  /** A person must act; nothing of this request was taken, the batch stays staged. */
  | { readonly kind: 'halted'; readonly code: string; readonly scope: 'tenant' | 'job' }
  /** An operation, or all of them together, cannot be accepted: send the halves apart; a single row is rejected with the service's words. */
  | { readonly kind: 'indigestible'; readonly code: string; readonly message: string }
  /** The gate closed between the note and the call: nothing was sent. */
  | { readonly kind: 'not-called'; readonly until: number; readonly code: string }
  /** It may have been accepted: resend once, then wait for evidence. */
  | { readonly kind: 'unknown'; readonly code: string };

interface AnswerLine {
  readonly name: string;
  readonly fits: (status: number, body: string) => boolean;
  readonly means: (
    answer: { status: number; body: string; requestId: string | null; retryAfter: string | null },
    now: number,
  ) => AnswerMeaning;
}

/** Pause for what clears up by itself, ms: one to three windows of the pace, at random, to spread senders refused together. Ours, 2026-11. */
const SHORT_PAUSE = { leastPauseMs: CALL_WINDOW_MS, mostPauseMs: 3 * CALL_WINDOW_MS };

const ANYTHING_ELSE: AnswerLine = {
  name: 'anything else',
  fits: () => true,
  means: () => ({ kind: 'halted', code: 'graph-unexpected-answer', scope: 'tenant' }),
};

/** The table; every line has a test of its name. */
export const ANSWER_TABLE: readonly AnswerLine[] = [
  {
    name: '202 queued',
    fits: (status) => status === 202,
    means: (a) => ({ kind: 'accepted', requestId: a.requestId }),
  },
  // Not documented, but the request was not refused.
  {
    name: '2xx that is not 202',
    fits: (status) => status >= 200 && status < 300,
    means: () => ({ kind: 'unknown', code: 'graph-unexpected-answer' }),
  },
  {
    name: '400 some operation is malformed',
    fits: (status) => status === 400 || status === 422,
    means: (a) => ({ kind: 'indigestible', code: 'graph-refused-operation', message: messageOf(a.body) }),
  },
  { name: '401 token refused', fits: (status) => status === 401, means: () => ({ kind: 'token-refused' }) },
  {
    name: '403 permission missing',
    fits: (status) => status === 403,
    means: () => ({ kind: 'halted', code: 'graph-forbidden', scope: 'tenant' }),
  },
  {
    name: '404 no such job',
    fits: (status) => status === 404 || status === 410,
    means: () => ({ kind: 'halted', code: 'graph-job-not-found', scope: 'job' }),
  },
  // A gateway gave up waiting: how much of the request got through is unknown.
  {
    name: '408 the service waited in vain',
    fits: (status) => status === 408,
    means: () => ({ kind: 'unknown', code: 'graph-timeout' }),
  },
  // Conflict: another change of the same job is in progress. Transient.
  {
    name: '409 conflict',
    fits: (status) => status === 409,
    means: () => ({ kind: 'job-paused', code: 'graph-conflict', ...SHORT_PAUSE }),
  },
  {
    name: '413 too large',
    fits: (status) => status === 413,
    means: (a) => ({ kind: 'indigestible', code: 'graph-request-too-large', message: messageOf(a.body) }),
  },
  {
    name: '415 wrong content type',
    fits: (status) => status === 415,
    means: () => ({ kind: 'halted', code: 'graph-refused-content-type', scope: 'tenant' }),
  },
  {
    name: '429 throttled',
    fits: (status) => status === 429,
    means: (a, now) => ({ kind: 'throttled', retryAfterMs: retryAfterMs(a.retryAfter, now) }),
  },
  {
    name: '500 bucket full',
    fits: (status, body) => status === 500 && /bucket/i.test(body) && /full/i.test(body),
    means: () => ({
      kind: 'job-paused',
      code: 'graph-bucket-full',
      leastPauseMs: BUCKET_FULL_PAUSE_MS.least,
      mostPauseMs: BUCKET_FULL_PAUSE_MS.most,
    }),
  },
  {
    name: '503 with Retry-After',
    fits: (status) => status === 503,
    means: (a, now) =>
      a.retryAfter === null
        ? { kind: 'unknown', code: 'graph-unavailable' }
        : { kind: 'throttled', retryAfterMs: retryAfterMs(a.retryAfter, now) },
  },
  {
    name: '5xx and gateway pages',
    fits: (status) => status >= 500,
    means: () => ({ kind: 'unknown', code: 'graph-server-error' }),
  },
  // bulkUpload never redirects; following a redirect would send the company's people to wherever it points.
  {
    name: '3xx redirect refused',
    fits: (status) => status >= 300 && status < 400,
    means: () => ({ kind: 'halted', code: 'graph-redirected', scope: 'tenant' }),
  },
  ANYTHING_ELSE,
];

/** What no answer at all means, by its reason. */
const SILENCE: Readonly<Record<GraphSilence['reason'], AnswerMeaning>> = {
  // Without a connection nothing was sent.
  unreachable: { kind: 'job-paused', code: 'graph-unreachable', ...SHORT_PAUSE },
  timeout: { kind: 'unknown', code: 'graph-timeout' },
  cut: { kind: 'unknown', code: 'graph-connection-cut' },
};

/** Judges one reply; `now` in ms, for a Retry-After that is a date. */
export function judgeAnswer(reply: GraphReply, now: number): AnswerMeaning {
  if (reply.kind === 'silence') return SILENCE[reply.reason];
  const line = ANSWER_TABLE.find((one) => one.fits(reply.status, reply.body)) ?? ANYTHING_ELSE;
  return line.means(reply, now);
}

/** The message of a Graph error body; for HR's report only, because it may quote data. */
function messageOf(body: string): string {
  try {
    const parsed = JSON.parse(body) as { error?: { message?: unknown } } | null;
    const message = parsed?.error?.message;
    return typeof message === 'string' ? cutWords(message) : '';
  } catch {
    // A gateway's page is not JSON: it has no message for HR.
    return '';
  }
}
