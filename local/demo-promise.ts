// What the demo must show: checked on the reports that HR gets and on what the simulator counted.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { planNames } from '../shared/pipeline/plan/tell-plan';
import { sumOf, type RunSummary } from './run-summary';
import { NEXT_NIGHT } from './sample-export';

/** A file that was dropped, and what came of it. `rows` are counted by another CSV reader. */
export interface Act {
  readonly rows: number;
  readonly calls: number;
  readonly run: RunSummary;
}

/** What the second night costs: the leavers are one call, everybody else who changed is another. */
const CALLS_OF_NEXT_NIGHT = 2;

/** The parts of the promise that do not hold; empty if all of them do. `violations`: windows of 5 s with too many calls. */
export function brokenPromises(acts: readonly Act[], violations: number): readonly string[] {
  const [first, next, broken] = acts;
  if (first === undefined || next === undefined || broken === undefined) return ['a night is missing'];
  return [
    ...acts.flatMap(brokenCounts),
    ...[first, next].flatMap(notSettled),
    ...brokenNextNight(next),
    ...notHeld(broken),
    ...(violations > 0 ? [`${violations} windows of 5 seconds held more than 40 calls`] : []),
  ];
}

function brokenCounts({ rows, run }: Act): readonly string[] {
  const verdicts = sumOf(run.verdicts);
  return rows === verdicts ? [] : [`${run.file} has ${rows} rows, but ${verdicts} verdicts`];
}

const notSettled = ({ run }: Act): readonly string[] =>
  run.state === 'settled' ? [] : [`the run of ${run.file} is ${run.state}, not settled`];

/** Whoever did not change costs no call, and everybody who did is sent. */
function brokenNextNight({ calls, run }: Act): readonly string[] {
  const { created, updated, disabled } = run.verdicts;
  const faults: string[] = [];
  if (calls > CALLS_OF_NEXT_NIGHT) faults.push(`the second night cost ${calls} calls, not ${CALLS_OF_NEXT_NIGHT}`);
  const found = [created, updated, disabled];
  const expected = [NEXT_NIGHT.created.length, NEXT_NIGHT.changed.length, NEXT_NIGHT.left.length];
  if (found.join() !== expected.join())
    faults.push(`created, updated and disabled were ${found.join(', ')}, not ${expected.join(', ')}`);
  return faults;
}

/** A file that would do harm costs nothing, and says person by person what it would have done. */
function notHeld({ rows, calls, run }: Act): readonly string[] {
  const isHeld = run.state === 'held' && run.reason?.code === 'guard-tripped' && run.verdicts.held === rows;
  return [
    ...(isHeld ? [] : [`${run.file} is ${run.state}, not held by the guard with all its rows`]),
    ...(calls === 0 ? [] : [`${run.file} cost ${calls} calls, although it is held`]),
    ...(existsSync(join(run.reports, planNames(run.file).page)) ? [] : [`${run.file} has no plan`]),
  ];
}
