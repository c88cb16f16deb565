// `rollcall roster --json`: a public interface. Members that do not apply are null; times are ISO 8601, days are UTC.
import type { PersonInRoster } from '../shared/pipeline/roster/find-in-roster';
import type { RosterStatus, RosterTrouble } from '../shared/pipeline/roster/look-at-rosters';
import { dateOf, nextTryOn } from '../shared/roster/roster-entry';
import { cureOf, sentenceOf } from './sentences';

const timeOf = (ms: number): string => new Date(ms).toISOString();
const dayOrNull = (day: number | null): string | null => (day === null ? null : dateOf(day));

const troubleJson = (trouble: RosterTrouble | null) =>
  trouble && { code: trouble, message: sentenceOf({ code: trouble, values: {} }), cure: cureOf(trouble) };

/** The rosters in numbers. */
export const rosterJson = (found: readonly RosterStatus[]) => ({
  sources: found.map(({ source, counts, trouble }) => ({
    source,
    trouble: troubleJson(trouble),
    roster: counts && {
      ...counts,
      writtenAt: timeOf(counts.writtenAt),
      oldestConfirmation: dayOrNull(counts.oldestConfirmation),
      dates: counts.dates && { people: counts.dates.people, next: timeOf(counts.dates.next) },
      missing: counts.missing.map(({ since, people }) => ({ since: dateOf(since), people })),
    },
  })),
});

/** One person. */
export const rosterPersonJson = (id: string, found: readonly PersonInRoster[]) => ({
  id,
  sources: found.map(({ source, person, trouble }) => ({
    source,
    trouble: troubleJson(trouble),
    person: person && knownJson(person),
  })),
});

function knownJson({ entry, record, missingSince }: NonNullable<PersonInRoster['person']>) {
  const { run, active, confirmedOn, unconfirmed, seenAt } = entry;
  return {
    confirmedOn: dayOrNull(confirmedOn),
    run,
    active,
    record: record.kind,
    user: record.kind === 'record' ? record.user : null,
    unconfirmed: unconfirmed && {
      why: unconfirmed.why,
      run: unconfirmed.run,
      active: unconfirmed.active,
      lastTry: dateOf(unconfirmed.day),
      tries: unconfirmed.tries,
      nextTry: dateOf(nextTryOn(unconfirmed)),
    },
    // The entry keeps the newest file by its arrival alone.
    seenAt: timeOf(seenAt * 1_000),
    missingSince: dayOrNull(missingSince),
  };
}
