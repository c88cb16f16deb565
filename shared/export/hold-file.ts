// The only way in which reading holds a file: with a code of the export table and the values that this code takes.
import { holdsOf } from '../core/errors';
import type { exportCodes } from './export-codes';

/** Makes the hold of a file; `line` and `column` say where, if anywhere. */
export const holdFile = holdsOf<typeof exportCodes>();
