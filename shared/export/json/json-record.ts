// The raw text of one record → its value, with numbers kept digit by digit and duplicate keys detected.
import { quote } from '../../core/message';
import { Readable } from 'node:stream';
import { parser } from 'stream-json';
import type { Rejection } from '../../core/rejection';
import { rejectRecord } from '../check-values';
import type { JsonObject, JsonValue } from '../export-record';
import { maxJsonDepth, maxJsonParts } from '../export-limits';
import type { RawJsonRecord } from './walk-document';

/** The value of a record, or why it has none. */
export type ReadJsonRecord = { readonly value: JsonObject } | { readonly rejection: Rejection };

// May also match inside a string; the record then only gets a closer look.
const numberToken = /[[:,]\s*(-?\d[\d.eE+-]*)/g;
const textOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs;
const validNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** True if JavaScript writes the number with exactly these digits, and not by chance: false for 0.50, 1E5, twenty digits. */
const keepsDigits = (digits: string): boolean => {
  const number = Number(digits);
  return String(number) === digits && (!Number.isInteger(number) || Number.isSafeInteger(number));
};

/** True if a number in the text would lose digits. */
const losesDigits = (raw: string): boolean => {
  for (const [, digits] of raw.matchAll(numberToken)) if (digits !== undefined && !keepsDigits(digits)) return true;
  return false;
};

/** The same text with every such number in quotes. */
const quoteLossyNumbers = (raw: string): string =>
  raw.replace(textOrNumber, (token) =>
    token.startsWith('"') || keepsDigits(token) || !validNumber.test(token) ? token : `"${token}"`,
  );

const countMembers = (value: JsonValue): number => {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).reduce<number>((sum, item) => sum + countMembers(item), 0);
  let count = 0;
  for (const item of Object.values(value)) count += 1 + countMembers(item);
  return count;
};

type Token = { readonly name: string; readonly value?: string | boolean | null };
type Open = { readonly members: Map<string, JsonValue> } | { readonly items: JsonValue[] };

const sameJson = (one: JsonValue, other: JsonValue): boolean => JSON.stringify(one) === JSON.stringify(other);

interface DoubledKey {
  readonly key: string;
  /** As in the settings: `names.1.first`. */
  readonly path: string;
}

/** Reads token by token, so that a repeated key is seen. If its values differ, returns the key in place of a value. */
const readCarefully = async (
  raw: string,
): Promise<{ readonly value: JsonValue } | { readonly doubled: DoubledKey }> => {
  const tokens = Readable.from([raw]).pipe(parser({ packValues: true, streamValues: false }));
  const open: { readonly at: Open; key: string | null }[] = [];
  let root: JsonValue = null;
  const doubled: DoubledKey[] = [];
  const pathOfOpen = (): string =>
    open.map(({ at, key }) => ('items' in at ? String(at.items.length) : (key ?? ''))).join('.');
  const add = (value: JsonValue): void => {
    const top = open.at(-1);
    if (top === undefined) root = value;
    else if ('items' in top.at) top.at.items.push(value);
    else if (top.key !== null) {
      const before = top.at.members.get(top.key);
      if (before !== undefined && !sameJson(before, value)) doubled.push({ key: top.key, path: pathOfOpen() });
      top.at.members.set(top.key, value);
    }
  };
  for await (const token of tokens as AsyncIterable<Token>) {
    const top = open.at(-1);
    switch (token.name) {
      case 'startObject':
        open.push({ at: { members: new Map() }, key: null });
        break;
      case 'startArray':
        open.push({ at: { items: [] }, key: null });
        break;
      case 'endObject':
      case 'endArray': {
        const closed = open.pop()?.at;
        // fromEntries defines members, so a key "__proto__" stays a plain member.
        if (closed !== undefined) add('items' in closed ? closed.items : Object.fromEntries(closed.members));
        break;
      }
      case 'keyValue':
        if (top !== undefined) top.key = String(token.value);
        break;
      case 'numberValue':
        add(Number(token.value));
        break;
      default:
        add(token.value ?? null);
    }
  }
  return doubled[0] === undefined ? { value: root } : { doubled: doubled[0] };
};

/** Reads one record. A number whose digits JavaScript would change becomes the text of its digits. */
export const readJsonRecord = async (record: RawJsonRecord): Promise<ReadJsonRecord> => {
  const { raw, line } = record;
  if (!raw.startsWith('{')) {
    return {
      rejection: rejectRecord('json-record-not-object', { value: quote(raw) }, line, null),
    };
  }
  if (record.depth > maxJsonDepth) {
    return {
      rejection: rejectRecord('json-record-too-deep', { depth: record.depth, maxDepth: maxJsonDepth }, line, null),
    };
  }
  const parts = record.members + record.containers;
  if (parts > maxJsonParts)
    return { rejection: rejectRecord('json-record-too-wide', { parts, maxParts: maxJsonParts }, line, null) };
  const kept = losesDigits(raw) ? quoteLossyNumbers(raw) : raw;
  let value: JsonObject;
  try {
    value = JSON.parse(kept) as JsonObject;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return { rejection: rejectRecord('json-record-broken', {}, line, null) };
  }
  if (countMembers(value) === record.members) return { value };
  const careful = await readCarefully(kept);
  return 'doubled' in careful
    ? {
        rejection: rejectRecord('json-key-doubled', { key: quote(careful.doubled.key) }, line, careful.doubled.path),
      }
    : { value: careful.value as JsonObject };
};
