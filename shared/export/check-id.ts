// Turns trouble with an id into the rejection of its record.
import { quote } from '../core/message';
import { createIdJudge, idMatchBudgetMs } from '../columns/id';
import { maxIdChars } from '../columns/id-pattern';
import type { Rejection } from '../core/rejection';
import { rejectRecord } from './check-values';
import { holdFile } from './hold-file';

/** Makes the check of one id; a blank id is left to the mapping. Returns the rejection, or `null` for a sound id; may throw the hold `id-pattern-slow`. */
export const createIdCheck = (
  column: string,
  pattern: string | null,
): ((id: string, line: number) => Rejection | null) => {
  const judge = createIdJudge(pattern);
  return (id, line) => {
    const trouble = judge(id);
    if (trouble === null) return null;
    switch (trouble.code) {
      case 'id-in-scientific-notation':
        return rejectRecord(trouble.code, { id: quote(id) }, line, column);
      case 'id-as-formula':
        return rejectRecord(trouble.code, { id: quote(id) }, line, column);
      case 'id-lost-zeros':
        return rejectRecord(trouble.code, { id: quote(id), restored: quote(trouble.restored) }, line, column);
      case 'id-of-wrong-form':
        return rejectRecord(trouble.code, { id: quote(id), pattern: quote(pattern ?? '') }, line, column);
      case 'id-too-long':
        return rejectRecord(trouble.code, { id: quote(id), chars: trouble.chars, maxChars: maxIdChars }, line, column);
      case 'id-pattern-slow':
        throw holdFile('id-pattern-slow', {
          pattern: quote(pattern ?? ''),
          seconds: idMatchBudgetMs / 1_000,
          ids: trouble.ids,
        });
    }
  };
};
