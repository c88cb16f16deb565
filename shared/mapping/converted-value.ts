// The last step of a leaf: a text that is not blank becomes a value of the declared kind, or rejects the row.
import { quote, quoteAll } from '../core/message';
import type { ScimValue } from '../scim/user';
import type { ProvisioningTarget } from '../scim/user-limits';
import type { Leaf, LeafValueType } from '../source/mapping-settings';
import { compileCountry } from './country-value';
import { compileDate, readStandardDateTime, type DateReading } from './date-value';
import { readPhone } from './phone-value';
import { maxBooleanChars, maxIntegerChars } from './typed-lengths';
import { rejectRow, type Origin, type RowInHand } from './row-in-hand';

type Conversion = (text: string, row: RowInHand) => ScimValue | undefined;

const byDate =
  (read: (text: string) => DateReading, formats: readonly string[], origin: Origin): Conversion =>
  (text, row) => {
    const reading = read(text);
    if (reading.ok) return reading.text;
    return rejectRow(row, reading.fault, origin, { value: quote(text), forms: quoteAll(formats) });
  };

const byPhone =
  ({ country, extension }: NonNullable<Leaf['phone']>, origin: Origin): Conversion =>
  (text, row) => {
    const reading = readPhone(text, country, extension ?? null);
    if (reading.ok) return reading.text;
    return rejectRow(row, reading.fault, origin, { value: quote(text) });
  };

function byCountry(form: 'alpha-2' | 'alpha-3', origin: Origin): Conversion {
  const read = compileCountry(form);
  return (text, row) => {
    const reading = read(text);
    if (reading.ok) return reading.code;
    const value = quote(text);
    if (reading.readings.length === 0) return rejectRow(row, 'country-unknown', origin, { value });
    return rejectRow(row, 'country-ambiguous', origin, { value, readings: quoteAll(reading.readings) });
  };
}

const byType: Readonly<Record<'boolean' | 'integer', (origin: Origin) => Conversion>> = {
  boolean: (origin) => (text, row) => {
    const word = text.length > maxBooleanChars ? '' : text.toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    return rejectRow(row, 'value-not-boolean', origin, { value: quote(text) });
  },
  integer: (origin) => (text, row) => {
    const value = text.length <= maxIntegerChars && /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value)) return value;
    return rejectRow(row, 'value-not-integer', origin, { value: quote(text) });
  },
};

/** Compiles the conversion that a leaf declares; if it declares none, texts pass unchanged. */
export function compileConversion(
  leaf: Leaf,
  type: LeafValueType,
  target: ProvisioningTarget,
  origin: Origin,
): Conversion {
  if (leaf.date !== undefined) {
    return byDate(compileDate(leaf.date, target), [leaf.date.format].flat(), origin);
  }
  if (leaf.phone !== undefined) return byPhone(leaf.phone, origin);
  if (leaf.country !== undefined) return byCountry(leaf.country, origin);
  if (leaf.lookup !== undefined) return (text, row) => row.managers?.idOf(text, row, origin.column);
  switch (type) {
    case 'dateTime':
      return byDate((text) => readStandardDateTime(text, target), [], origin);
    case 'boolean':
    case 'integer':
      return byType[type](origin);
    case 'string':
      return (text) => text;
  }
}
