// What is said of a row that goes although values of it cannot be read: a code beside its verdict, and why.
import type { ValuesOf } from '../core/codes';
import type { Message, PlacedMessage } from '../core/message';
import type { LeftOutValue } from '../run/run-files';
import { LAST_VALUE_KEPT, VALUE_LEFT_OUT } from '../verdict/give-verdict';
import type { verdictCodes } from '../verdict/verdict-codes';

/** One message for the values that the row goes without, and one for those that Entra already has; none, no message. */
export function messagesOfLeftOut(leftOut: readonly LeftOutValue[]): readonly Message[] {
  const kept = troublesOf(leftOut.filter(({ inPlace }) => inPlace === 'last-value'));
  const gone = leftOut.filter(({ inPlace }) => inPlace !== 'last-value');
  const ofGone: ValuesOf<typeof verdictCodes, typeof VALUE_LEFT_OUT> = {
    troubles: troublesOf(gone),
    isChecked: gone.some(({ inPlace }) => inPlace === 'last-value-if-any'),
  };
  const ofKept: ValuesOf<typeof verdictCodes, typeof LAST_VALUE_KEPT> = { troubles: kept };
  return [
    ...(gone.length === 0 ? [] : [{ code: VALUE_LEFT_OUT, values: ofGone }]),
    ...(kept.length === 0 ? [] : [{ code: LAST_VALUE_KEPT, values: ofKept }]),
  ];
}

const troublesOf = (leftOut: readonly LeftOutValue[]): readonly PlacedMessage[] =>
  leftOut.map(({ code, values, column }) => ({ code, values, path: column ?? '' }));
