// The trouble with an id, told as the rejection of its record.
import { createIdJudge, idMatchTimeoutMs } from '../columns/id-form';
import type { Rejection } from '../core/rejection';
import { rejectRecord } from './check-values';
import { holdFile } from './hold-file';
import { quoteValue } from './text/quote-value';

/** Makes the check of one id; a blank id is left to the mapping. Returns the rejection, or `null` for a sound id; may throw the hold `id-pattern-slow`. */
export const createIdCheck = (
  column: string,
  pattern: string | null,
): ((id: string, line: number) => Rejection | null) => {
  const judge = createIdJudge(pattern);
  return (id, line) => {
    const trouble = judge(id);
    if (trouble === null) return null;
    const reject = (message: string): Rejection => rejectRecord(trouble.code, message, line, column);
    switch (trouble.code) {
      case 'id-in-scientific-notation':
        return reject(`The id ${quoteValue(id)} was turned into scientific notation, which loses its digits.`);
      case 'id-as-formula':
        return reject(`The id ${quoteValue(id)} is a formula of Excel, not the id itself.`);
      case 'id-lost-zeros':
        return reject(
          `The id ${quoteValue(id)} lacks its leading zeros; it probably was ${quoteValue(trouble.restored)}.`,
        );
      case 'id-of-wrong-form':
        return reject(`The id ${quoteValue(id)} does not have the form ${quoteValue(pattern ?? '')}.`);
      case 'id-pattern-slow':
        throw holdFile(
          'id-pattern-slow',
          `The form of the id (${pattern ?? ''}) took more than ${idMatchTimeoutMs} ms to compare, ${trouble.slowMatches} times.`,
        );
    }
  };
};
