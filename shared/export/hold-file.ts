// The one way in which intake holds a file: with a code of its own table.
import { FileHold } from '../core/errors';
import type { ExportCode } from './export-codes';

/** Makes the hold of a file; `message` is a sentence for HR, `line` and `column` say where, if anywhere. */
export const holdFile = (
  code: ExportCode,
  message: string,
  at: { readonly line?: number | null; readonly column?: string | null } = {},
): FileHold => new FileHold(code, message, { line: at.line ?? null, column: at.column ?? null });
