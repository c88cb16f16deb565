// What the reports say of a candidate that is not sent.
import type { ValuesOf } from '../core/codes';
import type { Message } from '../core/message';
import { dateOf } from '../roster/roster-entry';
import {
  INACTIVE_AND_UNKNOWN,
  NOT_YET,
  TRIED_AGAIN_LATER,
  VERDICT_OF_CONFIRMED,
  VERDICT_OF_NOT_YET,
  VERDICT_OF_UNKNOWN_INACTIVE,
  verdictOfWaiting,
} from '../verdict/give-verdict';
import type { Verdict } from '../verdict/verdict';
import type { verdictCodes } from '../verdict/verdict-codes';
import type { Candidate } from './run-files';
import { isNotYet } from './run-files';

/** A verdict, the code beside it, and the message of that code. */
export interface RestingFate {
  readonly verdict: Verdict;
  readonly code: string | null;
  readonly message: Message | null;
}

/** The fate of a candidate that is not sent. */
export function fateOfResting(candidate: Candidate): RestingFate {
  if (candidate === 'confirmed') return { verdict: VERDICT_OF_CONFIRMED, code: null, message: null };
  if (candidate === 'unknown-inactive') {
    const code = INACTIVE_AND_UNKNOWN;
    return { verdict: VERDICT_OF_UNKNOWN_INACTIVE, code, message: { code, values: {} } };
  }
  if (isNotYet(candidate)) {
    const values: ValuesOf<typeof verdictCodes, typeof NOT_YET> = { goesOn: candidate.goesOn };
    return { verdict: VERDICT_OF_NOT_YET, code: NOT_YET, message: { code: NOT_YET, values } };
  }
  const { why, nextTry } = candidate;
  const values: ValuesOf<typeof verdictCodes, typeof TRIED_AGAIN_LATER> = { why, nextTry: dateOf(nextTry) };
  return { verdict: verdictOfWaiting(why), code: TRIED_AGAIN_LATER, message: { code: TRIED_AGAIN_LATER, values } };
}
