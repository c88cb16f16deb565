// The records that the roster points to outlive the files of their run: they are what a leaver is sent from (ADR 0023, ADR 0043). Before old runs are
// deleted, their lines are copied to the kept records of the source; those that the roster no longer points to are left out of the new file.
import { keptRecordLine, nameOfPlace, readKeptRecords } from '../../roster/kept-records';
import { openRoster } from '../../roster/read-roster';
import type { RosterEntry } from '../../roster/roster-entry';
import { untilReplaced } from '../../roster/replace-kept-records';
import type { KeptRecordsWriter } from '../../roster/roster-store';
import { RosterTable } from '../../roster/roster-table';
import type { Run } from '../../run/run';
import type { Versioned } from '../../storage/versioned';
import type { Pipeline } from '../pipeline';
import { stagedLines } from '../records/last-records';
import { codeOfFault } from '../serve/served-runs';

export type KeepRecordsPorts = Pick<Pipeline, 'rosters' | 'files' | 'emit'>;

/**
 * Copies what the roster points to in these runs. Resolves to the ids of the runs that can be deleted now. Rejects if the roster cannot be read: then
 * nobody knows what it points to.
 */
export const keepRecords = (
  ports: KeepRecordsPorts,
  source: string,
  runs: readonly Run[],
): Promise<ReadonlySet<string>> => untilReplaced(() => keepOnce(ports, source, runs));

type Pointer = Pick<RosterEntry, 'run' | 'offset' | 'bytes'>;

/** Null if another process has replaced the kept records meanwhile. */
async function keepOnce(
  ports: KeepRecordsPorts,
  source: string,
  runs: readonly Run[],
): Promise<ReadonlySet<string> | null> {
  const { rosters } = ports;
  const old = await rosters.keptRecords(source);
  const places = old === null ? new Set<string>() : await placesOf(old.value);
  const { intoRuns, intoKept } = await pointersOf(ports, source, runs, places);
  const isUnchanged = intoRuns.size === 0 && intoKept.size === places.size;
  if (isUnchanged) return new Set(runs.map(({ run }) => run));
  const writer = rosters.keepRecords(source, old);
  if (old !== null) await copyKept(ports, source, intoKept, writer);
  const copied = new Set<string>();
  for (const run of runs) if (await copyStaged(ports, run, intoRuns.get(run.run) ?? [], writer)) copied.add(run.run);
  return (await writer.commit()) ? copied : null;
}

async function placesOf(bytes: AsyncIterable<Uint8Array>): Promise<ReadonlySet<string>> {
  const places = new Set<string>();
  for await (const record of readKeptRecords(bytes)) places.add(nameOfPlace(record));
  return places;
}

/** What the current roster points to: in these runs, by run, and of the kept records. Without a roster, nothing that is kept is given up. */
async function pointersOf(
  { rosters }: Pick<KeepRecordsPorts, 'rosters'>,
  source: string,
  runs: readonly Run[],
  places: ReadonlySet<string>,
): Promise<{ readonly intoRuns: ReadonlyMap<string, readonly Pointer[]>; readonly intoKept: ReadonlySet<string> }> {
  const pin = (await rosters.current(source))?.value;
  const intoRuns = new Map<string, Pointer[]>();
  if (pin === undefined) return { intoRuns, intoKept: places };
  const ids = new Set(runs.map(({ run }) => run));
  const intoKept = new Set<string>();
  const { header, blocks } = await openRoster(await rosters.read(pin), source);
  for await (const block of blocks)
    for (const { run, offset, bytes } of new RosterTable(header, block)) {
      const place = places.size === 0 ? '' : nameOfPlace({ run, offset });
      if (places.has(place)) intoKept.add(place);
      else if (ids.has(run)) {
        const pointers = intoRuns.get(run) ?? [];
        pointers.push({ run, offset, bytes });
        intoRuns.set(run, pointers);
      }
    }
  return { intoRuns, intoKept };
}

async function copyKept(
  { rosters }: Pick<KeepRecordsPorts, 'rosters'>,
  source: string,
  wanted: ReadonlySet<string>,
  writer: KeptRecordsWriter,
): Promise<void> {
  // Read once more, so that nothing of the records is in memory. If they are others by now, the commit is refused.
  const again: Versioned<AsyncIterable<Uint8Array>> | null = await rosters.keptRecords(source);
  if (again === null) return;
  for await (const record of readKeptRecords(again.value))
    if (wanted.has(nameOfPlace(record))) await writer.append(keptRecordLine(record));
}

/** False, and told, if the lines of the run cannot be read: then it is not deleted, and the others are. */
async function copyStaged(
  { files, emit }: Pick<KeepRecordsPorts, 'files' | 'emit'>,
  { source, run }: Run,
  pointers: readonly Pointer[],
  writer: KeptRecordsWriter,
): Promise<boolean> {
  try {
    // Without the file there is nothing to copy any more: the pointers lead nowhere.
    if (pointers.length === 0 || !(await files.exists({ source, run }, 'users.jsonl'))) return true;
    for await (const [{ offset }, line] of stagedLines(files, source, pointers))
      await writer.append(keptRecordLine({ run, offset, line: Buffer.from(line).toString('utf8') }));
    return true;
  } catch (error) {
    emit('rollcall.retention.failed', { source, run, code: codeOfFault(error) });
    return false;
  }
}
