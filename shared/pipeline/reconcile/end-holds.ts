// The hold list after intake: when a person's hold ends, the newest row that was kept back goes, file or not; until then the run says once a
// day whom it keeps back. The list as it is now decides, not the run's copy: a person who was taken off it goes, one whose day was moved stays.
//
// A run is looked at when a new day has begun (UTC: no hold ends at another time) or when the list has changed, so a tick costs one query
// for such runs and one conditional read of each list. Each step may be repeated: rows change by compare-and-swap, and the run is told last.
import { foldId } from '../../columns/id';
import type { Hold, ParsedHoldList } from '../../holdlist/hold-list';
import { EMPTY_HOLD_LIST, holdAt, nextDay, parseHoldList } from '../../holdlist/hold-list';
import type { Batch, BatchRow } from '../../run/batch';
import { nextDelivery, splitOff, withStateOfRows } from '../../run/batch';
import { changeRun, replaceWithChild } from '../../run/ledger';
import type { OtherRuns } from '../../run/other-runs';
import { lookAtOtherRuns, newestFirst } from '../../run/other-runs';
import { namedInNewerFiles } from '../../run/newer-rows';
import type { OnHold, Run, RunState } from '../../run/run';
import { isAbandoned, OPEN_STATES } from '../../run/run';
import { reopen } from '../../run/run-moves';
import { endHold, keepOnHold, supersedeUnsent } from '../../verdict/give-verdict';
import type { Pipeline } from '../pipeline';
import { daysThatCame } from '../records/days-that-came';
import type { ServedRuns } from '../serve/served-runs';

export type EndHoldsPorts = Pick<
  Pipeline,
  'ledger' | 'indexes' | 'files' | 'sources' | 'rosters' | 'hash' | 'clock' | 'emit'
>;

/** A list as it is now. `version`: its ETag, or `none`. */
type CurrentList = ParsedHoldList & { readonly version: string };

/** What becomes of a row that is kept back. */
type Fate =
  | { readonly kind: 'stays'; readonly hold: Hold }
  | { readonly kind: 'goes'; readonly lastWord: boolean }
  | { readonly kind: 'superseded'; readonly isRejected: boolean };

/** Intake is done: a run that is still staged makes its batches. */
const LOOKED_AT: readonly RunState[] = [...OPEN_STATES, 'settled', 'parked'];

/** Looks at every run that keeps people back and is due. */
export async function endHolds(pipeline: EndHoldsPorts, served: ServedRuns): Promise<void> {
  const runs = (await pipeline.ledger.runs.onHold()).map(({ value }) => value);
  const lists = new Map<string, Promise<CurrentList>>();
  const listOf = (source: string): Promise<CurrentList> => {
    const found = lists.get(source) ?? currentList(pipeline, source);
    lists.set(source, found);
    return found;
  };
  const due = newestFirst(runs).filter((run) => LOOKED_AT.includes(run.state) && !isAbandoned(run));
  await served.each('holds', due, async (run) => {
    const list = await listOf(run.source);
    const { onHold } = run;
    if (onHold === null || (pipeline.clock.now() < onHold.looksAt && onHold.list === list.version)) return;
    await look(pipeline, run, onHold, list);
  });
}

async function currentList({ sources }: Pick<Pipeline, 'sources'>, source: string): Promise<CurrentList> {
  const file = await sources.readHoldList(source);
  const parsed = await parseHoldList(file?.content ?? Buffer.from(EMPTY_HOLD_LIST));
  return { ...parsed, version: file?.etag ?? 'none' };
}

async function look(pipeline: EndHoldsPorts, run: Run, before: OnHold, current: CurrentList): Promise<void> {
  const { ledger, clock, emit } = pipeline;
  const key = { source: run.source, run: run.run };
  const now = clock.now();
  let after: OnHold | null = { ...before, looksAt: nextDay(now), list: current.version };
  // The files of an old run are deleted after a while; a hold may last longer. Then nothing can be sent, nor any report written.
  const isLost = !(await pipeline.files.exists(run, 'users.jsonl'));
  // In doubt nothing is sent: without a list that can be read, everybody stays.
  if (isLost) {
    emit('rollcall.hold.lost', { ...key, people: before.people, leavers: before.leavers });
    after = null;
  } else if (current.list === null) emit('rollcall.hold.broken', { ...key, ...current.fault });
  else {
    const { list } = current;
    const others = await lookAtOtherRuns(ledger, pipeline.indexes, run);
    // Of such a person the row says what held before that day; a run of dates says what holds now.
    const isOver = await daysThatCame(pipeline, run.source, now);
    const fates = await fatesOf(pipeline, run, others, (id) => holdAt(list, id, now), isOver);
    const isWhole = await applyFates(pipeline, run, fates, now);
    const kept = await countKeptBack(pipeline, run);
    after = kept.people === 0 ? null : { ...after, ...kept, list: isWhole ? after.list : null };
  }
  // Once a day. Told before it is noted: after a crash between the two it is told twice, never not at all.
  if (after !== null && now >= before.looksAt)
    emit('rollcall.hold.kept', { ...key, people: after.people, leavers: after.leavers });
  await changeRun(ledger.runs, run, (read) => ({ ...read, onHold: after }));
}

