// What a reader yields: the records of an export with their positions, and the findings about the file.
import type { JsonObject } from '../core/json-value';
import type { Message } from '../core/message';
import type { Rejection } from '../core/rejection';
import type { UnsentRow } from '../core/unsent-row';

export type { JsonObject, JsonValue } from '../core/json-value';

/** One record of the export. `row` counts all records from 1 in file order, rejected ones too. */
export type ExportRecord =
  | {
      readonly kind: 'csv';
      readonly row: number;
      readonly line: number;
      readonly cells: readonly string[];
      /** What is wrong with single cells, none of them id or status: whose row it is, and what it says of the account, is certain. At least one. */
      readonly damage?: readonly Rejection[];
    }
  | {
      readonly kind: 'json';
      readonly row: number;
      readonly line: number;
      readonly value: JsonObject;
      /** As for CSV. */
      readonly damage?: readonly Rejection[];
    }
  /** A record that cannot be read as one (wrong field count, duplicate JSON key …); `id` if it is known. */
  | {
      readonly kind: 'unreadable';
      readonly row: number;
      readonly line: number;
      readonly id: string | null;
      readonly rejection: Rejection;
      /** CSV: its cells as far as they are known (their number may differ from the header's), for the rows to correct. */
      readonly cells?: readonly string[];
      /** JSON: its value if it has one, for the rows to correct. */
      readonly value?: JsonObject;
    }
  /** A record that the settings set aside before anything else in it is judged; `id` as it is written. */
  | {
      readonly kind: 'unsent';
      readonly row: number;
      readonly line: number;
      readonly id: string | null;
      readonly unsent: Omit<UnsentRow, 'verdict'>;
      /** As of one that cannot be read. */
      readonly cells?: readonly string[];
      readonly value?: JsonObject;
    };

/**
 * How the file was read; `rollcall check` shows it. All of it but `encoding` is settled before the first record: for a file that is plain
 * ASCII so far, that is `utf-8` until the first accented letter; it is final when `records` has ended.
 */
export interface ExportShape {
  readonly format: 'csv' | 'json';
  /** WHATWG-like lower-case name: `utf-8`, `utf-16le`, `windows-1252` … */
  readonly encoding: string;
  readonly delimiter: string | null;
  readonly compression: 'gzip' | 'zip' | null;
  /** CSV: the header after aliases, in the names of the settings and the order of the cells. JSON: null. */
  readonly columns: readonly string[] | null;
  /** CSV: the header as written in the file. */
  readonly header: readonly string[] | null;
  /**
   * For a returned `*.to-correct.csv` of ours, the indexes of our columns among the cells; `null` for any other file.
   * The apostrophe that our report put before a formula is already removed from its cells.
   */
  readonly returned: ReturnedColumns | null;
}

/** Indexes of the `rollcall_*` columns in `cells`; `null` for one that the file lacks. */
export interface ReturnedColumns {
  readonly row: number | null;
  readonly code: number | null;
  readonly reason: number | null;
}

/** Something worth knowing about the file that is neither a hold nor a rejection of a row. `values` may quote the file: reports only. */
export interface Finding extends Message {
  readonly severity: 'warning' | 'note';
  readonly line: number | null;
  readonly column: string | null;
  readonly id: string | null;
}

/** An export that has been opened: its shape is settled from the first bytes, the records stream. */
export interface OpenExport {
  readonly shape: ExportShape;
  /** JSON: the path at which the list of people was found, `d.results`; null where nothing had to be found. */
  readonly foundAt: string | null;
  /** Records in file order, in chunks for speed. Throws `FileHold` when the file turns out damaged. */
  readonly records: AsyncIterable<readonly ExportRecord[]>;
  /** What was found so far; complete when `records` has ended. */
  readonly findings: readonly Finding[];
  /** SHA-256 of the raw bytes, lower-case hex, for the manifest; `null` until `records` has ended. */
  readonly sha256: () => string | null;
}

/** What the settings say about lines of a CSV file that are not people (`file.ignore`, `file.trailer`). */
export interface LineExpectation {
  /** Beginnings of lines, or patterns that are found in them. */
  readonly ignore: readonly (string | { readonly pattern: string })[];
  /** The pattern of the last line; null if none is declared. */
  readonly trailer: string | null;
  /** Longest time for the patterns of one file, ms. */
  readonly budgetMs: number;
}

/** Some values of a column. Whole values; case and outer spaces do not count. */
export interface ColumnValues {
  readonly column: string;
  readonly values: readonly string[];
}

/** Which rows are for this source (`file.only`, `file.except`): those that have one of the values in each column of `only`, and none of `except`. */
export interface RowsWanted {
  readonly only: readonly ColumnValues[];
  readonly except: readonly ColumnValues[];
}

/** What the settings expect of the file. */
export interface ExportExpectation {
  /** The file's name (last segment), for its ending and for messages. */
  readonly fileName: string;
  /** Bytes of the blob (or file); if fewer are read, the file is truncated. */
  readonly byteLength: number | null;
  readonly format: 'csv' | 'json';
  readonly encoding: string | null;
  readonly delimiter: string | null;
  /** Preamble lines before the header. */
  readonly skipLines: number;
  /** Prefix of comment lines. */
  readonly comment: string | null;
  /** Lines of a CSV file that are not people; absent if the settings say nothing about them. */
  readonly lines?: LineExpectation;
  /** JSON: dotted path of the array; null if it is the document, or is to be found. */
  readonly recordsPath: string | null;
  /** Contract name of a column → other names under which the file may carry it. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  /** Columns without which no row can be used (`id`, `active`, `userName`): a missing one holds the file. */
  readonly requiredColumns: readonly string[];
  /** All columns that the mapping reads: a missing one is a finding. */
  readonly mappedColumns: readonly string[];
  /** Absent if all rows are. */
  readonly rows?: RowsWanted;
  /** Column → texts that the settings name for it (status words, tables of values …), which are ordinary values there. */
  readonly knownTexts: Readonly<Record<string, readonly string[]>>;
  /** Words that mean "no value" in every cell (`file.blank`). */
  readonly blankWords: readonly string[];
  /** Columns in which a well-known word for blank that is not declared rejects the row. */
  readonly decisiveColumns: readonly string[];
  /**
   * Columns of id and status: damage in one of them makes the record unreadable; in any other it is told beside the record, which may still be of
   * use. Null: all damage makes it unreadable.
   */
  readonly certainColumns: readonly string[] | null;
  /** Columns of managers: the mapping leaves such a word out there. */
  readonly managerColumns: readonly string[];
  /** Columns with names of people: a `?` within their words may be a letter that was lost. */
  readonly nameColumns: readonly string[];
  /** The column of the id and the id's declared form, for checks on Excel damage. */
  readonly idColumn: string;
  readonly idPattern: string | null;
  readonly maxBytes: number;
  readonly maxInflatedBytes: number;
}
