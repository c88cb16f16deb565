// `rollcall park`, `rollcall resume` and `rollcall abandon`: a person decides about a file that is on its way.
import { quote } from '../shared/core/message';
import { abandonRun, parkRun, resumeRun } from '../shared/pipeline/decide/stop-run';
import { lookAtRun } from '../shared/pipeline/status/run-status';
import { fileNameOf, shownState, wasNeverSent } from '../shared/run/run';
import type { StopDecision } from './cli-codes';
import { decisionPorts } from './decision-ports';
import { holdCommand } from './local-file';
import { requireRun } from './require-run';
import { runOnState, type StateOptions } from './run-on-state';
import { sentenceOf } from './sentences';
import { exitCodes, type Terminal } from './terminal';

/** Options of the three commands. */
export interface StopOptions extends StateOptions {
  readonly decision: StopDecision;
  readonly run: string;
  readonly reason: string;
  /** `sameStorage` of the command. */
  readonly sameStorage: string;
}

const DECISIONS = {
  park: { decide: parkRun, code: 'run-is-parked' },
  resume: { decide: resumeRun, code: 'run-is-resumed' },
  abandon: { decide: abandonRun, code: 'run-is-abandoned' },
} as const;

/** Runs the command; resolves to its exit code. */
export const runStop = (options: StopOptions, terminal: Terminal): Promise<number> =>
  runOnState(options, terminal, async (storage, tell, caller) => {
    const { decision, sameStorage } = options;
    const ports = await decisionPorts(storage);
    const found = await requireRun(ports.ledger.runs, options.run);
    const by = await caller();
    const { decide, code } = DECISIONS[decision];
    const stopped = await decide(ports, found, { by, why: options.reason });
    if (stopped.kind !== 'done')
      throw holdCommand('run-not-stoppable', { run: found.run, decision, state: stopped.state, sameStorage });
    const { run, isNew, held } = stopped;
    const status = await lookAtRun(ports.ledger, run);
    // As long as batches are being made, everybody is still to be sent.
    const todo = run.state === 'staged' ? run.users : status.todo;
    const counts = { isNew, held, todo, open: status.open };
    const json = { run: run.run, source: run.source, file: fileNameOf(run), decision, state: shownState(run), by };
    const values = { ...counts, name: quote(fileNameOf(run)), run: run.run, isOver: wasNeverSent(run), sameStorage };
    await tell({ ...json, ...counts }, () => [sentenceOf({ code, values })]);
    return exitCodes.clean;
  });
