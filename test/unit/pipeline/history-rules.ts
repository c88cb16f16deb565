// What must hold for any history: asked at every request, and of every file when everything has come to rest.
import { foldId } from '../../../shared/columns/id';
import { approvedCount, isCurrent } from './told-approvals';
import type { ToldApproval } from './told-approvals';
import type { Nights } from './nights';
import type { NaiveLimit } from './naive-guard';
import { countNaively, exceeds } from './naive-guard';
import type { Record_, ToldFile, ToldHistory } from './told-history';
import { isSame, names, recordOf, rowsIn, wordOf } from './told-history';

interface Operation {
  readonly bulkId: string;
  readonly data: Record_ & { readonly externalId: string };
}

/** Throws if an operation of a bulk request must not be sent now. */
export function checkRequest(history: ToldHistory, body: string): void {
  for (const operation of (JSON.parse(body) as { readonly Operations: readonly Operation[] }).Operations)
    checkOperation(history, operation);
}

function checkOperation(history: ToldHistory, { bulkId, data }: Operation): void {
  const id = foldId(data.externalId);
  const fail = (why: string): never => {
    throw new Error(`${bulkId}: ${id} ${JSON.stringify([data.active, data.userName])} ${why}`);
  };
  const file = history.passed().find(({ key }) => bulkId.startsWith(`${key.run}-`));
  if (file === undefined) return fail('is of a file that did not pass');
  const row = wordOf(file, id);
  if (row === undefined || !isSame(recordOf(row), data)) return fail('is not what its file says');
  const newest = history.newestWord(id);
  if (data.active && newest?.row.isActive === false) return fail('enables against the newest word');
  if (!data.active && newest?.row.isActive === true) return fail('disables against the newest word');
  if (history.wasAlwaysOnHold(id, file.droppedAt)) return fail('is on the hold list');
  const judged = file.judged.at(-1);
  if (judged !== undefined && !judged.doubtful.has(id) && isSame(judged.directory.get(id), data))
    return fail('was known to be so already');
}

/** Throws if the guard let a file go that exceeds a limit, or held one that exceeds none. */
export function checkGuard(history: ToldHistory, approvals: readonly ToldApproval[]): { readonly held: number } {
  let held = 0;
  for (const file of history.files) {
    const judged = file.judged.at(-1);
    if (!file.isReadable || judged === undefined) continue;
    const { state, reason } = history.run(file);
    const wasHeld = ['held', 'refused', 'parked'].includes(state);
    const counts = Object.entries(countNaively(file, judged)) as [NaiveLimit, { least: number; most: number }][];
    const own = approvals.filter((one) => one.run === file.key.run && one.at <= judged.at && isCurrent(one, judged.at));
    if (!wasHeld)
      for (const [limit, { least }] of counts)
        if (exceeds(limit, least) && approvedCount(own, limit) < least)
          throw new Error(`${file.key.run} passed with ${limit} ${least}`);
    if (reason?.code === 'guard-tripped') {
      held++;
      if (!counts.some(([limit, { most }]) => exceeds(limit, most)))
        throw new Error(`${file.key.run} is held and exceeds nothing`);
    }
  }
  return { held };
}

/** Throws unless every row of every file has exactly one verdict, in a file that has been read to its end. */
export async function checkVerdicts(nights: Nights, history: ToldHistory): Promise<void> {
  for (const file of history.files) {
    const run = history.run(file);
    const fates = await nights.fates(run);
    const rows = new Set(fates.map(({ row }) => row));
    const told = file.isReadable && file.judged.length > 0 ? rowsIn(file) : run.rows;
    if (rows.size !== fates.length || fates.length !== told || fates.some(({ verdict }) => (verdict as string) === ''))
      throw new Error(`${run.run} (${run.state}) has ${fates.length} verdicts for ${told} rows`);
    const text = nights.pipeline.reports.reports.get(`${run.source}/${run.run}/people.csv.verdicts.csv`);
    if (run.state === 'settled' && text?.trimEnd().split('\r\n').length !== told + 1)
      throw new Error(`the report of ${run.run} has another number of rows`);
  }
}

/** Throws if somebody of whom everything went well, or everybody, is not in the directory as HR's newest word says. */
export function checkDirectory(nights: Nights, history: ToldHistory, everybody: boolean): void {
  const newestFull = history.passed().findLast(({ content }) => content === 'full');
  for (const id of new Set(history.files.flatMap(({ rows }) => rows.map((row) => row.id)))) {
    const newest = history.newestWord(id);
    // A newer full file without a row of the person may have come before the older row was sent.
    if (newest === null || (newestFull !== undefined && newestFull !== newest.file && !names(newestFull, id))) continue;
    if (!everybody && (nights.tenant.harmed.has(id) || history.wasEverOnHold(id))) continue;
    // Rows that were rejected since keep the person's older row from a retry after a hold.
    if (isRejectedSince(history, id, newest.file)) continue;
    const text = nights.tenant.directory.get(id);
    const found = text === undefined ? undefined : (JSON.parse(text) as Record_);
    if (!isSame(found, recordOf(newest.row)))
      throw new Error(
        `${id} is ${JSON.stringify([found?.active, found?.userName])}, not ${JSON.stringify(recordOf(newest.row))}`,
      );
  }
}

const isRejectedSince = (history: ToldHistory, id: string, word: ToldFile): boolean =>
  history.passed().some((file) => file.key.run > word.key.run && names(file, id));
