// Members of JSON whose form the service may change: taken if they have the form that is expected, else as absent. Nothing is rejected for what it has beside.
import type { JsonObject } from '../core/json-value';

/** True of an object, not of a list. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as an object; an empty one for anything else. */
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});
/** The objects of a list; none for anything else. */
export const objectsOf = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
/** The value as text; `otherwise` for anything else. */
export const textOf = (value: unknown, otherwise = ''): string => (typeof value === 'string' ? value : otherwise);

/** JSON, or undefined for a text that is none. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A page of a gateway, say.
    return undefined;
  }
};
