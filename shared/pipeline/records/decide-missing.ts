// Who has no row in a full file, and what becomes of each: decided once, when the file's rows are in the roster. Whoever has been missing for
// long enough is disabled by one run of records, which comes directly after the run of the file.
import { stableHash } from '../../core/hash';
import type { Message } from '../../core/message';
import { holdAt, parseHoldList } from '../../holdlist/hold-list';
import type { MissingCode } from '../../missing/missing-codes';
import { missingFate, missingPerson } from '../../missing/missing-person';
import { arrivalOf } from '../../roster/entry-bytes';
import { openRoster } from '../../roster/read-roster';
import type { Day } from '../../roster/roster-entry';
import { dayOf } from '../../roster/roster-entry';
import { RosterTable } from '../../roster/roster-table';
import { fileMissing } from '../../run/kept-files';
import { requireKeptSettings } from '../../run/kept-settings';
import type { MissingCounts, MissingLine } from '../../run/missing-people';
import { openMissing, writeMissing } from '../../run/missing-people';
import type { Run } from '../../run/run';
import { isLive, isOfFile, LIVE_STATES, MOVING_STATES, runIdAfter } from '../../run/run';
import type { ScimUser } from '../../scim/user';
import type { SourceSettings } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';
import type { RecordPointer } from './last-records';
import { disabled, lastRecords } from './last-records';
import { makeRunOfRecords } from './make-run-of-records';

export type MissingPorts = Pick<
  Pipeline,
  'ledger' | 'files' | 'rosters' | 'sources' | 'arrivals' | 'hash' | 'clock' | 'emit'
>;

/**
 * Decides about a full file that is about to settle; its rows must be in the roster. May be repeated: the first decision counts, and its run is
 * made once.
 */
export async function decideMissing(pipeline: MissingPorts, run: Run): Promise<void> {
  if (run.content !== 'full' || !isOfFile(run)) return;
  const { files, clock } = pipeline;
  if (!(await files.exists(run, 'missing.jsonl'))) await decide(pipeline, run);
  const counts = (await openMissing(files, run))?.counts;
  if (counts === undefined) throw fileMissing(run, 'missing.jsonl');
  if (counts.run === null) return;
  const records = async function* (): AsyncGenerator<ScimUser> {
    const pointers: RecordPointer[] = [];
    for await (const { record } of (await openMissing(files, run))?.people ?? [])
      if (record !== undefined) pointers.push(pointerOf(record));
    // One that was deleted since the decision must not keep the file from settling: the next full file decides about the person again.
    for await (const [, user] of lastRecords(pipeline, run.source, pointers)) if (user !== null) yield disabled(user);
  };
  const make = {
    run: counts.run,
    name: `${run.source}/missing-${stableHash([counts.run], 8)}.json`,
    origin: 'missing' as const,
    arrivedAt: arrivalOf(counts.run) * 1_000,
    order: { by: 'missingPeople', reason: `run ${run.run}`, at: new Date(run.arrivedAt).toISOString() },
    records,
  };
  await makeRunOfRecords(pipeline, make, clock.now());
}

/** Somebody who is missing, and where the last record is. */
type Found = RecordPointer & { readonly since: Day; readonly fate: Message | null };

