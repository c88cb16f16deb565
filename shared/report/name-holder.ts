// What is said of a row whose sign-in name somebody inactive may hold in Entra: one more code beside its verdict.
import type { ValuesOf } from '../core/codes';
import type { Message } from '../core/message';
import { quote } from '../core/message';
import type { NameHolder } from '../run/run-files';
import { USER_NAME_HELD } from '../verdict/give-verdict';
import type { verdictCodes } from '../verdict/verdict-codes';

/** The message that names the holder. */
export function messageOfHolder({ line, id }: NameHolder): Message {
  const values: ValuesOf<typeof verdictCodes, typeof USER_NAME_HELD> = { line, id: quote(id) };
  return { code: USER_NAME_HELD, values };
}
