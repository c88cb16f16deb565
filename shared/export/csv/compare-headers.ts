// Reports a header that changed since the last file of the source: the first sign of renamed and dropped columns.
import { quoteAll } from '../../core/message';
import { findIn } from '../find-in-file';
import type { Finding } from '../export-record';

/** The changes from the previous header to the current one, both as written in the files; none if they are the same. */
export const compareHeaders = (previous: readonly string[], current: readonly string[]): readonly Finding[] => {
  const gone = previous.filter((name) => !current.includes(name));
  const added = current.filter((name) => !previous.includes(name));
  const isMoved = previous.some((name, index) => name !== current[index]);
  if (gone.length + added.length === 0 && !isMoved) return [];
  const values = { gone: quoteAll(gone), added: quoteAll(added) };
  const column = gone[0] ?? added[0] ?? null;
  return [findIn(gone.length > 0 ? 'warning' : 'note', 'header-changed', values, { column })];
};