async function decide(pipeline: MissingPorts, run: Run): Promise<void> {
  const { files, emit } = pipeline;
  const settings = await requireKeptSettings(files, run);
  const { found, hasRowWithoutId } = await findMissing(pipeline, run, settings);
  const isDue = found.some(({ fate }) => fate === null);
  const waits = isDue ? await waitsForOtherFile(pipeline, run) : null;
  const heldFate = isDue && waits === null ? await fateByHoldList(pipeline, run) : () => null;
  const disablingRun = runIdAfter(run.run);
  const people: MissingLine[] = [];
  let deleted = 0;
  for await (const [one, user] of lastRecords(pipeline, run.source, found)) {
    const { since } = one;
    if (user === null) {
      deleted++;
      people.push({ id: '', since, fate: missingFate('missing-record-gone', {}) });
      continue;
    }
    const { externalId: id } = user;
    const kept = one.fate ?? (waits === null ? heldFate(id) : missingFate(waits, {}));
    if (kept !== null) people.push({ id, since, fate: kept });
    else
      people.push({ id, since, fate: missingFate('missing-disabled', { run: disablingRun }), record: recordOf(one) });
  }
  people.sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
  const disables = people.filter(({ record }) => record !== undefined).length;
  const counts: MissingCounts = {
    people: found.length,
    disabled: disables,
    run: disables === 0 ? null : disablingRun,
    deleted,
    hasRowWithoutId,
  };
  await writeMissing(files, run, counts, people);
  if (found.length > 0)
    emit('rollcall.missing.found', {
      ...{ source: run.source, run: run.run, people: counts.people, disabled: disables, by: counts.run },
    });
}

async function findMissing(
  { rosters }: Pick<Pipeline, 'rosters'>,
  run: Run,
  { missingPeople, job }: SourceSettings,
): Promise<{ readonly found: readonly Found[]; readonly hasRowWithoutId: boolean }> {
  const pin = (await rosters.current(run.source))?.value;
  if (pin === undefined) return { found: [], hasRowWithoutId: false };
  const { header, blocks } = await openRoster(await rosters.read(pin), run.source);
  const disableAfterDays = missingPeople === 'nothing' ? null : missingPeople.disableAfterDays;
  const rules = { today: dayOf(run.arrivedAt), disableAfterDays, job };
  const found: Found[] = [];
  for await (const block of blocks)
    for (const entry of new RosterTable(header, block)) {
      const missing = missingPerson(entry, header, rules);
      if (missing === null) continue;
      const { idHash, run: sentBy, offset, bytes, recordHash } = entry;
      found.push({ idHash, run: sentBy, offset, bytes, recordHash, ...missing });
    }
  return { found, hasRowWithoutId: header.doubtfulFullAt >= arrivalOf(run.run) };
}

/**
 * An older file that has not ended may have a row of anybody; a newer full file decides itself, and would replace whatever this one sends.
 */
async function waitsForOtherFile(
  { ledger }: Pick<Pipeline, 'ledger'>,
  run: Run,
): Promise<Extract<MissingCode, 'missing-behind-older-file' | 'missing-left-to-newer-file'> | null> {
  const moving = await ledger.runs.inStates(MOVING_STATES, run.source);
  if (moving.some(({ value }) => value.run < run.run)) return 'missing-behind-older-file';
  const newer = await ledger.runs.ofSource(run.source, LIVE_STATES, { after: run.run });
  return newer.some(({ value }) => isLive(value) && value.content === 'full') ? 'missing-left-to-newer-file' : null;
}

/** A list that cannot be read names nobody here: the run of records will be held because of it, and shows why. */
async function fateByHoldList(
  { sources, clock }: Pick<Pipeline, 'sources' | 'clock'>,
  run: Run,
): Promise<(id: string) => Message | null> {
  const file = await sources.readHoldList(run.source);
  const list = file && (await parseHoldList(file.content)).list;
  const now = clock.now();
  return (id) => {
    const hold = list && holdAt(list, id, now);
    return hold && missingFate('missing-on-hold', { until: hold.until });
  };
}

const recordOf = ({ run, offset, bytes, recordHash, idHash }: RecordPointer): NonNullable<MissingLine['record']> => [
  ...([run, offset, bytes] as const),
  ...([String(recordHash), String(idHash)] as const),
];

const pointerOf = ([run, offset, bytes, recordHash, idHash]: NonNullable<MissingLine['record']>): RecordPointer => ({
  ...{ run, offset, bytes },
  ...{ recordHash: BigInt(recordHash), idHash: BigInt(idHash) },
});
