// The run that a command names.
import { isRunId } from '../shared/core/names';
import { findRun, type RunStatusPorts } from '../shared/pipeline/status/run-status';
import type { Run } from '../shared/run/run';
import { holdCommand } from './local-file';

/** Finds it. Throws `FileHold` (`run-malformed`, `run-unknown`). */
export async function requireRun(runs: RunStatusPorts['runs'], id: string): Promise<Run> {
  if (!isRunId(id)) throw holdCommand('run-malformed', {});
  const run = await findRun(runs, id);
  if (run === null) throw holdCommand('run-unknown', { run: id });
  return run;
}
