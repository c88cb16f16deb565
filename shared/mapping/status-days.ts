// The days of a row that decide about its status: active from a first day on (`from`) through a last one (`until`), both included, each beginning
// and ending at midnight in its declared zone.
//
//            before the first day          │ from the first through the last day │ after it
//   inactive: inactive                     │               active                │ inactive
//   not-yet:  waits │ active, days before  │               active                │ inactive
//   active:   active                       │               active                │ inactive
import type { DateTime } from 'luxon';
import { textOf } from '../columns/record-value';
import type { StatusSwitches } from '../columns/status-switches';
import { quote, quoteAll } from '../core/message';
import type { ExportShape } from '../export/export-record';
import type { ActiveSettings, FromSettings, UntilSettings } from '../source/active-settings';
import { firstInstantOf, instantIn, type AsOf } from './as-of';
import { compileDay, zoneOf } from './date-value';
import { bindColumn, rejectRow, type RowInHand } from './row-in-hand';
import { ACTIVE, INACTIVE, type RefuseRow, type RowStatus } from './row-status';

/** HR systems write the last day of this year for somebody who stays: there is no day after it. */
const FOR_EVER = 9999;

interface LastDay {
  readonly day: string;
  /** The first instant after it, ms since the epoch. */
  readonly endsAt: number;
}

interface FirstDay {
  readonly day: string;
  readonly beginsAt: number;
  /** From when the row may go, and the date of it. */
  readonly goesAt: number;
  readonly goesOn: string;
}

const dateOf = (day: DateTime): string => day.toFormat('yyyy-MM-dd');

const lastDayOf = (day: DateTime): LastDay => ({
  day: dateOf(day),
  endsAt: day.year === FOR_EVER ? Infinity : firstInstantOf(day.plus({ days: 1 })),
});

const firstDayOf =
  ({ before, daysBefore = 0 }: FromSettings) =>
  (day: DateTime): FirstDay => {
    const goes = before === 'not-yet' ? day.minus({ days: daysBefore }) : day;
    return { day: dateOf(day), beginsAt: firstInstantOf(day), goesAt: firstInstantOf(goes), goesOn: dateOf(goes) };
  };

/** A day; what a blank cell means, if the settings say so; or why it cannot be told. */
type DayOfRow<D> = D | boolean | RefuseRow;

function compileDayOfRow<D>(
  { column, date, blank }: UntilSettings,
  shape: ExportShape,
  toDay: (day: DateTime) => D,
): (row: RowInHand) => DayOfRow<D> {
  const read = bindColumn(shape, column);
  const origin = { column, attribute: 'active' };
  const parse = compileDay(date, toDay);
  const forms = quoteAll([date.format].flat());
  const missing: RefuseRow = (row) => rejectRow(row, 'status-missing', origin, {});
  const notSingle: RefuseRow = (row) => rejectRow(row, 'value-not-single', origin, {});
  return (row) => {
    const text = textOf(read(row))?.trim();
    if (text === undefined) return notSingle;
    if (text === '') return blank === undefined ? missing : blank === 'active';
    const reading = parse(text);
    if (reading.ok) return reading.value;
    return (one) => rejectRow(one, reading.fault, origin, { value: quote(text), forms });
  };
}

/** The last day is before the first one; the second test is for days of two zones, of which the one ends before the other has begun. */
const isCrossed = (first: FirstDay, last: LastDay): boolean => last.day < first.day || last.endsAt <= first.beginsAt;

const always = (): true => true;

/** Compiles the reader of the days; null if the settings name none. */
export function compileStatusDays(
  { until, from }: ActiveSettings,
  shape: ExportShape,
  asOf: AsOf,
): ((row: RowInHand) => RowStatus | RefuseRow) | null {
  if (until === undefined && from === undefined) return null;
  const readLast: (row: RowInHand) => DayOfRow<LastDay> =
    until === undefined ? always : compileDayOfRow(until, shape, lastDayOf);
  const readFirst: (row: RowInHand) => DayOfRow<FirstDay> =
    from === undefined ? always : compileDayOfRow(from, shape, firstDayOf(from));
  const nowOf = (days: UntilSettings | undefined): number => instantIn(asOf, zoneOf(days?.date.zone));
  const [nowAtEnd, nowAtBeginning] = [nowOf(until), nowOf(from)];

  const statusBetween = (first: FirstDay | true, last: LastDay | true): RowStatus => {
    if (last !== true && last.endsAt <= nowAtEnd) return INACTIVE;
    const end: StatusSwitches = last === true || last.endsAt === Infinity ? [] : [{ at: last.endsAt, active: false }];
    if (first === true || from?.before === 'active' || first.goesAt <= nowAtBeginning)
      return end.length === 0 ? ACTIVE : { active: true, switches: end, goesOn: null };
    const waits = from?.before === 'not-yet';
    const switches = [{ at: first.goesAt, active: true }, ...end];
    return { active: waits, switches, goesOn: waits ? first.goesOn : null };
  };

  const refuseCrossed =
    (first: FirstDay, last: LastDay): RefuseRow =>
    (row) =>
      rejectRow(
        row,
        'status-days-crossed',
        { column: until?.column ?? null, attribute: 'active' },
        { first: first.day, last: last.day, firstColumn: quote(from?.column ?? '') },
      );

  return (row) => {
    const [first, last] = [readFirst(row), readLast(row)];
    if (first === false || last === false) return INACTIVE;
    if (typeof first === 'function') return first;
    if (typeof last === 'function') return last;
    if (first !== true && last !== true && isCrossed(first, last)) return refuseCrossed(first, last);
    return statusBetween(first, last);
  };
}
