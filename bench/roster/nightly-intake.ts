// Passes of a usual night: a roster in which everybody was confirmed today, and the whole of intake of the next file against it, in the emulator.
import { BlobServiceClient } from '@azure/storage-blob';
import { openStorage } from '../../functions/compose';
import { parseAppSettings } from '../../functions/settings';
import { azureRosterStore } from '../../shared/roster/azure-roster-store';
import { epochOf } from '../../shared/roster/epoch';
import { updateRoster } from '../../shared/roster/update-roster';
import { azureRunTable } from '../../shared/run/azure-run-table';
import { runIdOf } from '../../shared/run/run';
import { BENCH_SOURCE, peopleSettings } from '../intake/people-source';
import { benchSettings, NO_GRAPH, wholeIntake } from '../intake/whole-intake';
import { confirmedPeople } from './compare-people';
import type { RosterFigures } from './roster-pass';

const HOUR_MS = 3_600_000;

/** Puts a roster into the emulator in which all people of the file were confirmed an hour ago: nobody's refresh is due. The index of runs is made, as it is after the first ticks. */
export async function seedNight(storage: string, people: string): Promise<RosterFigures> {
  const begin = performance.now();
  const at = Date.now() - HOUR_MS;
  const run = runIdOf(`${BENCH_SOURCE}/people.csv`, '"0"', at);
  const { table, count } = await confirmedPeople(people, { run, epoch: epochOf(peopleSettings(BENCH_SOURCE)), at });
  const container = BlobServiceClient.fromConnectionString(storage).getContainerClient('rosters');
  const settings = parseAppSettings(benchSettings(storage, NO_GRAPH));
  await azureRunTable(openStorage(settings).table('runs')).mendIndex(at);
  const { value } = await updateRoster(azureRosterStore(container, Math.random), table, null);
  const seconds = (performance.now() - begin) / 1_000;
  return { seconds, rosterSeconds: 0, people: count, changed: 0, bytes: value.bytes, attributes: 0 };
}

/** Takes in the night's file. */
export async function takeNight(storage: string, blob: string): Promise<RosterFigures> {
  const { rows, seconds, transactions, batches } = await wholeIntake(storage, blob);
  return { seconds, rosterSeconds: 0, people: rows, changed: 0, bytes: 0, attributes: 0, transactions, calls: batches };
}
