// Passes over a roster in the emulator: made, copied as it is, and a run merged into it.
import { BlobServiceClient } from '@azure/storage-blob';
import { azureRosterStore } from '../../shared/roster/azure-roster-store';
import type { RosterPin } from '../../shared/roster/roster-store';
import { updateRoster } from '../../shared/roster/update-roster';
import { BENCH_SOURCE } from '../intake/people-source';
import { BENCH_RUN, NEXT_RUN, partOfPeople, seenPeople } from './made-part';
import type { RosterFigures } from './roster-pass';

/** Of the people of a run, every so manieth is new; the others replace a record. */
const NEW_EVERY = 20;

const rostersAt = (storage: string) =>
  azureRosterStore(BlobServiceClient.fromConnectionString(storage).getContainerClient('rosters'), Math.random);

const figures = (
  begin: number,
  people: number,
  changed: number,
  { bytes }: Pick<RosterPin, 'bytes'>,
): RosterFigures => ({
  seconds: (performance.now() - begin) / 1_000,
  ...{ rosterSeconds: 0, people, changed, bytes, attributes: 0 },
});

/** Puts a roster of people into the emulator. */
export async function seedRoster(storage: string, people: number): Promise<RosterFigures> {
  const begin = performance.now();
  const part = partOfPeople(BENCH_RUN, 0, people);
  const { value } = await updateRoster(rostersAt(storage), part, null);
  return figures(begin, people, 0, value);
}

/** Reads all bytes of the current roster and writes them as the next one: what any merge costs at least. */
export async function copyRoster(storage: string, people: number): Promise<RosterFigures> {
  const store = rostersAt(storage);
  const begin = performance.now();
  const current = await store.current(BENCH_SOURCE);
  if (current === null) throw new Error('There is no roster to copy.');
  const writer = store.replace(BENCH_SOURCE, current);
  for await (const chunk of await store.read(current.value)) await writer.append(chunk);
  const written = await writer.commit();
  return figures(begin, people, 0, written?.value ?? { bytes: 0 });
}

/** Merges a run of a full file: `changes` people were sent, everybody had a row. */
export async function mergePeople(storage: string, people: number, changes: number): Promise<RosterFigures> {
  const begin = performance.now();
  const newcomers = Math.floor(changes / NEW_EVERY);
  const part = partOfPeople(NEXT_RUN, people - (changes - newcomers), people + newcomers);
  const { value } = await updateRoster(rostersAt(storage), part, seenPeople(NEXT_RUN, people + newcomers));
  return figures(begin, people + newcomers, changes, value);
}
