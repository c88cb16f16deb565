// What HR reads: one plain sentence per verdict.
import { MANAGER_NOT_RESOLVED } from '../verdict/judge-row';
import { sentenceForErrorCode } from '../verdict/error-classes';
import type { RowFate } from './row-fates';
import type { Verdict } from '../verdict/verdict';

const SENTENCES: Readonly<Record<Verdict, string>> = {
  created: 'The account was created.',
  updated: 'The account was updated.',
  unchanged: 'The account already had these values.',
  disabled: 'The account was disabled.',
  skipped: 'Microsoft Entra left this person out: the rules of the provisioning job exclude them.',
  failed: 'Microsoft Entra could not apply this row.',
  rejected: 'The row was not sent.',
  held: 'The whole file is held: nothing was sent.',
  superseded: 'A newer file has replaced this row: the newer values count.',
  'not-seen': 'Microsoft Entra took the row but has not said what became of it. Please ask your identity team to look.',
};

/** Rejections and holds of intake bring their own sentence; what the service refused is put into words here, with its own behind. */
export function sentenceOf(fate: RowFate): string {
  const { verdict, code, reason } = fate;
  const own = code === null ? undefined : SENTENCES_BY_CODE[code];
  if (own !== undefined && (verdict === 'rejected' || verdict === 'held')) return withReason(own, reason);
  if ((verdict === 'rejected' || verdict === 'held') && reason !== null) return reason;
  if (verdict === 'failed' && code !== null) return withReason(sentenceForErrorCode(code), reason);
  if (code === MANAGER_NOT_RESOLVED)
    return `${SENTENCES[verdict]} The manager could not be set: they are not in Microsoft Entra.`;
  return SENTENCES[verdict];
}

const SENTENCES_BY_CODE: Readonly<Record<string, string>> = {
  'graph-refused-operation': 'Microsoft Entra does not accept the form of this row.',
  'graph-request-too-large': 'The row is too large for Microsoft Entra.',
  'delivery-poisoned':
    'This row was not sent: sending failed again and again. Operations have been told; drop the file again later.',
};

const withReason = (sentence: string, reason: string | null): string => [sentence, reason].filter(Boolean).join(' ');
