// A value of a record as the file has it: its text, and where it is in a JSON record (`id`, `job.title`, `names.1`; items of a list count
// from 0). One reading for the reader, which checks ids, and for the mapping, which sends them.
import type { JsonValue, JsonObject } from '../core/json-value';

/** A value as it is in the file; undefined if the row has none. */
export type RawValue = JsonValue | undefined;

// Most texts are ASCII or Latin-1, and those are composed already.
const beyondLatin1 = /[^\u0000-\u00ff]/;

/** Composes accents (NFC), so that equal names are equal texts. */
export const compose = (text: string): string => (beyondLatin1.test(text) ? text.normalize('NFC') : text);

/** The text of a single value: numbers and booleans as JSON writes them, '' for none; null for a list or an object. */
export function textOf(raw: RawValue): string | null {
  if (raw === undefined || raw === null) return '';
  if (typeof raw === 'string') return compose(raw);
  return typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : null;
}

/** True for a JSON number that has lost digits, so that its text is not what the file says. */
export const isImprecise = (raw: RawValue): boolean =>
  typeof raw === 'number' && (!Number.isFinite(raw) || (Number.isInteger(raw) && !Number.isSafeInteger(raw)));

const stepsOf = (path: string): readonly string[] => path.split('.');

/** The first member on a path: a path of `names.1` reads the record's `names`. */
export const firstStepOf = (path: string): string => stepsOf(path)[0] ?? path;

/** True if one of two paths leads to the other, or both are the same: what is wrong at one of them concerns the other. */
export const arePathsRelated = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);

const itemIndex = /^\d+$/;

const isObject = (value: RawValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const memberOf = (value: RawValue, step: string): RawValue => {
  if (Array.isArray(value)) return itemIndex.test(step) ? (value as readonly JsonValue[])[Number(step)] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
};

/** Compiles the reader of a path. A member with exactly that name wins; undefined if there is none. Inherited members do not count. */
export function compileMemberPath(path: string): (record: JsonObject) => RawValue {
  const steps = stepsOf(path);
  return (record) => {
    if (Object.hasOwn(record, path)) return record[path];
    let found: RawValue = record;
    for (const step of steps) found = memberOf(found, step);
    return found;
  };
}

/** Where a walk through a document is: at the value that the path names, on the way to it, or elsewhere. */
export type PlaceOnPath = 'there' | 'before' | 'elsewhere';

/**
 * Compiles the same path for a reader that walks a document: `taken` are the keys and indexes that led to the current value. A null path
 * means the document itself.
 */
export function compilePathWalk(path: string | null): (taken: readonly (string | number)[]) => PlaceOnPath {
  const steps = path === null ? [] : stepsOf(path);
  const isTaken = (step: string | undefined, took: string | number): boolean =>
    typeof took === 'string' ? step === took : step !== undefined && itemIndex.test(step) && Number(step) === took;
  return (taken) => {
    if (taken.length === 1 && taken[0] === path) return 'there';
    if (taken.length > steps.length || !taken.every((took, at) => isTaken(steps[at], took))) return 'elsewhere';
    return taken.length === steps.length ? 'there' : 'before';
  };
}
