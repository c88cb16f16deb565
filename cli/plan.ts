// `rollcall plan`: what a file would do, person by person, before it is dropped. Reads only, and writes two files on this computer.
import { basename, resolve } from 'node:path';
import { FileHold } from '../shared/core/errors';
import { loadHash64 } from '../shared/core/hash';
import { MAX_CALLS_PER_DAY } from '../shared/graph/limits';
import { planFile, type PlanOfFile } from '../shared/pipeline/plan/plan-file';
import { lookupOf } from '../shared/source/mapped-leaves';
import type { Storage } from '../shared/storage/azure-storage';
import { findFile, readManifest, type LocalFile } from './local-file';
import { planPaths, writePlan, type PlanPaths } from './plan-files';
import { gatherInputs, isPath, type PlanInputs } from './plan-inputs';
import { planJson } from './plan-json';
import { planText } from './plan-text';
import { findingsOfPlan, type PlanReport } from './plan-report';
import { showProgress } from './progress';
import { runOnState, tellHolds, type StateOptions, type Tell } from './run-on-state';
import { exitCodes, type Terminal } from './terminal';

/** Options of the command. */
export interface PlanOptions extends StateOptions {
  readonly file: string;
  /** The name of a source, or the path of a source.json. */
  readonly source: string;
  /** A file from `rosters/<source>/`; then no storage is used. */
  readonly roster: string | null;
  /** Folder of the two files. */
  readonly out: string;
}

/** Runs the command; resolves to its exit code. */
export function runPlan(options: PlanOptions, terminal: Terminal): Promise<number> {
  const { source, roster, data, storage } = options;
  const isStored = roster === null && (data !== null || (storage !== null && storage !== '') || !isPath(source));
  if (isStored) return runOnState(options, terminal, (opened, tell) => planAndTell(options, terminal, opened, tell));
  return tellHolds(options, terminal, (tell) => planAndTell(options, terminal, null, tell));
}

async function planAndTell(
  options: PlanOptions,
  terminal: Terminal,
  storage: Storage | null,
  tell: Tell,
): Promise<number> {
  let file: LocalFile | null = null;
  let inputs: PlanInputs | null = null;
  const answer = async (report: PlanReport): Promise<void> => tell(planJson(report), () => planText(report));
  try {
    file = await findFile(options.file);
    inputs = await gatherInputs(options, storage);
    const paths = planPaths(options.out, basename(file.path));
    const plan = await write(options, terminal, file, inputs, paths);
    const report = { kind: 'planned', file, inputs, plan, paths } as const;
    await answer(report);
    return exitCodeOf(report.plan, findingsOfPlan(report));
  } catch (error) {
    if (!(error instanceof FileHold)) throw error;
    const reason = { code: error.code, values: error.values, line: error.at.line, column: error.at.column };
    await answer({ kind: 'not-planned', path: options.file, file, inputs, reason });
    return exitCodes.held;
  }
}

async function write(
  { source, roster, out, json }: PlanOptions,
  terminal: Terminal,
  file: LocalFile,
  { settings, holdList, compared, isLoopback }: PlanInputs,
  paths: PlanPaths,
): Promise<PlanOfFile> {
  const reads = [file.path, source, ...(roster === null ? [] : [roster])];
  const hash = await loadHash64();
  const manifest = await readManifest(file.path);
  const toLookAt = { name: basename(file.path), bytes: file.bytes, manifest, settings, holdList };
  const at = { now: Date.now(), isLoopback, callsPerDay: MAX_CALLS_PER_DAY.premium };
  // It is read twice, and once more for managers that are looked up.
  const readings = lookupOf(settings) === null ? 2 : 3;
  const progress = showProgress(file.bytes * readings, !json && terminal.isInteractive, false);
  try {
    return await writePlan(resolve(out), paths, reads, (csv) =>
      planFile(hash, { ...toLookAt, read: () => file.read((bytes) => progress.bytes(bytes)) }, compared, at, csv),
    );
  } finally {
    progress.end();
  }
}

function exitCodeOf({ planned }: PlanOfFile, findings: ReturnType<typeof findingsOfPlan>): number {
  const { decision, counts, warnings } = planned;
  const isWarned = decision.warn.length + warnings > 0 || findings.some(({ severity }) => severity === 'warning');
  return decision.hold.length > 0 || counts.rejected > 0 || isWarned ? exitCodes.findings : exitCodes.clean;
}