/** Decides every row of the run that is kept back, by folded id. */
async function fatesOf(
  pipeline: Pick<Pipeline, 'ledger' | 'files'>,
  run: Run,
  others: OtherRuns,
  holdOf: (id: string) => Hold | null,
  isOver: (id: string) => boolean,
): Promise<ReadonlyMap<string, Fate>> {
  const fates = new Map<string, Fate>();
  const going = new Set<string>();
  for await (const { value } of pipeline.ledger.batches.keptBack(run.run)) {
    for (const { id, hold } of value.rows) {
      if (hold === null) continue;
      const next = await fateOf(id, value.leavers, others, holdOf);
      const fate: Fate = next.kind === 'goes' && isOver(id) ? { kind: 'superseded', isRejected: false } : next;
      fates.set(foldId(id), fate);
      if (fate.kind === 'goes') going.add(foldId(id));
    }
  }
  if (going.size > 0)
    for (const id of await namedInNewerFiles(pipeline, run, (one) => going.has(one)))
      fates.set(id, { kind: 'superseded', isRejected: true });
  return fates;
}

/**
 * A newer row of the person counts, on hold or not. A newer `full` file without the person: a leaver still goes, because no other row will
 * disable the account; anybody else may have left, and the old row could enable the account again.
 */
async function fateOf(
  id: string,
  isLeaver: boolean,
  others: Pick<OtherRuns, 'newerCarries'>,
  holdOf: (id: string) => Hold | null,
): Promise<Fate> {
  const isAbsent = await others.newerCarries(id, false);
  if (isAbsent && (!isLeaver || (await others.newerCarries(id, true))))
    return { kind: 'superseded', isRejected: false };
  const hold = holdOf(id);
  return hold === null ? { kind: 'goes', lastWord: isAbsent } : { kind: 'stays', hold };
}

/** Changes the rows, batch by batch. False if a batch must be looked at again because its sender is at work. */
async function applyFates(
  pipeline: Pick<Pipeline, 'ledger' | 'emit'>,
  run: Run,
  fates: ReadonlyMap<string, Fate>,
  now: number,
): Promise<boolean> {
  const { ledger, emit } = pipeline;
  let isWhole = true;
  const told = { rows: 0, superseded: 0 };
  for await (const { value } of ledger.batches.keptBack(run.run)) {
    for (;;) {
      const read = await ledger.batches.read(value.run, value.batch);
      if (read === null) break;
      const changed = changeRows(read.value, fates);
      if (changed.length === 0) break;
      if (read.value.state === 'sending') {
        isWhole = false;
        break;
      }
      // The run first: nobody would release a staged batch in a run that has ended, or write its reports again.
      if (!OPEN_STATES.includes(run.state)) await changeRun(ledger.runs, run, reopen);
      const { parent, child } = goOn(read.value, changed, now);
      if (!(await replaceWithChild(ledger.batches, read, parent, child))) continue;
      told.rows += changed.filter((row) => row.work === 'todo').length;
      told.superseded += changed.filter((row) => row.verdict === 'superseded').length;
      break;
    }
  }
  if (told.rows + told.superseded > 0) emit('rollcall.hold.ended', { source: run.source, run: run.run, ...told });
  return isWhole;
}

/** The rows that are no longer kept back as they were. */
function changeRows(batch: Batch, fates: ReadonlyMap<string, Fate>): readonly BatchRow[] {
  return batch.rows.flatMap((row) => {
    const fate = row.hold === null ? undefined : fates.get(foldId(row.id));
    if (fate === undefined) return [];
    if (fate.kind === 'goes') return [endHold(row, fate.lastWord)];
    if (fate.kind === 'superseded') return [supersedeUnsent(row, fate.isRejected)];
    const { until, why } = fate.hold;
    return until === row.hold?.until && why.quote === row.hold.why.quote ? [] : [keepOnHold(row, fate.hold)];
  });
}

/** A settled batch comes back with a new delivery; from one that has more to do, the rows that go are split off, so that none waits. */
function goOn(
  batch: Batch,
  changed: readonly BatchRow[],
  now: number,
): { readonly parent: Batch; readonly child: Batch | null } {
  const byRow = new Map(changed.map((row) => [row.row, row]));
  const next = { ...batch, rows: batch.rows.map((row) => byRow.get(row.row) ?? row) };
  const going = new Set(changed.filter((row) => row.work === 'todo').map((row) => row.row));
  if (going.size === 0) return { parent: withStateOfRows(next), child: null };
  if (batch.state === 'settled') return { parent: withStateOfRows(nextDelivery(next, now)), child: null };
  return splitOff(next, going, now);
}

async function countKeptBack(
  { ledger }: Pick<Pipeline, 'ledger'>,
  run: Run,
): Promise<Pick<OnHold, 'people' | 'leavers'>> {
  const kept = { people: 0, leavers: 0 };
  for await (const { value } of ledger.batches.keptBack(run.run)) {
    const rows = value.rows.filter((row) => row.hold !== null).length;
    kept.people += rows;
    if (value.leavers) kept.leavers += rows;
  }
  return kept;
}
