// Codes next to a verdict. The English is in verdict-messages.ts; the service's own error codes have their table in error-classes.ts.
import { besideVerdict, fault } from '../core/codes';
import type { PlacedMessage, Quote } from '../core/message';
import type { UnconfirmedReason } from '../roster/roster-entry';

/** Codes of ours next to a verdict, and the fault of a missing verdict. */
export const verdictCodes = {
  'manager-not-resolved': besideVerdict(),
  'on-hold-list': besideVerdict<{ until: string; why: Quote; isLeaver: boolean }>(),
  'newer-row-rejected': besideVerdict(),
  'turned-on-again': besideVerdict(),
  'inactive-and-unknown': besideVerdict(),
  'not-yet': besideVerdict<{ goesOn: string }>(),
  'other-row-counts': besideVerdict<{ otherLine: number }>(),
  'user-name-held': besideVerdict<{ line: number; id: Quote }>(),
  'value-left-out': besideVerdict<{ troubles: readonly PlacedMessage[]; isChecked: boolean }>(),
  'last-value-kept': besideVerdict<{ troubles: readonly PlacedMessage[] }>(),
  'tried-again-later': besideVerdict<{ why: UnconfirmedReason; nextTry: string }>(),
  'verdict-missing': fault(),
};
