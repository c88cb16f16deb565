// Makes the messages of a set-up.
import type { CodeOf, ValuesOf } from '../core/codes';
import type { Message } from '../core/message';
import type { setupCodes } from './setup-codes';

/** A message of the table, with the values that it takes. */
export const say = <C extends CodeOf<typeof setupCodes>>(code: C, values: ValuesOf<typeof setupCodes, C>): Message => ({
  code,
  values,
});
