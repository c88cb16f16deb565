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

const fault = (code: DateFault): DateReading => ({ ok: false, fault: code });

/** Readings kept per column: dates repeat (twenty years of hire dates are 7,300), and luxon takes microseconds for each. */
const maxKeptReadings = 20_000;

/** What Excel writes for days between 1927 and 2119 when a cell is not formatted as a date. */
const excelSerial = /^[1-7]\d{4}([.,]\d+)?$/;

/**
 * Writes an instant for the target: Entra `2026-10-01T00:00:00Z`; Active Directory `20261001000000.0Z`, the input of the job's
 * FormatDateTime with `yyyyMMddHHmmss.fZ`. Null outside the years 1000 to 9999: a year 24 is 2024 written with too few digits.
 * @see docs/reference/graph-provisioning.md §1.4, dates
 */
export function writeInstant(millis: number, target: ProvisioningTarget): string | null {
  const iso = new Date(millis).toISOString();
  if (!/^[1-9]\d{3}-/.test(iso)) return null;
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

const zoneOf = (name: string): Zone =>
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

/** Compiles a leaf's `date`: reads a text by the declared formats (all of them, so that two meanings are noticed) in the declared zone. */
export function compileDate(
  date: NonNullable<Leaf['date']>,
  target: ProvisioningTarget,
): (text: string) => DateReading {
  const zone = zoneOf(date.zone ?? 'UTC');
  const parses = [date.format].flat().map((format) => compileFormat(format, zone));
  const kept = new Map<string, DateReading>();
  const read = (text: string): DateReading => {
    const instant = readByAll(text, parses);
    if (typeof instant !== 'number') return fault(instant);
    const written = writeInstant(instant, target);
    return written === null ? fault('date-impossible') : { ok: true, text: written };
  };
  return (text) => {
    if (text.length > maxDateChars) return fault('date-unreadable');
    const known = kept.get(text);
    if (known !== undefined) return known;
    if (kept.size >= maxKeptReadings) kept.clear();
    const reading = read(text);
    kept.set(text, reading);
    return reading;
  };
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
