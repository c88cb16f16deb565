// The day comes without a file (docs/design.md §3, Dates; ADR 0036): a tick of the timer makes a run of the records of those whose day it is, by the
// dates that the roster keeps. From then on it is a run of records like any other.
//
// A newer file always wins: nothing is made while a run that is known has not ended (*tickWaits*), the id of the run is directly after that of the newest
// one that the look found (*tickIsOlder*), and the dates are read after that look (*lookThenRoster*). Two ticks at once make one run: it has one id,
// and of two lists of people the one that is committed first is that of the run.
import { HOUR_MS } from '../../core/clock';
import { stableHash } from '../../core/hash';
import { eachOnItsOwn } from '../../core/tasks';
import { epochOf } from '../../roster/epoch';
import { HISTORY_AFTER_MS, needsPerson } from '../../run/needs-person';
import { newestRuns } from '../../run/newest-runs';
import type { Run } from '../../run/run';
import {
  INTAKE_STATES,
  isApprovable,
  isOfFile,
  OPEN_STATES,
  RUN_STATES,
  runIdAfter,
  runStampOf,
  wasNeverSent,
} from '../../run/run';
import type { ScimUser } from '../../scim/user';
import type { Pipeline } from '../pipeline';
import { findDue, type Due, type FindDuePorts } from './find-due';
import { makeRunOfRecords } from './make-run-of-records';
import { noteOfDates } from './note-of-dates';

export type SwitchPorts = Pick<Pipeline, 'ledger' | 'arrivals' | 'clock' | 'datesLookedAt'> & FindDuePorts;

/**
 * Makes the run of each source in which somebody's day has come. A source of which nobody's has costs one small read. `sources`: all of them, where
 * somebody has asked already.
 */
export async function switchPeople(
  pipeline: SwitchPorts,
  sources: () => Promise<readonly string[]> = () => pipeline.ledger.runs.sources(),
): Promise<void> {
  await eachOnItsOwn((await sources()).map((source) => () => switchInSource(pipeline, source)));
}

async function switchInSource(pipeline: SwitchPorts, source: string): Promise<void> {
  const { ledger, rosters, clock, datesLookedAt } = pipeline;
  const now = clock.now();
  const next = await rosters.nextDay(source);
  if (next === null || next > now) return;
  const runs = await runsInView(ledger.runs, source, now);
  const newest = runs.at(-1);
  if (newest === undefined || runs.some((run) => mustEndFirst(run, runs, now))) return;
  // After the look at the runs: a file that settles in between is in these dates, and newer than the run that is made.
  const pin = (await rosters.current(source))?.value;
  if (pin?.dates === undefined) return;
  // Who could not go a moment ago cannot go now: as long as nothing changes, dates are read once an hour.
  const look = `${pin.name} ${newest.run} ${Math.floor(now / HOUR_MS)}`;
  if (datesLookedAt.get(source) === look) return;
  const due = await findDue(pipeline, source, { runs, pin, now });
  if (due !== null && due.going.length > 0) await makeRun(pipeline, source, newest, due, now);
  else datesLookedAt.set(source, look);
}

/**
 * The runs of a source that may matter to people whose day has come, oldest first: those that arrived or ended within a month (an older one that is
 * held waits for nobody, `needsPerson`), that have not ended, and the newest. The id of a run of dates says nothing of the day on which it was made.
 */
async function runsInView(runs: Pipeline['ledger']['runs'], source: string, now: number): Promise<readonly Run[]> {
  const since = now - HISTORY_AFTER_MS;
  const reading = (await runs.inStates(INTAKE_STATES, source)).map(({ value }) => value.run);
  const inPlay = await runs.firstInPlay(source, since);
  const from = [...reading, inPlay].reduce<string>(
    (least, run) => (run !== null && run < least ? run : least),
    runStampOf(since),
  );
  const found = (await runs.ofSource(source, RUN_STATES, { from })).map(({ value }) => value);
  return found.length > 0 ? found : newestRuns(runs, source, 1, now);
}

/**
 * A run that is read or sent may have a row of anybody. So may a file that waits for a person, unless a newer one has made up for it; and while a
 * person decides about people whose day has come, others are not sent beside them.
 */
function mustEndFirst(run: Run, runs: readonly Run[], now: number): boolean {
  if (INTAKE_STATES.includes(run.state) || OPEN_STATES.includes(run.state)) return true;
  return wasNeverSent(run) && (isOfFile(run) || isApprovable(run)) && needsPerson(run, runs, now);
}

async function makeRun(
  pipeline: SwitchPorts,
  source: string,
  newest: Run,
  { going, settings }: Due,
  now: number,
): Promise<void> {
  const run = runIdAfter(newest.run);
  const records = async function* (): AsyncGenerator<ScimUser> {
    await Promise.resolve();
    yield* going;
  };
  const make = {
    ...{ run, name: `${source}/dates-${stableHash([run], 8)}.json`, origin: 'dates' as const, arrivedAt: now, records },
    order: { by: 'active', reason: 'their day has come', at: new Date(now).toISOString() },
    note: noteOfDates({ at: now, epoch: epochOf(settings) }),
    attempt: stableHash(going.map((user) => JSON.stringify(user))),
  };
  if (!(await makeRunOfRecords(pipeline, make, now))) return;
  const enabled = going.filter(({ active }) => active).length;
  pipeline.emit('rollcall.dates.come', { source, run, disabled: going.length - enabled, enabled });
}
