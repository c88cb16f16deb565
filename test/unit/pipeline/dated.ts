// A source whose rows name days: `until` the last day, `from` the first one, both of UTC.
import { foldId } from '../../../shared/columns/id';
import { DAY_MS } from '../../../shared/core/clock';
import type { DatedPerson } from '../../../shared/roster/dated-person';
import { readDates } from '../../../shared/roster/dates-file';
import type { Run } from '../../../shared/run/run';
import type { MemoryPipelineOptions } from '../memory/memory-pipeline';
import { gathered } from '../roster/made-dates';
import { DAY, settingsOf, SOURCE } from './contoso';
import type { Nights } from './nights';
import { nights } from './nights';

const date = { format: 'yyyy-MM-dd', zone: 'UTC' };

/** The status by words and both days. */
export const byDays = (before: 'not-yet' | 'inactive' = 'not-yet') => ({
  ...{ column: 'Status', active: ['Active'], inactive: ['Left'] },
  until: { column: 'Last', date, blank: 'active' },
  from: { column: 'First', date, before, blank: 'active' },
});

/** The settings of such a source. */
export const datedSettings = (file: object = {}, more: object = {}): object =>
  settingsOf(file, { active: byDays(), ...more });

/** A source of `changes`, unless `file` says otherwise. */
export const datedNights = (
  file: object = {},
  more: object = {},
  options: MemoryPipelineOptions = {},
): Promise<Nights> => nights(file, { active: byDays(), ...more }, options);

/** The `n`th day of the tests as the file writes it; they begin on day 0. */
export const dayText = (n: number): string => new Date(DAY + n * DAY_MS).toISOString().slice(0, 10);

/** A row; `first` and `last` are days of the tests. */
export const dated = (
  id: string,
  { first, last, status = 'Active' }: { first?: number; last?: number; status?: string } = {},
): string =>
  [
    ...[id, status, `${id.toLowerCase()}@contoso.example`],
    ...[first, last].map((n) => (n === undefined ? '' : dayText(n))),
  ].join(',');

export const datedFile = (...lines: readonly string[]): string =>
  `${['Id,Status,Email,First,Last', ...lines].join('\n')}\n`;

/** Passes to some minutes after midnight of the `n`th day of the tests, and lets everything come to rest. */
export async function toDay(world: Nights, n: number): Promise<void> {
  world.pass(Math.max(0, DAY + n * DAY_MS + 60_000 - world.pipeline.clock.now()));
  await world.rest();
  // What waited for a run to end is made now.
  await world.rest();
}

/** Whether Entra holds the account enabled; null if there is none. */
export function enabled({ tenant }: Nights, id: string): boolean | null {
  const held = tenant.directory.get(foldId(id));
  return held === undefined ? null : (JSON.parse(held) as { readonly active: boolean }).active;
}

/** The runs of dates, oldest first. */
export const runsOfDates = async ({ pipeline }: Nights): Promise<readonly Run[]> =>
  (await pipeline.ledger.runs.all()).map(({ value }) => value).filter(({ origin }) => origin === 'dates');

/** Who has days to come, and how many. */
export async function daysToCome({ pipeline }: Nights): Promise<Readonly<Record<string, number>>> {
  const pin = (await pipeline.rosters.current(SOURCE))?.value.dates;
  const people: readonly DatedPerson[] = await gathered(readDates(pipeline.rosters, pin));
  return Object.fromEntries(people.map(({ user, switches }) => [user.externalId, switches.length]));
}
