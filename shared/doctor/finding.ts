// What a check says: how bad it is, and a message with its values.
import type { CodeOf, ValuesOf } from '../core/codes';
import type { Message } from '../core/message';
import type { CheckName } from './check-names';
import type { doctorCodes } from './doctor-codes';

/** From good to bad; `not-checked` is no answer at all. */
export const FINDING_LEVELS = ['wrong', 'warning', 'not-checked', 'ok'] as const;
export type FindingLevel = (typeof FINDING_LEVELS)[number];

/** One finding of one check. */
export interface Finding {
  readonly check: CheckName;
  readonly level: FindingLevel;
  readonly message: Message;
}

/** A finding before its check is known. */
export type Found = Omit<Finding, 'check'>;

type DoctorCodes = typeof doctorCodes;

const found =
  (level: FindingLevel) =>
  <C extends CodeOf<DoctorCodes>>(code: C, values: ValuesOf<DoctorCodes, C>): Found => ({
    level,
    message: { code, values },
  });

/** Work fails, or does harm. */
export const wrong = found('wrong');
/** Something that a person should decide about. */
export const doubtful = found('warning');
/** Worth knowing. */
export const noted = found('ok');

/** A message of this table. */
export const doctorMessage = <C extends CodeOf<DoctorCodes>>(code: C, values: ValuesOf<DoctorCodes, C>): Message => ({
  code,
  values,
});
