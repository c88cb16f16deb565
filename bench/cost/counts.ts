// What a stretch of time cost, in the units that Azure bills: from the notes of a run to counts, and sums and differences of them.
import type { StorageKind } from './kinds';
import { STORAGE_KINDS } from './kinds';

/** Quantities of what is billed. */
export interface Counts {
  /** Invocations of functions. */
  readonly executions: number;
  /** GB-s as measured here, if each function has one instance, which works on several messages at a time. */
  readonly gbSeconds: number;
  /** GB-s if every stretch in which a function works had taken a second at most: it cannot be less. */
  readonly leastGbSeconds: number;
  readonly storage: Readonly<Record<StorageKind, number>>;
  /** Calls of bulkUpload. */
  readonly calls: number;
  /** Records that the app sends to Application Insights: events, spans, values of metrics. */
  readonly records: number;
  /** Their size as it is sent, JSON, bytes. */
  readonly recordBytes: number;
}

/** One invocation, in ms since the epoch. */
export interface Invocation {
  readonly functionName: string;
  readonly from: number;
  readonly to: number;
}

/** Memory of an instance, as in infra/app.bicep (2,048 MB). */
export const INSTANCE_GB = 2;

// Source: Learn, "Azure Functions Flex Consumption plan hosting", Billing (read 2026-11): at least 1,000 ms, then rounded up to 100 ms.
const LEAST_MS = 1_000;
const STEP_MS = 100;

const billedSeconds = (ms: number): number => Math.max(LEAST_MS, Math.ceil(ms / STEP_MS) * STEP_MS) / 1_000;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The stretches in which at least one invocation is under way, ms. */
function activeStretches(invocations: readonly Invocation[]): readonly number[] {
  const stretches: { from: number; to: number }[] = [];
  for (const { from, to } of [...invocations].sort((a, b) => a.from - b.from)) {
    const last = stretches.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else stretches.push({ from, to });
  }
  return stretches.map(({ from, to }) => to - from);
}

/** Billed GB-s of invocations. In Flex Consumption each of our functions has instances of its own (docs/reference/azure-functions.md §D.6). */
export function gbSecondsOf(
  invocations: readonly Invocation[],
): Pick<Counts, 'executions' | 'gbSeconds' | 'leastGbSeconds'> {
  const functions = new Set(invocations.map(({ functionName }) => functionName));
  const stretches = [...functions].flatMap((name) =>
    activeStretches(invocations.filter(({ functionName }) => functionName === name)),
  );
  return {
    executions: invocations.length,
    gbSeconds: sum(stretches.map(billedSeconds)) * INSTANCE_GB,
    leastGbSeconds: stretches.length * (LEAST_MS / 1_000) * INSTANCE_GB,
  };
}

const combine = (a: Counts, b: Counts, add: (one: number, other: number) => number): Counts => ({
  executions: add(a.executions, b.executions),
  gbSeconds: add(a.gbSeconds, b.gbSeconds),
  leastGbSeconds: add(a.leastGbSeconds, b.leastGbSeconds),
  storage: Object.fromEntries(
    STORAGE_KINDS.map((kind) => [kind, add(a.storage[kind], b.storage[kind])]),
  ) as Counts['storage'],
  calls: add(a.calls, b.calls),
  records: add(a.records, b.records),
  recordBytes: add(a.recordBytes, b.recordBytes),
});

/** `a` and `times` times `b`; with -1 the difference, in which nothing is below zero. */
export const plus = (a: Counts, b: Counts, times = 1): Counts =>
  combine(a, b, (one, other) => Math.max(0, one + times * other));

/** `times` times the same. */
export const scaled = (a: Counts, times: number): Counts => combine(a, a, (one) => one * times);
