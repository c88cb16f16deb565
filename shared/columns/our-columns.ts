// The columns that we add to a file of rows to correct, and recognise when it comes back.
import type { JsonObject } from '../core/json-value';
import type { RawValue } from './record-value';

/** Their names, in the order in which they are written: the row's mark, the code, the sentence. */
export const OUR_COLUMNS = ['rollcall_row', 'rollcall_code', 'rollcall_reason'] as const;

/** One of our columns. */
export type OurColumn = (typeof OUR_COLUMNS)[number];

/** Our column of that name, whatever case and outer spaces a spreadsheet gave it; null for any other name. */
export const ourColumnOf = (written: string): OurColumn | null => {
  const name = written.trim().toLowerCase();
  return OUR_COLUMNS.find((own) => own === name) ?? null;
};

/** The value of one of our members; undefined if the record lacks it. */
export const ourMember = (record: JsonObject, own: OurColumn): RawValue =>
  Object.entries(record).find(([name]) => ourColumnOf(name) === own)?.[1];

/** The record as HR's system wrote it. */
export const withoutOurMembers = (record: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(record).filter(([name]) => ourColumnOf(name) === null));
