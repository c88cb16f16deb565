// One pass over the file before anything is recognised: its columns, or the paths of its JSON members, and what their values look like.
import { knownBlankWord } from '../../shared/columns/blank-words';
import { textOf } from '../../shared/columns/record-value';
import type { ExportExpectation, ExportRecord, JsonObject, JsonValue } from '../../shared/export/export-record';
import { openExport } from '../../shared/export/open-export';
import type { LocalFile } from '../local-file';

/** What the values of a column look like. A word for blank is no value. */
export interface ColumnProfile {
  /** Rows that have a value. */
  readonly filled: number;
  /** Rows whose value is a number without a sign or point. */
  readonly numbers: number;
}

/** The columns of a file in its order, by name. */
export interface ProfiledColumns {
  readonly profiles: ReadonlyMap<string, ColumnProfile>;
  /** Names that several columns have, so that none of them can be read. They have no profile. */
  readonly doubled: readonly string[];
  /** Paths of lists in JSON records. Of several items nobody can say which one is meant. */
  readonly lists: readonly string[];
}

/** The most JSON paths that are remembered, and those of lists. */
const MAX_PATHS = 500;
const MAX_LISTS = 20;
/** How deep nested objects are searched. */
const MAX_DEPTH = 4;

class Tally implements ColumnProfile {
  filled = 0;
  numbers = 0;

  add(value: string): void {
    if (value.trim() === '' || knownBlankWord(value) !== null) return;
    this.filled++;
    if (/^\s*\d+\s*$/.test(value)) this.numbers++;
  }
}

/** Reads the whole file. Throws `FileHold` for one that cannot be read. */
export async function profileColumns(file: LocalFile, expect: ExportExpectation): Promise<ProfiledColumns> {
  const opened = await openExport(file.read(), expect);
  return opened.shape.columns === null
    ? profileMembers(opened.records)
    : profileCells(opened.records, opened.shape.columns);
}

async function profileCells(
  chunks: AsyncIterable<readonly ExportRecord[]>,
  columns: readonly string[],
): Promise<ProfiledColumns> {
  const tallies = columns.map((name) => ({ name, tally: new Tally() }));
  for await (const records of chunks)
    for (const record of records) {
      const cells = cellsOf(record, columns.length);
      if (cells !== null) for (const [at, { tally }] of tallies.entries()) tally.add(cells[at] ?? '');
    }
  const isDoubled = (name: string): boolean => columns.indexOf(name) !== columns.lastIndexOf(name);
  const named = tallies.filter(({ name }) => name !== '');
  return {
    profiles: new Map(named.filter(({ name }) => !isDoubled(name)).map(({ name, tally }) => [name, tally])),
    doubled: [...new Set(columns.filter((name) => name !== '' && isDoubled(name)))],
    lists: [],
  };
}

/** The cells of a row whose cells are where they belong, also of one that will be rejected for a value; null for any other. */
export function cellsOf(record: ExportRecord, columns: number): readonly string[] | null {
  if (record.kind === 'csv') return record.cells;
  return record.kind === 'unreadable' && record.cells?.length === columns ? record.cells : null;
}

/** The value of a JSON record, also of one that will be rejected; null if it has none. */
export const objectOf = (record: ExportRecord): JsonObject | null =>
  record.kind === 'csv' ? null : (record.value ?? null);

async function profileMembers(chunks: AsyncIterable<readonly ExportRecord[]>): Promise<ProfiledColumns> {
  const found: FoundMembers = { tallies: new Map(), objects: new Set(), lists: new Set() };
  for await (const records of chunks)
    for (const record of records) {
      const value = objectOf(record);
      if (value !== null) tallyMembers(value, '', 1, found);
    }
  const { tallies, objects, lists } = found;
  // null in one record, an object or a list in another.
  for (const path of [...objects, ...lists]) if (tallies.get(path)?.filled === 0) tallies.delete(path);
  return { profiles: tallies, doubled: [], lists: [...lists] };
}

/** By path. */
interface FoundMembers {
  readonly tallies: Map<string, Tally>;
  readonly objects: Set<string>;
  readonly lists: Set<string>;
}

function tallyMembers(value: JsonObject, prefix: string, depth: number, found: FoundMembers): void {
  const { tallies, objects, lists } = found;
  for (const [name, member] of Object.entries(value)) {
    const path = prefix + name;
    const text = textOf(member);
    if (text !== null) {
      const tally = tallies.get(path) ?? new Tally();
      tally.add(text);
      if (tallies.size < MAX_PATHS) tallies.set(path, tally);
    } else if (Array.isArray(member)) {
      if (lists.size < MAX_LISTS) lists.add(path);
    } else if (isObject(member) && depth < MAX_DEPTH) {
      if (objects.size < MAX_PATHS) objects.add(path);
      tallyMembers(member, `${path}.`, depth + 1, found);
    }
  }
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the first records of a JSON file show. */
export interface FirstRecords {
  /** Some member: what the reader may take for the id while nothing is known. */
  readonly member: string;
  /** As `OpenExport.foundAt`. */
  readonly foundAt: string | null;
}

/** Reads the first records. Null if none of them has a member; throws `FileHold` for a file that cannot be read. */
export async function readFirstRecords(file: LocalFile, expect: ExportExpectation): Promise<FirstRecords | null> {
  const opened = await openExport(file.read(), expect);
  for await (const records of opened.records) {
    for (const record of records) {
      const [name] = Object.keys(objectOf(record) ?? {});
      if (name !== undefined) return { member: name, foundAt: opened.foundAt };
    }
    break;
  }
  return null;
}
