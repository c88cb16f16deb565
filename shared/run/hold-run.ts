// Holding a file for what its run found out: with a code of the run's own table and the values that this code takes.
import { holdsOf } from '../core/errors';
import type { runCodes } from './run-codes';

/** Makes the hold; `line` and `column` say where in the file, if anywhere. */
export const holdRun = holdsOf<typeof runCodes>();
