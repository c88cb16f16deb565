// The top members of a JSON record under the names of the settings: the aliases of the header contract, for JSON.
import { firstStepOf } from '../../columns/member-path';
import { foldName } from '../csv/fold-name';
import type { ExportExpectation, JsonObject, JsonValue } from '../export-record';

/** Different keys whose names are remembered; a file may have others in every record. Our choice, 2026-11. */
const maxKnownKeys = 10_000;

/** The record under the names of the settings, or the name for which two members stand with different values. */
export type RenamedRecord = { readonly record: JsonObject } | { readonly doubled: string };

/** Makes the renamer of a file. A member whose name is used as it stands goes before one that is only folded or an alias. */
export const createMemberRenamer = (
  expect: Pick<ExportExpectation, 'aliases' | 'requiredColumns' | 'mappedColumns' | 'idColumn'>,
): ((record: JsonObject) => RenamedRecord) => {
  const names = new Set([
    expect.idColumn,
    ...expect.requiredColumns,
    ...expect.mappedColumns,
    ...Object.keys(expect.aliases),
  ]);
  const folded = new Map<string, string>();
  const learn = (written: string, name: string): void => {
    const key = foldName(written);
    if (key !== '' && !folded.has(key)) folded.set(key, name);
  };
  // A dotted name is a path; the first member on it keeps its own name.
  for (const name of names) if (!name.includes('.')) learn(name, name);
  for (const [name, others] of Object.entries(expect.aliases)) for (const other of others) learn(other, name);
  for (const name of names) if (name.includes('.')) folded.delete(foldName(firstStepOf(name)));

  const known = new Map<string, string>();
  const rename = (key: string): string => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const name = names.has(key) ? key : (folded.get(foldName(key)) ?? key);
    if (known.size < maxKnownKeys) known.set(key, name);
    return name;
  };

  return (record) => {
    const keys = Object.keys(record);
    if (keys.every((key) => rename(key) === key)) return { record };
    const renamed = new Map<string, JsonValue>();
    for (const key of keys) {
      const name = Object.hasOwn(record, rename(key)) ? key : rename(key);
      const value = record[key] ?? null;
      const before = renamed.get(name);
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(value)) return { doubled: name };
      renamed.set(name, value);
    }
    return { record: Object.fromEntries(renamed) };
  };
};
