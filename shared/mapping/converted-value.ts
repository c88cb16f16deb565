// The last step of a leaf: a text that is not blank becomes a value of the declared kind, or rejects the row.
import type { ScimValue } from '../scim/user';
import type { ProvisioningTarget } from '../scim/user-limits';
import type { Leaf } from '../source/mapping-settings';
import type { LeafValueType } from '../source/value-type';
import { compileCountry } from './country-value';
import { compileDate, readStandardDateTime, type DateFault, type DateReading } from './date-value';
import { readPhone } from './phone-value';
import { nameOf, rejectRow, type Origin, type RowInHand } from './row-in-hand';

type Conversion = (text: string, row: RowInHand) => ScimValue | undefined;

const dateSentences: Readonly<Record<DateFault, string>> = {
  'date-unreadable': 'is not a date in the declared form',
  'date-impossible': 'is a date or time that does not exist',
  'date-ambiguous': 'can be read as two different dates',
  'date-excel-serial': 'is a number, not a date: Excel has saved its count of days',
};

const byDate =
  (read: (text: string) => DateReading, forms: string, origin: Origin): Conversion =>
  (text, row) => {
    const reading = read(text);
    if (reading.ok) return reading.text;
    const sentence = `${nameOf(origin)}: "${text}" ${dateSentences[reading.fault]} (${forms}).`;
    return rejectRow(row, reading.fault, origin, sentence);
  };

const byPhone =
  (country: string, origin: Origin): Conversion =>
  (text, row) => {
    const reading = readPhone(text, country);
    if (reading.ok) return reading.text;
    const why =
      reading.fault === 'phone-extension' ? 'has an extension, which cannot be sent' : 'is not a phone number';
    return rejectRow(row, reading.fault, origin, `${nameOf(origin)}: "${text}" ${why}.`);
  };

function byCountry(form: 'alpha-2' | 'alpha-3', origin: Origin): Conversion {
  const toCode = compileCountry(form);
  return (text, row) =>
    toCode(text) ??
    rejectRow(row, 'country-unknown', origin, `${nameOf(origin)}: "${text}" is not a country that is known.`);
}

const byType: Readonly<Record<'boolean' | 'integer', (origin: Origin) => Conversion>> = {
  boolean: (origin) => (text, row) => {
    const word = text.toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    return rejectRow(row, 'value-not-boolean', origin, `${nameOf(origin)}: "${text}" is neither true nor false.`);
  },
  integer: (origin) => (text, row) => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value)) return value;
    return rejectRow(row, 'value-not-integer', origin, `${nameOf(origin)}: "${text}" is not a whole number.`);
  },
};

/** Compiles the conversion that a leaf declares; texts pass unchanged where it declares none. */
export function compileConversion(
  leaf: Leaf,
  type: LeafValueType,
  target: ProvisioningTarget,
  origin: Origin,
): Conversion {
  if (leaf.date !== undefined) {
    return byDate(compileDate(leaf.date, target), [leaf.date.format].flat().join(' or '), origin);
  }
  if (leaf.phone !== undefined) return byPhone(leaf.phone.country, origin);
  if (leaf.country !== undefined) return byCountry(leaf.country, origin);
  switch (type) {
    case 'dateTime':
      return byDate((text) => readStandardDateTime(text, target), 'for example 2026-10-01T00:00:00Z', origin);
    case 'boolean':
    case 'integer':
      return byType[type](origin);
    case 'string':
      return (text) => text;
  }
}
