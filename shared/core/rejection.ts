// Expected trouble with one row is a value, never an exception.
import type { Message } from './message';

/** A place in the export, as HR can find it. */
export interface Position {
  /** Physical line where the record begins; the header of a plain CSV file is line 1. `null` if no line applies. */
  readonly line: number | null;
  /** The header's name of the column (CSV) or the path of the member (JSON). */
  readonly column: string | null;
}

/** Why a row was not accepted. The sentence for HR is made where it is read; `values` may quote the file. */
export interface Rejection extends Message {
  readonly at: Position;
}
