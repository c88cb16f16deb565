// Renames the top-level members of a JSON record to the names of the settings, as settling the header does for CSV.
import { compileColumnNames, type ColumnContract } from '../../columns/column-names';
import type { JsonObject, JsonValue } from '../export-record';

/** The record under the names of the settings, or the name that two members with different values share. */
export type RenamedRecord = { readonly record: JsonObject } | { readonly doubled: string };

/** Makes the renamer of a file. */
export const createMemberRenamer = (contract: ColumnContract): ((record: JsonObject) => RenamedRecord) => {
  const { nameAll } = compileColumnNames(contract);
  return (record) => {
    const keys = Object.keys(record);
    const names = nameAll(keys);
    if (names === keys) return { record };
    const renamed = new Map<string, JsonValue>();
    for (const [at, key] of keys.entries()) {
      const name = names[at] ?? key;
      const value = record[key] ?? null;
      const before = renamed.get(name);
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(value)) return { doubled: name };
      renamed.set(name, value);
    }
    return { record: Object.fromEntries(renamed) };
  };
};
