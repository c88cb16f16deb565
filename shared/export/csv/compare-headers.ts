// Reports a header that changed since the last file of the source: the first sign of renamed and dropped columns.
import { quoteAll } from '../../core/message';
import { findIn } from '../find-in-file';
import type { Finding } from '../export-record';

/** Names that are told; of a file with other columns altogether, the number of the rest is enough. Our choice, 2026-11. */
const TOLD_NAMES = 20;

/** The changes from the previous header to the current one, both as written in the files; none if they are the same. */
export const compareHeaders = (previous: readonly string[], current: readonly string[]): readonly Finding[] => {
  const before = new Set(previous);
  const now = new Set(current);
  const gone = previous.filter((name) => !now.has(name));
  const added = current.filter((name) => !before.has(name));
  const isMoved = previous.some((name, index) => name !== current[index]);
  if (gone.length + added.length === 0 && !isMoved) return [];
  const values = {
    gone: quoteAll(gone.slice(0, TOLD_NAMES)),
    added: quoteAll(added.slice(0, TOLD_NAMES)),
    moreGone: Math.max(0, gone.length - TOLD_NAMES),
    moreAdded: Math.max(0, added.length - TOLD_NAMES),
  };
  const column = gone[0] ?? added[0] ?? null;
  return [findIn(gone.length > 0 ? 'warning' : 'note', 'header-changed', values, { column })];
};
