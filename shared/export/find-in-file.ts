// Findings that do not stop the reading of a file: each has a code of the export table and the values that this code takes.
import type { ValuesOf } from '../core/codes';
import type { Position } from '../core/rejection';
import type { ExportCode, exportCodes } from './export-codes';
import type { Finding } from './export-record';

/** Makes a finding about the file; `line` and `column` say where, if anywhere. */
export const findIn = <C extends ExportCode>(
  severity: Finding['severity'],
  code: C,
  values: ValuesOf<typeof exportCodes, C>,
  at: Partial<Position> = {},
): Finding => ({ severity, code, values, line: at.line ?? null, column: at.column ?? null, id: null });
