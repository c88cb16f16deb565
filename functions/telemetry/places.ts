// Places in traces: made, read, written (shared/core/trace.ts has the form).
import { randomBytes } from 'node:crypto';
import type { TraceParent } from '../../shared/core/trace';
import { TRACE_PARENT } from '../../shared/core/trace';
import type { Place } from './telemetry-record';

const FORM = new RegExp(TRACE_PARENT);

export const newSpanId = (): string => randomBytes(8).toString('hex');
export const newTraceId = (): string => randomBytes(16).toString('hex');

/** The place that a text names; null if it is none. */
export function readPlace(text: unknown): Place | null {
  if (typeof text !== 'string' || !FORM.test(text)) return null;
  const [, traceId = '', spanId = ''] = text.split('-');
  return { traceId, spanId };
}

/** Always marked as sampled: nothing of ours is left out. */
export const writePlace = ({ traceId, spanId }: Place): TraceParent => `00-${traceId}-${spanId}-01`;

/** The place in the member `trace` of a message; null if there is none. */
export const placeInMessage = (input: unknown): Place | null =>
  typeof input === 'object' && input !== null && 'trace' in input ? readPlace(input.trace) : null;
