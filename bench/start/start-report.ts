// What `bench start` prints: the time to load of both forms of the app, their ratio, and the project's target.
import type { ProcessCost } from '../measured-process';
import type { LoadFigures } from './load-pass';

/** What one load took, with the cost of its process. */
export type LoadResult = LoadFigures & ProcessCost;

/** All loads, in pairs: the same run of both forms, one after the other. */
export interface StartReport {
  readonly node: string;
  readonly compiled: readonly LoadResult[];
  readonly packed: readonly LoadResult[];
}

/** The deployed app loads in at most this part of the time of the compiled one. Never a failure. */
const BAR = 0.5;
const MB = 1_000_000;

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const timesOf = (results: readonly LoadResult[]): readonly number[] => results.map(({ milliseconds }) => milliseconds);

/** Everything as text. */
export function startLines({ node, compiled, packed }: StartReport): string {
  const ratios = packed.map(({ milliseconds }, run) => milliseconds / (compiled[run]?.milliseconds ?? Number.NaN));
  const ratio = middle(ratios);
  return [
    `the app is loaded ${compiled.length} times, each time by a new process; Node ${node}`,
    formLine('compiled, packages beside it', compiled),
    formLine('as it is deployed', packed),
    `  ratio: ${ratio.toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}); bar ${BAR}: ${ratio <= BAR ? 'met' : 'NOT met'}`,
  ].join('\n');
}

function formLine(name: string, results: readonly LoadResult[]): string {
  const times = timesOf(results);
  const memory = middle(results.map(({ peakBytes }) => peakBytes)) / MB;
  const functions = [...new Set(results.map((one) => one.functions))].join(' or ');
  return `  ${name.padEnd(30)}${middle(times).toFixed(0).padStart(6)} ms (${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)})${memory.toFixed(0).padStart(6)} MB   ${functions} functions`;
}
