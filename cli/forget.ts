// `rollcall forget`: deletes what is kept of one person, in one source or in all of them, and says what it left.
import { loadHash64 } from '../shared/core/hash';
import type { ForgetInSourcePorts, ForgottenInSource } from '../shared/pipeline/forget/forget-in-source';
import { findUnended, forgetInSource } from '../shared/pipeline/forget/forget-in-source';
import { azureReportStore } from '../shared/report/azure-report-store';
import { azureRosterStore } from '../shared/roster/azure-roster-store';
import { azureBatchTable } from '../shared/run/azure-batch-table';
import { azureRunFiles } from '../shared/run/azure-run-files';
import { azureRunTable } from '../shared/run/azure-run-table';
import { azureSourceStore } from '../shared/source/azure-source-store';
import { storageTime } from '../shared/storage/azure-clock';
import type { Storage } from '../shared/storage/azure-storage';
import { azureEvidenceStore } from '../shared/verdict/azure-evidence-store';
import { forgetJson, forgetText, type ForgetOrder } from './forget-text';
import { holdCommand } from './local-file';
import { inRosterWords } from './roster-trouble';
import { runOnState, type StateOptions } from './run-on-state';
import { exitCodes, type Terminal } from './terminal';

/** Options of the command. */
export interface ForgetOptions extends StateOptions {
  /** The id of a person, as HR writes it. */
  readonly person: string;
  /** Null for all sources. */
  readonly source: string | null;
  readonly isDry: boolean;
}

/** Runs the command; resolves to its exit code. */
export const runForget = (options: ForgetOptions, terminal: Terminal): Promise<number> =>
  runOnState(options, terminal, async (storage, tell) => {
    const ports = await portsOf(storage);
    const now = await storageTime(storage);
    const order: ForgetOrder = { person: options.person, isDry: options.isDry };
    const sources = options.source === null ? await ports.ledger.runs.sources() : [options.source];
    // Asked for all of them before anything is deleted.
    for (const source of sources) {
      const busy = await findUnended(ports, source);
      if (busy !== null) throw holdCommand('forget-waits', { source, ...busy });
    }
    const found: ForgottenInSource[] = [];
    for (const source of sources) {
      const progress = (run: string): Promise<void> => terminal.err(`reading run ${run} of ${source}\n`);
      const one = await inRosterWords(() => forgetInSource(ports, source, order.person, { ...order, now, progress }));
      if (isSomething(one)) found.push(one);
    }
    if (found.length === 0) throw holdCommand('forget-nobody', {});
    await tell(forgetJson(order, found), () => forgetText(order, found));
    return found.some(({ left }) => left.length > 0) ? exitCodes.findings : exitCodes.clean;
  });

const isSomething = ({ inRoster, keptRecords, runs, left }: ForgottenInSource): boolean =>
  inRoster || keptRecords > 0 || runs.length > 0 || left.length > 0;

async function portsOf(storage: Storage): Promise<ForgetInSourcePorts> {
  const containerOf = (name: string) => storage.blobs.getContainerClient(name);
  return {
    ledger: { runs: azureRunTable(storage.table('runs')), batches: azureBatchTable(storage.table('batches')) },
    files: azureRunFiles(storage.blobs, 'inbound', 'runs'),
    evidence: azureEvidenceStore(containerOf('evidence')),
    reports: azureReportStore(containerOf('reports'), Math.random),
    rosters: azureRosterStore(containerOf('rosters'), Math.random),
    sources: azureSourceStore(containerOf('sources')),
    hash: await loadHash64(),
  };
}
