// Everything that is not the fault of one row: one error class with a stable code and one disposition, and the hold of a file.
import type { CodeOf, CodeTable, ValuesOf } from './codes';
import type { Message, MessageValues } from './message';
import type { Position } from './rejection';
import type { RunKey } from './run-key';

/**
 * What the caller does with an error.
 * - `retry`: a transient fault; the platform (or the next sweep) tries the same step again.
 * - `reject`: this input can never succeed; it is parked with its reason.
 * - `halt`: work must stop until a person or time has fixed it; the gate closes and the message completes.
 */
export type Disposition = 'retry' | 'reject' | 'halt';

/** An error with a stable code (docs/errors.md). Its message holds no personal data: it may be logged. */
export class RollcallError extends Error {
  override readonly name = 'RollcallError';
  readonly retryAfterMs: number | null;
  /** The run at fault, where that may be another one than the run that is served; null if the error does not say. */
  readonly run: RunKey | null;

  constructor(
    readonly code: string,
    readonly disposition: Disposition,
    message: string,
    options: { readonly cause?: unknown; readonly retryAfterMs?: number; readonly run?: RunKey } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs ?? null;
    const { run } = options;
    // Often a whole run: what is told of an error is its key.
    this.run = run === undefined ? null : { source: run.source, run: run.run };
  }
}

/**
 * The whole file is held: nothing of it is sent. Thrown by readers and checks, caught by intake alone, which moves the run to `held`. The
 * error's own message is the code, so it may be logged; `values` may quote the file and go to reports only.
 */
export class FileHold extends Error implements Message {
  override readonly name = 'FileHold';

  constructor(
    readonly code: string,
    readonly values: MessageValues,
    readonly at: Position = { line: null, column: null },
  ) {
    super(code);
  }
}

/** Makes the function that holds a file with a code of one table and the values that this code takes. */
export const holdsOf =
  <T extends CodeTable>() =>
  <C extends CodeOf<T>>(code: C, values: ValuesOf<T, C>, at: Partial<Position> = {}): FileHold =>
    new FileHold(code, values, { line: at.line ?? null, column: at.column ?? null });
