// `rollcall approve` and `rollcall refuse`: a person decides about a file that is held.
import { approveRun, refuseRun, type Decided } from '../shared/pipeline/decide/decide-held';
import { fileNameOf, type Run } from '../shared/run/run';
import { quote } from '../shared/core/message';
import { decisionPorts } from './decision-ports';
import { holdCommand } from './local-file';
import { requireRun } from './require-run';
import { sentenceOf } from './sentences';
import { runOnState, type StateOptions } from './run-on-state';
import { exitCodes, type Terminal } from './terminal';

/** Options of both commands. */
export interface DecideOptions extends StateOptions {
  readonly decision: 'approve' | 'refuse';
  readonly run: string;
  readonly reason: string;
  /** `sameStorage` of the command. */
  readonly sameStorage: string;
}

/** Runs the command; resolves to its exit code. */
export const runDecide = (options: DecideOptions, terminal: Terminal): Promise<number> =>
  runOnState(options, terminal, async (storage, tell, caller) => {
    const ports = await decisionPorts(storage);
    const run = await requireRun(ports.ledger.runs, options.run);
    const decider = { by: await caller(), why: options.reason };
    const decided =
      options.decision === 'approve' ? await approveRun(ports, run, decider) : await refuseRun(ports, run, decider);
    if (decided.kind !== 'decided') throw holdOf(decided, run, options);
    const told = toldOf(options, decided.run);
    await tell({ run: run.run, source: run.source, file: fileNameOf(run), by: decider.by, ...told.json }, () => [
      sentenceOf(told.message),
    ]);
    return exitCodes.clean;
  });

function toldOf({ decision, sameStorage }: DecideOptions, run: Run) {
  const values = { name: quote(fileNameOf(run)), run: run.run, sameStorage };
  if (decision === 'refuse') return { json: { decision: 'refused' }, message: { code: 'run-refused', values } };
  const until = run.approval?.until ?? 0;
  const json = { decision: 'approved', until: new Date(until).toISOString(), limits: run.approval?.limits ?? [] };
  return { json, message: { code: 'run-approved', values: { ...values, until } } };
}

function holdOf(undecided: Exclude<Decided, { kind: 'decided' }>, run: Run, { sameStorage }: DecideOptions) {
  switch (undecided.kind) {
    case 'not-held':
      return holdCommand('run-not-held', { run: run.run, state: undecided.state, sameStorage });
    case 'not-approvable':
      return holdCommand('run-not-approvable', { reason: run.reason === null ? [] : [{ path: '', ...run.reason }] });
    case 'void':
      return holdCommand('approval-too-late', { changed: undecided.changed });
    case 'too-early':
      return holdCommand('approval-too-early', { until: undecided.until });
  }
}
