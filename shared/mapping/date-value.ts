// Converts dates from the declared forms and zone to the form of the target, or gives the reason why it cannot.
import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import type { ProvisioningTarget } from '../scim/user-limits';
import { dateLocale, dateTokens } from '../source/date-format';
import type { Leaf } from '../source/mapping-settings';
import { maxDateChars, maxStandardDateChars } from './typed-lengths';

/** Why a text is not a date of the declared form. */
export type DateFault = 'date-unreadable' | 'date-impossible' | 'date-ambiguous' | 'date-excel-serial';

export type DateReading =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: DateFault };

const fault = (code: DateFault) => ({ ok: false, fault: code }) as const;

/** Readings kept per column: dates repeat (twenty years of hire dates are 7,300), and luxon takes microseconds for each. */
const maxKeptReadings = 20_000;

/** What Excel writes for days between 1927 and 2119 when a cell is not formatted as a date. */
const excelSerial = /^[1-7]\d{4}([.,]\d+)?$/;

/** A year 24 is 2024 written with too few digits. */
const isLikelyYear = (year: number): boolean => year >= 1000 && year <= 9999;

/**
 * Writes an instant for the target: Entra `2026-10-01T00:00:00Z`; Active Directory `20261001000000.0Z`, the input of the job's
 * FormatDateTime with `yyyyMMddHHmmss.fZ`. Null outside the years 1000 to 9999.
 * @see docs/reference/graph-provisioning.md §1.4, dates
 */
export function writeInstant(millis: number, target: ProvisioningTarget): string | null {
  const iso = new Date(millis).toISOString();
  if (!isLikelyYear(new Date(millis).getUTCFullYear())) return null;
  return target === 'entra'
    ? `${iso.slice(0, 19)}Z`
    : `${iso.slice(0, 19).replace(/[-:T]/g, '')}.${iso.slice(20, 21)}Z`;
}

type Parse = (text: string) => number | DateFault;

const hasTime = (format: string): boolean => dateTokens(format).some((token) => /^[Hhms]/.test(token));
const hasOffset = (format: string): boolean => dateTokens(format).some((token) => /^[Zz]/.test(token));

function compileFormat(format: string, zone: Zone): Parse {
  const parser = DateTime.buildFormatParser(format, { locale: dateLocale });
  const read = (text: string, inZone: Zone) =>
    DateTime.fromFormatParser(text, parser, { zone: inZone, locale: dateLocale });
  const floating = !hasOffset(format) && !zone.isUniversal;
  const timed = hasTime(format);
  return (text) => {
    const date = read(text, zone);
    if (!date.isValid) return date.invalidReason === 'unit out of range' ? 'date-impossible' : 'date-unreadable';
    if (!floating) return date.toMillis();
    // A day begins with its first instant, even where the clock jumps at midnight or shows midnight twice.
    if (!timed) return Math.min(...date.getPossibleOffsets().map((instant) => instant.toMillis()));
    const wall = read(text, FixedOffsetZone.utcInstance);
    if (wall.hour !== date.hour || wall.minute !== date.minute) return 'date-impossible';
    return date.getPossibleOffsets().length > 1 ? 'date-ambiguous' : date.toMillis();
  };
}

/** A declared zone; UTC if none is. */
export const zoneOf = (name = 'UTC'): Zone =>
  /^utc/i.test(name) ? FixedOffsetZone.parseSpecifier(name) : IANAZone.create(name);

function readByAll(text: string, parses: readonly Parse[]): number | DateFault {
  const readings = parses.map((parse) => parse(text));
  const instants = new Set(readings.filter((reading) => typeof reading === 'number'));
  const faults = readings.filter((reading) => typeof reading !== 'number');
  if (instants.size > 1 || faults.includes('date-ambiguous')) return 'date-ambiguous';
  const [instant] = instants;
  if (instant !== undefined) return instant;
  if (excelSerial.test(text)) return 'date-excel-serial';
  return faults.includes('date-impossible') ? 'date-impossible' : 'date-unreadable';
}

/** How a column writes its dates. */
type DateForm = NonNullable<Leaf['date']>;

type ReadingFault = ReturnType<typeof fault>;

/** Reads a text by the declared formats (all of them, so that two meanings are noticed) in the declared zone; what `toReading` makes of it is kept. */
function compileReading<R>(
  { format }: DateForm,
  zone: Zone,
  toReading: (instant: number) => R | ReadingFault,
): (text: string) => R | ReadingFault {
  const parses = [format].flat().map((one) => compileFormat(one, zone));
  const kept = new Map<string, R | ReadingFault>();
  return (text) => {
    if (text.length > maxDateChars) return fault('date-unreadable');
    const known = kept.get(text);
    if (known !== undefined) return known;
    if (kept.size >= maxKeptReadings) kept.clear();
    const instant = readByAll(text, parses);
    const reading = typeof instant === 'number' ? toReading(instant) : fault(instant);
    kept.set(text, reading);
    return reading;
  };
}

/** Compiles a leaf's `date`: from a text of the file to the form of the target. */
export function compileDate(date: DateForm, target: ProvisioningTarget): (text: string) => DateReading {
  return compileReading<DateReading>(date, zoneOf(date.zone), (instant) => {
    const written = writeInstant(instant, target);
    return written === null ? fault('date-impossible') : { ok: true, text: written };
  });
}

/** A day that was read, as what a caller makes of it. */
export type DayReading<D> = { readonly ok: true; readonly value: D } | ReadingFault;

/**
 * Compiles the reader of whole days: a text with a time of day means the day on which that time is in the declared zone. `toValue` is given some
 * instant of the day, and asked once for each text.
 */
export function compileDay<D>(date: DateForm, toValue: (day: DateTime) => D): (text: string) => DayReading<D> {
  const zone = zoneOf(date.zone);
  return compileReading<DayReading<D>>(date, zone, (instant) => {
    const day = DateTime.fromMillis(instant, { zone });
    return isLikelyYear(day.year) ? { ok: true, value: toValue(day) } : fault('date-impossible');
  });
}

/** Reads a dateTime in the standard form, with an offset: `2026-10-01T00:00:00+02:00`. @see RFC 7643 §2.3.5 */
export function readStandardDateTime(text: string, target: ProvisioningTarget): DateReading {
  if (text.length > maxStandardDateChars) return fault('date-unreadable');
  if (!/T.+(Z|[+-]\d{2}:?\d{2})$/.test(text))
    return fault(excelSerial.test(text) ? 'date-excel-serial' : 'date-unreadable');
  const date = DateTime.fromISO(text, { zone: 'utc' });
  if (!date.isValid) return fault(date.invalidReason === 'unit out of range' ? 'date-impossible' : 'date-unreadable');
  const written = writeInstant(date.toMillis(), target);
  return written === null ? fault('date-impossible') : { ok: true, text: written };
}
