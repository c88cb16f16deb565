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

/** A rejection or a hold brings its own sentence; every other verdict has one here. */
export const sentenceOf = (fate: RowFate): string =>
  (fate.verdict === 'rejected' || fate.verdict === 'held') && fate.reason !== null
    ? fate.reason
    : sentenceFor(fate.verdict, fate.code, fate.reason);

function sentenceFor(verdict: Verdict, code: string | null, reason: string | null): string {
  if (verdict === 'failed' && code !== null) return [sentenceForErrorCode(code), reason].filter(Boolean).join(' ');
  if (verdict === 'rejected' && code === 'graph-refused-operation')
    return 'Microsoft Entra does not accept the form of this row.';
  if (verdict === 'rejected' && code === 'graph-request-too-large') return 'The row is too large for Microsoft Entra.';
  if (code === MANAGER_NOT_RESOLVED)
    return `${SENTENCES[verdict]} The manager could not be set: they are not in Microsoft Entra.`;
  return SENTENCES[verdict];
}
