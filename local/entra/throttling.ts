// The limits of calls: every call counts, rejected or not. The 429 is the same for both windows of the
// upload, because nothing documented tells them apart.
import { ANY_APP, type Caller } from './access-token';
import { GraphRefusal } from './graph-answer';
import type { RetryAfterForm } from './options';
import { SlidingWindow } from './sliding-window';
import type { Tenant } from './tenant';

/** Bound of memory: applications whose log requests are counted. */
const MAX_COUNTED_APPS = 1_000;

/** Counts an upload at its arrival (ms since 1970). Returns the 429 if a window is full. */
export function countUploadCall(tenant: Tenant, now: number): GraphRefusal | undefined {
  const { traffic, uploadPace, uploadDay, settings } = tenant;
  traffic.firstUploadAt ??= now;
  traffic.lastUploadAt = now;
  const paceMs = uploadPace.count(now);
  const dayMs = uploadDay.count(now);
  if (paceMs === 0 && dayMs === 0) return undefined;
  return throttle(Math.max(paceMs, dayMs), settings.retryAfter, now, dayMs > 0 ? 'daily limit' : 'pace');
}

/** Counts a request for logs of one application. Returns the 429 if its window is full. */
export function countLogCall(tenant: Tenant, caller: Caller | 'anyone', now: number): GraphRefusal | undefined {
  const { logPaces, settings } = tenant;
  const appId = caller === 'anyone' ? ANY_APP : caller.appId;
  let window = logPaces.get(appId);
  if (!window) {
    if (logPaces.size >= MAX_COUNTED_APPS) logPaces.clear();
    window = new SlidingWindow(settings.logPace);
    logPaces.set(appId, window);
  }
  const waitMs = window.count(now);
  return waitMs === 0 ? undefined : throttle(waitMs, settings.logRetryAfter, now, 'log pace');
}

function throttle(waitMs: number, form: RetryAfterForm, now: number, reason: string): GraphRefusal {
  const seconds = Math.ceil(waitMs / 1_000);
  const date = new Date(Math.ceil((now + waitMs) / 1_000) * 1_000).toUTCString();
  const headers = form === 'none' ? {} : { 'retry-after': form === 'date' ? date : String(seconds) };
  return new GraphRefusal(429, 'TooManyRequests', 'Too many requests.', reason, headers);
}
