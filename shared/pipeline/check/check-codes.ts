// The code that only a check tells; all others come from the concepts that found them.
import { defineCodes } from '../../core/catalogue';

/** Codes of the check. */
export const checkCodes = defineCodes({
  'row-collapsed': {
    kind: 'finding',
    cause: 'The same row stands in the file more than once, with the same values.',
    cure: 'Nothing to do: it is sent once.',
  },
} as const);
