// `rollcall roster`: what Entra is confirmed to hold of a source, in numbers or of one person. Writes only to rebuild a roster that is lost, and
// to forget a person.
import { loadHash64 } from '../shared/core/hash';
import { findInRosters, type RosterPersonPorts } from '../shared/pipeline/roster/find-in-roster';
import { forgetPerson, type ForgetPorts } from '../shared/pipeline/roster/forget-person';
import { lookAtRosters, type RosterLookPorts } from '../shared/pipeline/roster/look-at-rosters';
import { rebuildRoster } from '../shared/pipeline/roster/rebuild-roster';
import type { RosterPorts } from '../shared/pipeline/reconcile/note-in-roster';
import { azureRosterStore } from '../shared/roster/azure-roster-store';
import { PeopleIndexes } from '../shared/run/people-indexes';
import { azureBatchTable } from '../shared/run/azure-batch-table';
import { azureRunFiles } from '../shared/run/azure-run-files';
import { azureRunTable } from '../shared/run/azure-run-table';
import { azureSourceStore } from '../shared/source/azure-source-store';
import type { Storage } from '../shared/storage/azure-storage';
import { rosterJson, rosterPersonJson } from './roster-json';
import { holdCommand } from './local-file';
import { forgottenText, rebuiltText, rosterPersonText, rosterText } from './roster-text';
import { inRosterWords } from './roster-trouble';
import { runOnState, type StateOptions, type Tell } from './run-on-state';
import { exitCodes, type Terminal } from './terminal';

/** Options of the command. */
export interface RosterOptions extends StateOptions {
  /** Null for all sources. */
  readonly source: string | null;
  /** The id of a person, as HR writes it. */
  readonly person: string | null;
  /** Needs `source`. */
  readonly rebuild: boolean;
  /** The id of a person to forget; needs `source`. */
  readonly forget: string | null;
}

type Ports = RosterLookPorts & RosterPersonPorts & RosterPorts & ForgetPorts;

/** Runs the command; resolves to its exit code. */
export const runRoster = (options: RosterOptions, terminal: Terminal): Promise<number> =>
  runOnState(options, terminal, async (storage, tell) => answer(options, terminal, tell, await portsOf(storage)));

async function portsOf(storage: Storage): Promise<Ports> {
  const runs = azureRunTable(storage.table('runs'));
  const files = azureRunFiles(storage.blobs, 'inbound', 'runs');
  const hash = await loadHash64();
  return {
    runs,
    ledger: { runs, batches: azureBatchTable(storage.table('batches')) },
    files,
    indexes: new PeopleIndexes(files, hash),
    rosters: azureRosterStore(storage.blobs.getContainerClient('rosters'), Math.random),
    sources: azureSourceStore(storage.blobs.getContainerClient('sources')),
    hash,
  };
}

async function answer(
  { source, person, rebuild, forget }: RosterOptions,
  terminal: Terminal,
  tell: Tell,
  ports: Ports,
): Promise<number> {
  if (rebuild && source !== null) {
    const rebuilt = await rebuildRoster(ports, source, (run, place, of) =>
      terminal.err(`reading run ${run}, ${place} of ${of}\n`),
    );
    await tell(rebuilt, () => rebuiltText(rebuilt));
    return exitCodes.clean;
  }
  if (forget !== null && source !== null) {
    const forgotten = await inRosterWords(() => forgetPerson(ports, source, forget));
    if (forgotten.kind === 'busy') throw holdCommand('source-busy', { run: forgotten.run });
    if (forgotten.kind === 'unknown') throw holdCommand('person-unknown', { source });
    await tell({ source, forgotten: forget }, () => forgottenText(source, forget));
    return exitCodes.clean;
  }
  if (person !== null) {
    const found = await findInRosters(ports, person, source);
    await tell(rosterPersonJson(person, found), () => rosterPersonText(person, found));
    return exitCodeOf(found);
  }
  const found = await lookAtRosters(ports, source);
  await tell(rosterJson(found), () => rosterText(found));
  return exitCodeOf(found);
}

const exitCodeOf = (found: readonly { readonly trouble: string | null }[]): number =>
  found.some(({ trouble }) => trouble !== null) ? exitCodes.findings : exitCodes.clean;
