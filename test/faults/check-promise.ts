// The promise, checked from outside: files by another reader, verdicts from the reports that HR gets, people from the directory, calls
// by the service's own count.
import Papa from 'papaparse';
import type { Run } from '../../shared/run/run';
import { fileNameOf } from '../../shared/run/run';
import type { Case } from './ground';
import { countRepeated } from './repeated-calls';
import type { World } from './small-world';
import { factsOf, newestRecords, writeFile } from './small-world';

/** A line of a verdict report. */
export interface VerdictLine {
  readonly line: string;
  readonly id: string;
  readonly verdict: string;
  readonly code: string;
}

/** The verdict report of a run. */
export async function readVerdicts(one: Case, run: Run): Promise<readonly VerdictLine[]> {
  const blob = one.storage.blobs
    .getContainerClient('reports')
    .getBlobClient(`${run.source}/${run.run}/${fileNameOf(run)}.verdicts.csv`);
  const text = (await blob.downloadToBuffer()).toString('utf8').replace(/^\uFEFF/, '');
  return Papa.parse<VerdictLine>(text, { header: true, skipEmptyLines: true }).data;
}

/** Expects one verdict per row of every file, in the order of the rows, and none that the world does not explain. */
export async function expectVerdicts(one: Case, world: World, runs: readonly Run[]): Promise<void> {
  expect(runs.map((run) => run.state)).toEqual(runs.map(() => 'settled'));
  for (const [at, file] of world.files.entries()) {
    const verdicts = await readVerdicts(one, runs[at]!);
    const ids = Papa.parse<string[]>(writeFile(file).toString('utf8'), { skipEmptyLines: true })
      .data.slice(1)
      .map((cells) => cells[0]);
    expect(verdicts.map((line) => line.id)).toEqual(ids);
    expect(verdicts.map((line, i) => [line.id, isExpected(world, at, file[i]!, line.verdict) || line.verdict])).toEqual(
      ids.map((id) => [id, true]),
    );
  }
}

function isExpected(world: World, at: number, row: World['files'][number][number], verdict: string): boolean {
  if (row.active === null || row.refused === true) return verdict === 'rejected';
  if (row.person === world.failsForGood) return verdict === 'failed';
  const inNewer = world.files.slice(at + 1).some((file) => file.some((other) => other.person === row.person));
  return ['created', 'updated', 'unchanged', 'disabled', ...(inNewer ? ['superseded'] : [])].includes(verdict);
}

/** Expects the directory to hold the newest record of each person. */
export function expectNewestRecords(one: Case, world: World): void {
  expect(factsOf(one.entra.directory())).toEqual(newestRecords(world));
}

/** Repairs after one kill take one call per batch of the newer file; the small world's file has no more, splits included. */
const MAX_REPAIRS_PER_KILL = 4;

/** Expects that no limit was exceeded. */
export function expectWithinLimits(one: Case): void {
  const { uploads } = one.entra.stats();
  expect({ pace: uploads.pace.violations, day: uploads.day.violations }).toEqual({ pace: 0, day: 0 });
}

/** Expects at most one repeated call and one repeated record per kill, not counting necessary repairs. */
export function expectFewRepeated(one: Case, world: World, kills: number): void {
  const repeated = countRepeated(world, one.entra.uploads());
  expect(repeated.others).toBeLessThanOrEqual(kills);
  expect(repeated.mostPerRecord).toBeLessThanOrEqual(1 + kills);
  expect(repeated.repairs).toBeLessThanOrEqual(kills * MAX_REPAIRS_PER_KILL);
}
