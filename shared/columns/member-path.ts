// The path of a member of a JSON record: `id`, `job.title`, `names.1` (items of a list count from 0).
import type { JsonObject, JsonValue } from '../core/json-value';
import type { RawValue } from './raw-value';

const stepsOf = (path: string): readonly string[] => path.split('.');

/** The first member on a path: a path of `names.1` reads the record's `names`. */
export const firstStepOf = (path: string): string => stepsOf(path)[0] ?? path;

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
