// `rollcall disable`: a leaver now, without waiting for HR's next file. Makes a run of one record; the machine sends it.
import { FileHold } from '../shared/core/errors';
import { quote } from '../shared/core/message';
import { loadHash64 } from '../shared/core/hash';
import { azureWorkQueue } from '../shared/delivery/azure-work-queue';
import type { Arrival } from '../shared/delivery/queues';
import type { DisablePorts, Disabling, Ordered } from '../shared/pipeline/disable/disable-person';
import { disablePerson } from '../shared/pipeline/disable/disable-person';
import { azureRosterStore } from '../shared/roster/azure-roster-store';
import { dateOf } from '../shared/roster/roster-entry';
import { azureRunFiles } from '../shared/run/azure-run-files';
import { azureRunTable } from '../shared/run/azure-run-table';
import { PeopleIndexes } from '../shared/run/people-indexes';
import { holdRun } from '../shared/run/hold-run';
import { azureSourceStore } from '../shared/source/azure-source-store';
import { storageTime } from '../shared/storage/azure-clock';
import type { Storage } from '../shared/storage/azure-storage';
import { isHeld, readDataLock } from '../shared/storage/data-lock';
import { disableJson, disableText } from './disable-text';
import { holdCommand } from './local-file';
import { inRosterWords } from './roster-trouble';
import { runOnState, type StateOptions } from './run-on-state';
import { exitCodes, type Terminal } from './terminal';
import { holdOfProblems } from './read-source';

/** Options of the command. */
export interface DisableOptions extends StateOptions {
  readonly source: string;
  /** The id of a person, as HR writes it. */
  readonly person: string;
  readonly reason: string;
  /** `sameStorage` of the command. */
  readonly sameStorage: string;
}

/** Runs the command; resolves to its exit code. */
export async function runDisable(options: DisableOptions, terminal: Terminal): Promise<number> {
  // Asked before storage is opened: for a machine that does not run, its storage is started for the command alone.
  const isRunning = options.data === null || (await isMachineRunning(options.data));
  return runOnState(options, terminal, async (storage, tell, caller) => {
    const { source, person: id, reason } = options;
    const order = { source, id, reason, by: await caller() };
    const ports = await portsOf(storage);
    const now = await storageTime(storage);
    const done = assertDone(await inRosterWords(() => disablePerson(ports, order, now)), source);
    await tell(disableJson(order, done, isRunning), () =>
      disableText(order, done, { isRunning, sameStorage: options.sameStorage }),
    );
    return exitCodes.clean;
  });
}

async function isMachineRunning(folder: string): Promise<boolean> {
  const lock = await readDataLock(folder);
  return lock !== null && isHeld(lock);
}

async function portsOf(storage: Storage): Promise<DisablePorts> {
  const hash = await loadHash64();
  const files = azureRunFiles(storage.blobs, 'inbound', 'runs');
  return {
    runs: azureRunTable(storage.table('runs')),
    files,
    indexes: new PeopleIndexes(files, hash),
    rosters: azureRosterStore(storage.blobs.getContainerClient('rosters'), Math.random),
    sources: azureSourceStore(storage.blobs.getContainerClient('sources')),
    arrivals: azureWorkQueue<Arrival>(storage.queues.getQueueClient('arrivals')),
    hash,
  };
}

/** Throws `FileHold` with the reason why nothing was done. */
function assertDone(result: Disabling, source: string): Ordered {
  switch (result.kind) {
    case 'made':
    case 'under-way':
      return result;
    case 'roster-trouble':
      throw new FileHold(result.trouble, {});
    case 'unknown':
      throw holdCommand('person-unknown', { source });
    case 'not-confirmed':
      throw holdCommand('person-not-confirmed', {});
    case 'settings-unusable':
      throw result.faults === null
        ? holdRun('source-unknown', { folder: quote(source) })
        : holdOfProblems(source, result.faults);
    case 'in-other-job':
      throw holdCommand('person-in-other-job', {});
    case 'disabled-already':
      throw holdCommand('person-disabled', { on: dateOf(result.on) });
    case 'record-gone':
      throw holdCommand('person-record-gone', { run: result.run });
    case 'hold-list-broken':
      throw holdRun('hold-list-broken', { ...result.fault });
    case 'on-hold':
      throw holdCommand('person-on-hold', { until: result.until });
  }
}
