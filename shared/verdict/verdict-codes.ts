// Codes beside a verdict. The service's own error codes have their table in error-classes.ts.
import { defineCodes } from '../core/catalogue';

/** Codes of ours that stand beside a verdict, and the fault of a verdict that is not there. */
export const verdictCodes = defineCodes({
  'manager-not-resolved': {
    kind: 'verdict',
    cause:
      'The person was written, their manager was not: the service knows nobody by the id in the manager column (yet). It was tried again three times.',
    cure: 'Look whether the manager is in a file that was sent, under the same id. If so, the next file that carries the person sets it.',
  },
  'verdict-missing': {
    kind: 'fault',
    cause: 'A row of a run that is about to be settled has no verdict. It is never filled in: the run stays unsettled.',
    cure: 'This is a fault of the program. Keep the entities and files of the run, and report it.',
  },
} as const);
