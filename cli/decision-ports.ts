// What commands need that decide about a run: the adapters of a machine, without the functions' own.
import { loadHash64 } from '../shared/core/hash';
import { azureWorkQueue } from '../shared/delivery/azure-work-queue';
import type { Arrival } from '../shared/delivery/queues';
import type { ApprovePorts, RefusePorts } from '../shared/pipeline/decide/decide-held';
import type { StopPorts } from '../shared/pipeline/decide/stop-run';
import { azureReportStore } from '../shared/report/azure-report-store';
import { azureBatchTable } from '../shared/run/azure-batch-table';
import { azureRunFiles } from '../shared/run/azure-run-files';
import { azureRunTable } from '../shared/run/azure-run-table';
import { PeopleIndexes } from '../shared/run/people-indexes';
import { azureSourceStore } from '../shared/source/azure-source-store';
import { storageTime } from '../shared/storage/azure-clock';
import type { Storage } from '../shared/storage/azure-storage';
import { azureEvidenceStore } from '../shared/verdict/azure-evidence-store';

/** The ports of `rollcall approve`, `refuse`, `park`, `resume` and `abandon`. */
export async function decisionPorts(storage: Storage): Promise<ApprovePorts & RefusePorts & StopPorts> {
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
