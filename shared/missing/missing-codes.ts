// What becomes of somebody who has no row in a full file. The English is in missing-messages.ts.
import { finding } from '../core/codes';

/** Codes of `<file>.missing.csv`. Days are `yyyy-MM-dd`, UTC. */
export const missingCodes = {
  'missing-disabled': finding<{ run: string }>(),
  'missing-not-yet': finding<{ from: string }>(),
  'missing-kept': finding(),
  'missing-on-hold': finding<{ until: string }>(),
  'missing-tried-again': finding<{ nextTry: string }>(),
  'missing-never-confirmed': finding(),
  'missing-in-other-job': finding(),
  'missing-record-gone': finding(),
  'missing-behind-older-file': finding(),
  'missing-left-to-newer-file': finding(),
};

/** A code of this table. */
export type MissingCode = keyof typeof missingCodes;
