// What a reader yields: the records of an export with their positions, and what the doctor found out about the file.
import type { JsonObject } from '../core/json-value';
import type { Message } from '../core/message';
import type { Rejection } from '../core/rejection';

export type { JsonObject, JsonValue } from '../core/json-value';

/** One record of the export. `row` counts all records from 1 in file order, rejected ones too. */
export type ExportRecord =
  | { readonly kind: 'csv'; readonly row: number; readonly line: number; readonly cells: readonly string[] }
  | { readonly kind: 'json'; readonly row: number; readonly line: number; readonly value: JsonObject }
  /** A record that cannot be read as one (wrong field count, doubled JSON key …); `id` where it could be told. */
  | {
      readonly kind: 'unreadable';
      readonly row: number;
      readonly line: number;
      readonly id: string | null;
      readonly rejection: Rejection;
      /** CSV: its cells as far as they can be told (their number may differ from the header's), for the rows to correct. */
      readonly cells?: readonly string[];
      /** JSON: its value where it has one, for the rows to correct. */
      readonly value?: JsonObject;
    };

/**
 * How the file was read; what `rollcall check` shows. All of it is settled before the first record but `encoding`:
 * a file that is plain ASCII so far reads `utf-8` until its first accented letter; it is final when `records` has ended.
 */
export interface ExportShape {
  readonly format: 'csv' | 'json';
  /** WHATWG-like lower-case name: `utf-8`, `utf-16le`, `windows-1252` … */
  readonly encoding: string;
  readonly delimiter: string | null;
  readonly compression: 'gzip' | 'zip' | null;
  /** CSV: the header after aliases: the names that settings use, in the order of the cells. JSON: null. */
  readonly columns: readonly string[] | null;
  /** CSV: the header as it stands in the file. */
  readonly header: readonly string[] | null;
  /**
   * A `*.to-correct.csv` of ours that came back: the indexes of our columns among the cells, `null` for any other file.
   * The one apostrophe that our report put before a formula sign is already taken away from its cells.
   */
  readonly returned: ReturnedColumns | null;
}

/** Indexes of the `rollcall_*` columns in `cells`; `null` for one that the file lacks. */
export interface ReturnedColumns {
  readonly row: number | null;
  readonly code: number | null;
  readonly reason: number | null;
}

/** Something worth telling about the file that is neither a hold nor a rejection of a row. `values` may quote the file: reports only. */
export interface Finding extends Message {
  readonly severity: 'warning' | 'note';
  readonly line: number | null;
  readonly column: string | null;
  readonly id: string | null;
}

/** An export that has been opened: its shape is settled from the first bytes, the records stream. */
export interface OpenExport {
  readonly shape: ExportShape;
  /** Records in file order, in chunks (a few hundred), for speed. Throws `FileHold` when the file turns out damaged. */
  readonly records: AsyncIterable<readonly ExportRecord[]>;
  /** What was found so far; complete when `records` has ended. */
  readonly findings: readonly Finding[];
  /** SHA-256 of the raw bytes, lower-case hex, for the manifest; `null` until `records` has ended. */
  readonly sha256: () => string | null;
}

/** What the settings expect of the file. */
export interface ExportExpectation {
  /** The file's name (last segment), for its ending and for messages. */
  readonly fileName: string;
  /** Bytes that the blob (or file) has; fewer bytes read than these is half a file. */
  readonly byteLength: number | null;
  readonly format: 'csv' | 'json';
  readonly encoding: string | null;
  readonly delimiter: string | null;
  /** Preamble lines before the header. */
  readonly skipLines: number;
  /** Prefix of comment lines. */
  readonly comment: string | null;
  /** JSON: dotted path of the array. */
  readonly recordsPath: string | null;
  /** Contract name of a column → other names under which the file may carry it. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  /** Columns without which nothing can be said about anybody (`id`, `active`, `userName`): missing holds the file. */
  readonly requiredColumns: readonly string[];
  /** All columns that the mapping reads: missing is a finding. */
  readonly mappedColumns: readonly string[];
  /** Column → texts that the settings themselves name for it (status words, tables of values), so that they mean there what they say. */
  readonly knownTexts: Readonly<Record<string, readonly string[]>>;
  /** The column of the id and the id's declared form, for checks on Excel damage. */
  readonly idColumn: string;
  readonly idPattern: string | null;
  readonly maxBytes: number;
  readonly maxInflatedBytes: number;
}
