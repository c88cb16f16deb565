// Members of what Graph answers.
import type { JsonObject } from '../core/json-value';

/** A member that is a text; empty if it is none. */
export const textOf = (object: JsonObject, member: string): string => {
  const value = object[member];
  return typeof value === 'string' ? value : '';
};
