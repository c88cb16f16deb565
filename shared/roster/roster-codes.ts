// Faults in reading and writing rosters. The English is in roster-messages.ts.
import { fault } from '../core/codes';

/** Codes of the roster. */
export const rosterCodes = {
  'roster-damaged': fault(),
  'roster-too-new': fault(),
  'roster-missing': fault(),
  'roster-contended': fault(),
};
