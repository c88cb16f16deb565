// Everything that is not the fault of one row: one error class with a stable code and one disposition, and the hold of a file.
import type { Position } from './rejection';

/**
 * What the caller does with an error.
 * - `retry`: a passing fault; the platform (or the next sweep) tries the same step again.
 * - `reject`: this input can never succeed; it is parked with its reason.
 * - `halt`: nobody may go on until a person or time has mended it; the gate closes and the message completes.
 */
export type Disposition = 'retry' | 'reject' | 'halt';

/** An error with a stable code (docs/errors.md). Its message holds no personal data: it may be logged. */
export class RollcallError extends Error {
  override readonly name = 'RollcallError';
  readonly retryAfterMs: number | null;

  constructor(
    readonly code: string,
    readonly disposition: Disposition,
    message: string,
    options: { readonly cause?: unknown; readonly retryAfterMs?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/**
 * The whole file is held: nothing of it is sent. Thrown by readers and checks, caught by intake alone, which moves the run to `held`.
 * `message` is a sentence for HR (it may quote the file, so it goes to reports, never to telemetry); `code` may be logged.
 */
export class FileHold extends Error {
  override readonly name = 'FileHold';

  constructor(
    readonly code: string,
    message: string,
    readonly at: Position = { line: null, column: null },
  ) {
    super(message);
  }
}
