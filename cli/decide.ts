// `rollcall approve` and `rollcall refuse`: a person decides about a file that is held.
import { loadHash64 } from '../shared/core/hash';
import type { Arrival } from '../shared/delivery/queues';
import { azureWorkQueue } from '../shared/delivery/azure-work-queue';
import {
  approveRun,
  refuseRun,
  type ApprovePorts,
  type Decided,
  type RefusePorts,
} from '../shared/pipeline/decide/decide-held';
import { findRun } from '../shared/pipeline/status/run-status';
import { azureReportStore } from '../shared/report/azure-report-store';
import { azureBatchTable } from '../shared/run/azure-batch-table';
import { azureRunFiles } from '../shared/run/azure-run-files';
import { PeopleIndexes } from '../shared/run/people-indexes';
import { azureRunTable } from '../shared/run/azure-run-table';
import { isRunId } from '../shared/core/names';
import { fileNameOf, type Run } from '../shared/run/run';
import { azureSourceStore } from '../shared/source/azure-source-store';
import { storageTime } from '../shared/storage/azure-clock';
import type { Storage } from '../shared/storage/azure-storage';
import { azureEvidenceStore } from '../shared/verdict/azure-evidence-store';
import { quote } from '../shared/core/message';
import { holdCommand } from './local-file';
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
    if (!isRunId(options.run)) throw holdCommand('run-malformed', {});
    const ports = await portsOf(storage);
    const run = await findRun(ports.ledger.runs, options.run);
    if (run === null) throw holdCommand('run-unknown', { run: options.run });
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
    case 'not-the-guard':
      return holdCommand('run-not-approvable', { reason: run.reason === null ? [] : [{ path: '', ...run.reason }] });
    case 'void':
      return holdCommand('approval-too-late', { changed: undecided.changed });
    case 'too-early':
      return holdCommand('approval-too-early', { until: undecided.until });
  }
}

async function portsOf(storage: Storage): Promise<ApprovePorts & RefusePorts> {
  const files = azureRunFiles(storage.blobs, 'inbound', 'runs');
  const ahead = (await storageTime(storage)) - Date.now();
  return {
    ledger: { runs: azureRunTable(storage.table('runs')), batches: azureBatchTable(storage.table('batches')) },
    files,
    indexes: new PeopleIndexes(files, await loadHash64()),
    sources: azureSourceStore(storage.blobs.getContainerClient('sources')),
    evidence: azureEvidenceStore(storage.blobs.getContainerClient('evidence')),
    reports: azureReportStore(storage.blobs.getContainerClient('reports'), Math.random),
    arrivals: azureWorkQueue<Arrival>(storage.queues.getQueueClient('arrivals')),
    // The clock of this computer may be minutes off: an approval would end early, or late.
    clock: { now: () => Date.now() + ahead, sleep: (ms) => new Promise((wake) => setTimeout(wake, ms)) },
    // Events are the app's: what follows a decision is told by the app, and by the run itself.
    emit: () => undefined,
  };
}
