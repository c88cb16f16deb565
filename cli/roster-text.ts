// `rollcall roster` as text for people.
import { counted, grouped, moment } from '../shared/core/english';
import type { KnownPerson, PersonInRoster } from '../shared/pipeline/roster/find-in-roster';
import type {
  RosterCounts,
  RosterStatus,
  RosterTrouble,
  SettingsEpoch,
} from '../shared/pipeline/roster/look-at-rosters';
import type { Rebuilt } from '../shared/pipeline/roster/rebuild-roster';
import { dateOf, MAX_TRIES, nextTryOn, UNCONFIRMED_REASONS } from '../shared/roster/roster-entry';
import { cureOf, sentenceOf } from './sentences';

const SETTINGS: Readonly<Record<SettingsEpoch, string>> = {
  newest: 'of the newest epoch: who has not changed is not sent',
  other: 'of another epoch: the next file sends everybody again',
  unusable: 'missing, or with mistakes',
};

const people = (value: number): string => (value === 1 ? '1 person' : `${grouped(value)} people`);

function* troubleLines(source: string, trouble: RosterTrouble): Generator<string> {
  yield `${source}: ${sentenceOf({ code: trouble, values: {} })} [${trouble}]`;
  const cure = cureOf(trouble);
  if (cure !== null) yield `  What to do: ${cure}`;
}

/** The rosters in numbers. */
export function* rosterText(found: readonly RosterStatus[]): Generator<string> {
  if (found.length === 0) yield 'No file has arrived yet.';
  for (const { source, counts, trouble } of found) {
    if (trouble !== null) yield* troubleLines(source, trouble);
    else if (counts === null) yield `${source}: there is no roster yet; the next file sends everybody.`;
    else yield* countLines(source, counts);
  }
}

function* countLines(source: string, counts: RosterCounts): Generator<string> {
  const { active, inactive, neverConfirmed, unconfirmed, oldestConfirmation, epochs, missing, dates } = counts;
  yield `${source}: ${people(counts.people)}`;
  yield `  confirmed    ${grouped(active)} active, ${grouped(inactive)} inactive${neverConfirmed === 0 ? '' : `; ${grouped(neverConfirmed)} never confirmed`}`;
  if (oldestConfirmation !== null) yield `  oldest       confirmed on ${dateOf(oldestConfirmation)}`;
  const inVain = UNCONFIRMED_REASONS.filter((why) => unconfirmed[why] > 0);
  yield `  unconfirmed  ${inVain.map((why) => `${grouped(unconfirmed[why])} ${why}`).join(', ') || 'nobody'}`;
  yield `  missing      ${missing.map(({ since, people: many }) => `${grouped(many)} since ${dateOf(since)}`).join(', ') || 'nobody'}`;
  if (dates !== null) yield `  dates        ${people(dates.people)}, the next day is ${moment(dates.next)}`;
  for (const [at, { epoch, people: many }] of epochs.entries())
    yield `  epoch ${String(at + 1).padEnd(6)} ${people(many)}: mapping ${epoch.mapping}, schema ${epoch.schema}, job ${epoch.job}`;
  yield `  settings     ${SETTINGS[counts.settings]}`;
  yield `  file         rosters/${counts.name}, ${counted(counts.bytes, 'byte')}, written ${moment(counts.writtenAt)}`;
}

/** One person. */
export function* rosterPersonText(id: string, found: readonly PersonInRoster[]): Generator<string> {
  if (found.length === 0) yield 'No file has arrived yet.';
  for (const { source, person, trouble } of found) {
    if (trouble !== null) yield* troubleLines(source, trouble);
    else if (person === null) yield `${source}: ${id} is not in the roster; the next file sends the person as new.`;
    else yield* personLines(id, source, person);
  }
}

function* personLines(id: string, source: string, { entry, record, missingSince }: KnownPerson): Generator<string> {
  const { run, active, confirmedOn, unconfirmed, seenAt } = entry;
  const state = active ? 'active' : 'inactive';
  yield confirmedOn === null
    ? `${source}: ${id} was sent ${state} by run ${run}, and no record was ever confirmed`
    : `${source}: Entra was confirmed on ${dateOf(confirmedOn)} to hold ${id} ${state}, as run ${run} sent it`;
  if (record.kind === 'record')
    for (const line of JSON.stringify(record.user, null, 2).split('\n')) yield `    ${line}`;
  else if (record.kind === 'deleted') yield `  The record itself is gone: the files of run ${run} are deleted.`;
  else yield `  The file of run ${run} holds another record there: another person's, or it was changed.`;
  if (unconfirmed !== null) {
    const { why, tries, day, run: sentBy } = unconfirmed;
    const times = `${tries === MAX_TRIES ? 'at least ' : ''}${counted(tries, 'time')}`;
    yield `  sent in vain  ${times}, last on ${dateOf(day)} by run ${sentBy}: ${why}; unless it changes, again from ${dateOf(nextTryOn(unconfirmed))}`;
  }
  yield `  last in a file of ${moment(seenAt * 1_000)}`;
  if (missingSince !== null) yield `  missing from every full file since ${dateOf(missingSince)}`;
}

/** What became of a rebuilding. */
export function* rebuiltText({
  source,
  people: known,
  used,
  gone,
  passedOver,
  replacedLost,
  isWritten,
}: Rebuilt): Generator<string> {
  if (!isWritten)
    yield `${source}: no run has ended whose files are there, so there is nothing to build a roster from.`;
  else yield `${source}: the roster knows ${people(known)} again, from ${counted(used.length, 'run')}.`;
  if (replacedLost) yield '  It takes the place of one that could not be read.';
  if (gone.length > 0)
    yield `  Files of ${counted(gone.length, 'run')} are deleted, so nothing is known of ${gone.join(', ')}.`;
  if (passedOver.length > 0) yield `  Not used, because a later run is among those: ${passedOver.join(', ')}.`;
  if (gone.length > 0) yield '  Whoever is in no other run is sent as new with the next file.';
}

/** What forgetting a person means. */
export function* forgottenText(source: string, id: string): Generator<string> {
  yield `${source}: ${id} is forgotten. Entra is as it was.`;
  yield '  The person is new to Rollcall: the next file that has a row of them sends it, changed or not.';
  yield '  Until then the person counts as nobody: not as missing, and not for rollcall disable.';
  yield '  A roster that is rebuilt has the person again.';
}
