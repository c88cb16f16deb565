// Codes next to a verdict. The English is in verdict-messages.ts; the service's own error codes have their table in error-classes.ts.
import { besideVerdict, fault } from '../core/codes';

/** Codes of ours next to a verdict, and the fault of a missing verdict. */
export const verdictCodes = {
  'manager-not-resolved': besideVerdict(),
  'verdict-missing': fault(),
};
