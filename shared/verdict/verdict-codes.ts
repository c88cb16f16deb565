// Codes beside a verdict. The English is in verdict-messages.ts; the service's own error codes have their table in error-classes.ts.
import { besideVerdict, fault } from '../core/codes';

/** Codes of ours beside a verdict, and the fault of a verdict that is not there. */
export const verdictCodes = {
  'manager-not-resolved': besideVerdict(),
  'verdict-missing': fault(),
};
