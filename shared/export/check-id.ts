// Turns trouble with an id into the rejection of its record.
import { quote, quoteAll } from '../core/message';
import { IdForms } from '../columns/id-forms';
import { createIdJudge, idMatchBudgetMs } from '../columns/id';
import { maxIdChars } from '../columns/id-pattern';
import type { Rejection } from '../core/rejection';
import { rejectRecord } from './check-values';
import type { Finding } from './export-record';
import { findIn } from './find-in-file';
import { holdFile } from './hold-file';

/** The check of a file's ids. */
export interface IdCheck {
  /** The rejection, or `null` for a sound id; a blank one is left to the mapping. May throw the hold `id-pattern-slow`. */
  check(id: string, line: number): Rejection | null;
  /** The ids that differ in form from nearly all others, if the settings declare no form. Complete at the end of the file. */
  findings(): readonly Finding[];
}

/** Makes the check of one file's ids. */
export const createIdCheck = (column: string, pattern: string | null): IdCheck => {
  const judge = createIdJudge(pattern);
  const forms = pattern === null ? new IdForms() : null;
  const check: IdCheck['check'] = (id, line) => {
    const trouble = judge(id);
    if (trouble === null) {
      if (id !== '') forms?.add(id, line);
      return null;
    }
    switch (trouble.code) {
      case 'id-with-control-characters':
      case 'id-in-scientific-notation':
      case 'id-as-formula':
        return rejectRecord(trouble.code, { id: quote(id) }, line, column);
      case 'id-as-number':
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
  const findings = (): readonly Finding[] => {
    const odd = forms?.odd() ?? null;
    if (odd === null) return [];
    const ids = quoteAll(odd.first.map(({ id }) => id));
    const line = odd.first[0]?.line ?? 0;
    return [
      findIn('warning', 'ids-of-other-form', { column: quote(column), ids, count: odd.count, line }, { line, column }),
    ];
  };
  return { check, findings };
};
