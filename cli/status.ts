// `rollcall status`: what the machine is doing, what became of a run or a person, and what needs somebody. Reads only.
import { loadHash64 } from '../shared/core/hash';
import { azureWorkQueue } from '../shared/delivery/azure-work-queue';
import { readGates } from '../shared/delivery/azure-gate-table';
import { azureLogWatermark } from '../shared/graph/azure-log-watermark';
import { lookAtMachine, type MachinePorts } from '../shared/pipeline/status/machine-status';
import { lookForPerson, type PersonPorts } from '../shared/pipeline/status/person-status';
import { lookAtRun, type RunStatusPorts } from '../shared/pipeline/status/run-status';
import { azureBatchTable } from '../shared/run/azure-batch-table';
import { azureRosterStore } from '../shared/roster/azure-roster-store';
import { azureRunFiles } from '../shared/run/azure-run-files';
import { azureRunTable } from '../shared/run/azure-run-table';
import { waitsForPerson } from '../shared/run/run';
import { azureSourceStore } from '../shared/source/azure-source-store';
import { STORAGE_NAMES, type Storage } from '../shared/storage/azure-storage';
import { azureEvidenceStore } from '../shared/verdict/azure-evidence-store';
import { requireRun } from './require-run';
import { runOnState, type StateOptions, type Tell } from './run-on-state';
import { machineJson, personJson, runJson } from './status-json';
import { machineText, personText, runText } from './status-text';
import { exitCodes, type Terminal } from './terminal';

/** Options of the command. At most one of `run` and `person` is given. */
export interface StatusOptions extends StateOptions {
  readonly run: string | null;
  readonly person: string | null;
  /** With `person`: look in this source only. */
  readonly source: string | null;
  /** Newest runs of each source that are looked at. */
  readonly runs: number;
  /** `sameStorage` of the command, for the commands that the answer names. */
  readonly sameStorage: string;
}

type Ports = MachinePorts & RunStatusPorts & Omit<PersonPorts, 'hash'>;

/** Runs the command; resolves to its exit code. */
export const runStatus = (options: StatusOptions, terminal: Terminal): Promise<number> =>
  runOnState(options, terminal, (storage, tell) => look(options, tell, portsOf(storage)));

/** The adapters, as far as they are read. */
function portsOf(storage: Storage): Ports {
  const gates = storage.table('gates');
  return {
    runs: azureRunTable(storage.table('runs')),
    batches: azureBatchTable(storage.table('batches')),
    files: azureRunFiles(storage.blobs, 'inbound', 'runs'),
    sources: azureSourceStore(storage.blobs.getContainerClient('sources')),
    rosters: azureRosterStore(storage.blobs.getContainerClient('rosters'), Math.random),
    evidence: azureEvidenceStore(storage.blobs.getContainerClient('evidence')),
    gates: () => readGates(gates),
    watermarkOf: (tenant) => azureLogWatermark(gates, tenant),
    queues: Object.fromEntries(
      STORAGE_NAMES.queues.map((name) => [name, azureWorkQueue<never>(storage.queues.getQueueClient(name))]),
    ),
  };
}

async function look(options: StatusOptions, tell: Tell, ports: Ports): Promise<number> {
  const { person } = options;
  const now = Date.now();
  if (person !== null) {
    const hash = await loadHash64();
    const found = await lookForPerson({ ...ports, hash }, person, options.source, options.runs, now);
    await tell(personJson(person, found, now), () => personText(person, found, now));
    return exitCodes.clean;
  }
  if (options.run !== null) {
    const run = await requireRun(ports.runs, options.run);
    const status = await lookAtRun(ports, run);
    await tell(runJson(status, options.sameStorage), () => runText(status, options.sameStorage));
    return waitsForPerson(run) ? exitCodes.findings : exitCodes.clean;
  }
  const status = await lookAtMachine(ports, options.runs, now);
  await tell(machineJson(status, options.sameStorage), () => machineText(status, options.sameStorage));
  return status.needs.length > 0 ? exitCodes.findings : exitCodes.clean;
}
