// A member of a JSON record by its name or its dotted path.
import type { JsonObject, JsonValue } from '../export-record';

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The own member of that name, else the one at the dotted path (`job.title`), else `undefined`. Inherited members are none. */
export const readMember = (record: JsonObject, path: string): JsonValue | undefined => {
  if (Object.hasOwn(record, path)) return record[path];
  let value: JsonValue | undefined = record;
  for (const key of path.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
};
