// `rollcall roster`: what Entra is confirmed to hold of a source, in numbers or of one person. Reads only.
import { loadHash64 } from '../shared/core/hash';
import { findInRosters, type RosterPersonPorts } from '../shared/pipeline/roster/find-in-roster';
import { lookAtRosters, type RosterLookPorts } from '../shared/pipeline/roster/look-at-rosters';
import { azureRosterStore } from '../shared/roster/azure-roster-store';
import { azureRunFiles } from '../shared/run/azure-run-files';
import { azureRunTable } from '../shared/run/azure-run-table';
import { azureSourceStore } from '../shared/source/azure-source-store';
import type { Storage } from '../shared/storage/azure-storage';
import { rosterJson, rosterPersonJson } from './roster-json';
import { rosterPersonText, rosterText } from './roster-text';
import { runOnState, type StateOptions, type Tell } from './state-command';
import { exitCodes, type Terminal } from './terminal';

/** Options of the command. */
export interface RosterOptions extends StateOptions {
  /** Null for all sources. */
  readonly source: string | null;
  /** The id of a person, as HR writes it. */
  readonly person: string | null;
}

type Ports = RosterLookPorts & Omit<RosterPersonPorts, 'hash'>;

/** Runs the command; resolves to its exit code. */
export const runRoster = (options: RosterOptions, terminal: Terminal): Promise<number> =>
  runOnState(options, terminal, (storage, tell) => answer(options, tell, portsOf(storage)));

/** The adapters. */
const portsOf = (storage: Storage): Ports => ({
  runs: azureRunTable(storage.table('runs')),
  files: azureRunFiles(storage.blobs, 'inbound', 'runs'),
  rosters: azureRosterStore(storage.blobs.getContainerClient('rosters'), Math.random),
  sources: azureSourceStore(storage.blobs.getContainerClient('sources')),
});

async function answer({ source, person }: RosterOptions, tell: Tell, ports: Ports): Promise<number> {
  if (person !== null) {
    const found = await findInRosters({ ...ports, hash: await loadHash64() }, person, source);
    await tell(rosterPersonJson(person, found), () => rosterPersonText(person, found));
    return exitCodeOf(found);
  }
  const found = await lookAtRosters(ports, source);
  await tell(rosterJson(found), () => rosterText(found));
  return exitCodeOf(found);
}

const exitCodeOf = (found: readonly { readonly trouble: string | null }[]): number =>
  found.some(({ trouble }) => trouble !== null) ? exitCodes.findings : exitCodes.clean;
