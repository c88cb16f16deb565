// Whose day has come and is not confirmed yet: an older row of such a person says what held before.
import { foldId } from '../../columns/id';
import { switchAt } from '../../roster/dated-person';
import { readDates } from '../../roster/dates-file';
import type { Pipeline } from '../pipeline';

/** Tells of each id of a source whether a day of the person has come by `now`, ms. */
export async function daysThatCame(
  { rosters, hash }: Pick<Pipeline, 'rosters' | 'hash'>,
  source: string,
  now: number,
): Promise<(id: string) => boolean> {
  const dates = (await rosters.current(source))?.value.dates;
  const due = new Set<bigint>();
  if (dates !== undefined && dates.next <= now)
    for await (const person of readDates(rosters, dates)) if (switchAt(person, now) !== null) due.add(person.idHash);
  return (id) => due.has(hash(foldId(id)));
}
