// Whose day has come, and may be sent now: the dates that the roster keeps against the settings, the hold list, and what was tried a short time ago. In
// doubt nobody is sent; the day stays to be done.
import { foldId } from '../../columns/id';
import type { StatusSwitch } from '../../columns/status-switches';
import { DAY_MS } from '../../core/clock';
import type { HoldList } from '../../holdlist/hold-list';
import { EMPTY_HOLD_LIST, holdAt, parseHoldList } from '../../holdlist/hold-list';
import { switchAt, type DatedPerson } from '../../roster/dated-person';
import { readDates } from '../../roster/dates-file';
import { epochOf, statusOf } from '../../roster/epoch';
import { openRoster } from '../../roster/read-roster';
import { dayOf, nextTryOn, type Unconfirmed } from '../../roster/roster-entry';
import { isSameEpoch } from '../../roster/roster-file';
import type { RosterPin } from '../../roster/roster-store';
import { RosterTable } from '../../roster/roster-table';
import type { Run } from '../../run/run';
import { isOfDates } from '../../run/run';
import type { ScimUser } from '../../scim/user';
import { declaresDates } from '../../source/declared-dates';
import type { SourceSettings } from '../../source/source-settings';
import { parseSourceSettings } from '../../source/source-settings';
import { readLines } from '../../storage/read-lines';
import type { Pipeline } from '../pipeline';

export type FindDuePorts = Pick<Pipeline, 'files' | 'rosters' | 'sources' | 'hash' | 'emit'>;

/** What the tick has looked at, in this order: the runs of the source that may matter, oldest first, then its roster; `now` in ms. */
export interface LookOfTick {
  readonly runs: readonly Run[];
  readonly pin: RosterPin;
  readonly now: number;
}

/** The records to send, with the `active` that holds now, and the settings by which they may be sent. */
export interface Due {
  readonly going: readonly ScimUser[];
  readonly settings: SourceSettings;
}

/** Somebody whose day has come: the record, and the moment since when it holds, ms. */
interface Come {
  readonly user: ScimUser;
  readonly since: number;
}

/** Null if the settings, or the hold list, cannot be used. Tells who has to wait. */
export async function findDue(pipeline: FindDuePorts, source: string, look: LookOfTick): Promise<Due | null> {
  const { rosters, emit } = pipeline;
  const settings = await currentSettings(pipeline, source);
  const holdList = await currentHoldList(pipeline, source);
  if (settings === null || holdList === null) {
    emit('rollcall.dates.waiting', { source, code: settings === null ? 'source-invalid' : 'hold-list-broken' });
    return null;
  }
  const come = new Map<bigint, Come>();
  const waiting = { otherSettings: 0, onHold: 0, tried: 0 };
  const newest = look.runs.at(-1)?.run ?? '';
  for await (const person of readDates(rosters, look.pin.dates)) {
    const holds = switchAt(person, look.now);
    // The word of a file that came after the look: that file would win over the run.
    if (holds === null || person.run > newest) continue;
    if (!isStillSaid(person, holds, settings)) waiting.otherSettings++;
    else if (holdAt(holdList, person.user.externalId, look.now) !== null) waiting.onHold++;
    else come.set(person.idHash, { user: { ...person.user, active: holds.active }, since: holds.at });
  }
  const going = await withoutTried(pipeline, source, look, come);
  waiting.tried = come.size - going.length;
  const people = waiting.otherSettings + waiting.onHold + waiting.tried;
  if (people > 0) emit('rollcall.dates.waiting', { source, code: null, people, ...waiting });
  return { going, settings };
}

async function currentSettings(
  { sources }: Pick<FindDuePorts, 'sources'>,
  source: string,
): Promise<SourceSettings | null> {
  const text = await sources.read(source);
  const parsed = text === null ? null : parseSourceSettings(text, source);
  return parsed?.ok === true ? parsed.settings : null;
}

async function currentHoldList({ sources }: Pick<FindDuePorts, 'sources'>, source: string): Promise<HoldList | null> {
  const file = await sources.readHoldList(source);
  return (await parseHoldList(file?.content ?? Buffer.from(EMPTY_HOLD_LIST))).list;
}

/**
 * True if the settings of today would read the same in the row. A leaver's account is disabled by the same words and days in the same job, whatever
 * else is mapped differently now; a record that enables is one of the mapping of today.
 */
function isStillSaid(person: DatedPerson, holds: StatusSwitch, settings: SourceSettings): boolean {
  if (!declaresDates(settings) || person.status !== statusOf(settings)) return false;
  const epoch = epochOf(settings);
  return holds.active ? isSameEpoch(person.epoch, epoch) : person.epoch.job === epoch.job;
}

/** Leaves out whom a run of dates has had a short time ago, and whose record was sent in vain and is to be tried on a later day. */
async function withoutTried(
  pipeline: FindDuePorts,
  source: string,
  look: LookOfTick,
  come: ReadonlyMap<bigint, Come>,
): Promise<readonly ScimUser[]> {
  if (come.size === 0) return [];
  const tried = await triedWithinADay(pipeline, look);
  const inVain = await sentInVain(pipeline, source, look.pin, come);
  return [...come].flatMap(([idHash, { user, since }]) => {
    const wasTried = (tried.get(foldId(user.externalId)) ?? Number.NEGATIVE_INFINITY) >= since;
    const recordHash = pipeline.hash(Buffer.from(JSON.stringify(user)));
    return wasTried || isForLater(inVain.get(idHash), recordHash, look.now) ? [] : [user];
  });
}

/** When each person, by folded id, was in a run of dates that was made within a day, ms: whatever became of it, the day after is soon enough. */
async function triedWithinADay(
  { files }: Pick<FindDuePorts, 'files'>,
  { runs, now }: LookOfTick,
): Promise<ReadonlyMap<string, number>> {
  const tried = new Map<string, number>();
  for (const run of runs.filter((one) => isOfDates(one) && one.arrivedAt > now - DAY_MS)) {
    const bytes = await files.read(run, 'export');
    if (bytes === null) continue;
    for await (const line of readLines(bytes))
      tried.set(foldId((JSON.parse(line) as ScimUser).externalId), run.arrivedAt);
  }
  return tried;
}

/** What was sent in vain of these people, and is not answered. */
async function sentInVain(
  { rosters }: Pick<FindDuePorts, 'rosters'>,
  source: string,
  pin: RosterPin,
  people: ReadonlyMap<bigint, unknown>,
): Promise<ReadonlyMap<bigint, Unconfirmed>> {
  const found = new Map<bigint, Unconfirmed>();
  const { header, blocks } = await openRoster(await rosters.read(pin), source);
  for await (const block of blocks)
    for (const { idHash, unconfirmed } of new RosterTable(header, block))
      if (unconfirmed !== null && people.has(idHash)) found.set(idHash, unconfirmed);
  return found;
}

/** True if this very record was sent in vain, and its next try is on a later day. */
const isForLater = (sent: Unconfirmed | undefined, recordHash: bigint, now: number): boolean =>
  sent !== undefined && sent.recordHash === recordHash && nextTryOn(sent) > dayOf(now);
