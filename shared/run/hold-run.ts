// A hold whose reason was found while the run was processed: a code of the run's own table, with the values it takes.
import { holdsOf } from '../core/errors';
import type { runCodes } from './run-codes';

/** Makes the hold; `line` and `column` give the place in the file, if there is one. */
export const holdRun = holdsOf<typeof runCodes>();
