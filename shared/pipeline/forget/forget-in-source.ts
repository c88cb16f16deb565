// Forgetting a person (docs/design.md §7.23): what Rollcall keeps of somebody in one source is deleted, wherever it can be without harming what is said of others.
// What stays, and until when, is part of the answer. HR's own files are never touched, and neither is Entra.
import { foldId } from '../../columns/id';
import { DAY_MS } from '../../core/clock';
import { EMPTY_HOLD_LIST, parseHoldList } from '../../holdlist/hold-list';
import { readDates } from '../../roster/dates-file';
import { keptRecordLine, readKeptRecords } from '../../roster/kept-records';
import type { Run } from '../../run/run';
import { ENDED_STATES, INTAKE_STATES, LATE_EVIDENCE_MS, OPEN_STATES, shownState, type ShownState } from '../../run/run';
import { RollcallError } from '../../core/errors';
import { untilReplaced } from '../../roster/replace-kept-records';
import type { ScimUser } from '../../scim/user';
import type { Pipeline } from '../pipeline';
import { findInRosters } from '../roster/find-in-roster';
import { forgetPerson } from '../roster/forget-person';
import type { ForgetInRunPorts } from './forget-in-run';
import { forgetInRun, traceInRun } from './forget-in-run';

export type ForgetInSourcePorts = ForgetInRunPorts & Pick<Pipeline, 'rosters' | 'sources'>;

/** A run that has the person. */
export type RunOfPerson = Pick<Run, 'run' | 'blobName' | 'origin'>;

/** What became of it. `isOnHoldList`: the list is not ours to change, so it is told. */
export interface ForgottenInSource {
  readonly source: string;
  /** True if the roster had the person, or days to come of the person. */
  readonly inRoster: boolean;
  readonly keptRecords: number;
  readonly runs: readonly RunOfPerson[];
  /** Runs that are too young, or keep the person back: nothing of them is changed. `from`: when they can be, ms; null as long as the hold lasts. */
  readonly left: readonly (RunOfPerson & { readonly from: number | null })[];
  readonly isOnHoldList: boolean;
}

/** A run that has not ended would write the person again, or is still to be decided. */
export interface BusyWith {
  readonly run: string;
  readonly state: ShownState;
}

/** The first run of the source that has not ended; null if the person can be forgotten. */
export async function findUnended({ ledger }: Pick<Pipeline, 'ledger'>, source: string): Promise<BusyWith | null> {
  const [first] = await ledger.runs.ofSource(source, [...INTAKE_STATES, 'held', ...OPEN_STATES]);
  return first === undefined ? null : { run: first.value.run, state: shownState(first.value) };
}

/** Forgets the person; `isDry`: only looks where the person is. `progress` is told which run is read. May be repeated. */
export async function forgetInSource(
  ports: ForgetInSourcePorts,
  source: string,
  id: string,
  {
    now,
    isDry,
    progress,
  }: { readonly now: number; readonly isDry: boolean; readonly progress: (run: string) => Promise<void> },
): Promise<ForgottenInSource> {
  const inRoster = await forgetInRoster(ports, source, id, isDry);
  const keptRecords = await forgetKeptRecords(ports, source, id, isDry);
  const runs: RunOfPerson[] = [];
  const left: (RunOfPerson & { from: number | null })[] = [];
  for (const { value: run } of await ports.ledger.runs.ofSource(source, ENDED_STATES)) {
    await progress(run.run);
    const trace = await traceInRun(ports.files, run, id);
    if (trace === null) continue;
    const { blobName, origin } = run;
    const named: RunOfPerson = { run: run.run, blobName, origin };
    // Late evidence may reopen it: then it is reported from what is there. The extra day is for a tick that is at work.
    const from = (run.settledAt === 0 ? now : run.settledAt) + LATE_EVIDENCE_MS + DAY_MS;
    if (run.onHold !== null || from > now) left.push({ ...named, from: run.onHold === null ? from : null });
    else {
      if (!isDry) await forgetInRun(ports, run, id, trace);
      runs.push(named);
    }
  }
  return { source, inRoster, keptRecords, runs, left, isOnHoldList: await isOnHoldList(ports, source, id) };
}

/** True if the roster had the person. Its older files go too. */
async function forgetInRoster(
  ports: ForgetInSourcePorts,
  source: string,
  id: string,
  isDry: boolean,
): Promise<boolean> {
  const { ledger, rosters, hash } = ports;
  if (isDry) return isInRoster(ports, source, id);
  const { kind } = await forgetPerson({ runs: ledger.runs, rosters, hash }, source, id);
  if (kind === 'busy') throw new RollcallError('ledger-contended', 'retry', 'a run of the source has begun meanwhile');
  const pin = (await rosters.current(source))?.value;
  // A run that begins after this look pins the roster just written, or a newer one; those of a run that began before go with the next merge.
  if (pin !== undefined && (await findUnended(ports, source)) === null) await rosters.removeBefore(source, pin, pin);
  return kind === 'forgotten';
}

async function isInRoster(ports: ForgetInSourcePorts, source: string, id: string): Promise<boolean> {
  const { ledger, rosters, files, hash } = ports;
  const [found] = await findInRosters({ runs: ledger.runs, rosters, files, hash }, id, source);
  if (found?.person != null) return true;
  const pin = (await rosters.current(source))?.value;
  for await (const dated of readDates(rosters, pin?.dates)) if (dated.idHash === hash(foldId(id))) return true;
  return false;
}

/** How many of the records that outlived their run were the person's. */
function forgetKeptRecords(
  { rosters }: Pick<ForgetInSourcePorts, 'rosters'>,
  source: string,
  id: string,
  isDry: boolean,
): Promise<number> {
  return untilReplaced(async () => {
    const old = await rosters.keptRecords(source);
    if (old === null) return 0;
    const writer = rosters.keepRecords(source, old);
    let count = 0;
    for await (const record of readKeptRecords(old.value)) {
      if (foldId((JSON.parse(record.line) as ScimUser).externalId) === foldId(id)) count++;
      else if (!isDry) await writer.append(keptRecordLine(record));
    }
    return count === 0 || isDry || (await writer.commit()) ? count : null;
  });
}

/** True if the hold list names the person. */
async function isOnHoldList(
  { sources }: Pick<ForgetInSourcePorts, 'sources'>,
  source: string,
  id: string,
): Promise<boolean> {
  const file = await sources.readHoldList(source);
  const { list } = await parseHoldList(file?.content ?? Buffer.from(EMPTY_HOLD_LIST));
  return list?.has(foldId(id)) === true;
}
