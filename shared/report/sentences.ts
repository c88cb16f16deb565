// What HR reads about a row: why it was rejected or held, otherwise what its verdict means, followed by the service's own words.
import type { ValuesOf } from '../core/codes';
import type { Message } from '../core/message';
import { sentenceOf, sentenceOfServiceCode, sentenceOfVerdict } from '../messages/catalogue';
import type { runCodes } from '../run/run-codes';
import { NEWER_ROW_REJECTED, TURNED_ON_AGAIN } from '../verdict/give-verdict';
import { MANAGER_NOT_RESOLVED } from '../verdict/judge-row';
import { messagesOfLeftOut } from './left-out';
import { messageOfHolder } from './name-holder';
import type { RowFate } from './row-fates';

/** The sentence of a row's fate; of each of its codes, if it has several. */
export const sentenceOfFate = (fate: RowFate): string =>
  inARow(
    sentenceOfVerdictAndCode(fate),
    ...messagesOfLeftOut(fate.leftOut).map(sentenceOf),
    fate.turnedOn ? sentenceOf({ code: TURNED_ON_AGAIN, values: {} }) : null,
    fate.nameHolder === null ? null : sentenceOf(messageOfHolder(fate.nameHolder)),
  );

function sentenceOfVerdictAndCode(fate: RowFate): string {
  const { verdict, code, serviceWords } = fate;
  if (verdict === 'rejected' || verdict === 'held') {
    const message = fate.message ?? messageOfBatchCode(code);
    return inARow(message === null && serviceWords !== null ? null : sentenceOrVerdict(message, fate), serviceWords);
  }
  if (fate.message !== null) return sentenceOf(fate.message);
  if (verdict === 'failed' && code !== null) return inARow(sentenceOfServiceCode(code), serviceWords);
  if (code === MANAGER_NOT_RESOLVED) return inARow(sentenceOfVerdict(verdict), sentenceOf({ code, values: {} }));
  if (code === NEWER_ROW_REJECTED) return sentenceOf({ code, values: {} });
  return sentenceOfVerdict(verdict);
}

const sentenceOrVerdict = (message: Message | null, { verdict }: RowFate): string =>
  message === null ? sentenceOfVerdict(verdict) : sentenceOf(message);

const PART_OF_ROW: ValuesOf<typeof runCodes, 'delivery-poisoned' | 'run-abandoned'> = { part: 'row' };

/** Batches keep only the code of a row; these codes need no values from the file. */
function messageOfBatchCode(code: string | null): Message | null {
  switch (code) {
    case 'graph-refused-operation':
    case 'graph-request-too-large':
      return { code, values: {} };
    case 'delivery-poisoned':
    case 'run-abandoned':
      return { code, values: PART_OF_ROW };
    case null:
    default:
      return null;
  }
}

const inARow = (...parts: readonly (string | null)[]): string => parts.filter(Boolean).join(' ');
