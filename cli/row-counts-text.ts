// Where the rows of a file went, as one line for people: an equation, without what there is none of in most files.
import { counted, grouped } from '../shared/core/english';
import type { ShownRowCounts } from '../shared/run/row-counts';

/** `1,000 = 990 users + 5 rejected + 3 collapsed + 2 skipped`. */
export function rowCountsText({ rows, users, rejected, collapsed, ...others }: ShownRowCounts): string {
  const { superseded, skipped, held } = others;
  const seldom = Object.entries({ superseded, skipped, held })
    .filter(([, count]) => count > 0)
    .map(([word, count]) => ` + ${grouped(count)} ${word}`);
  return `${grouped(rows)} = ${counted(users, 'user')} + ${grouped(rejected)} rejected + ${grouped(collapsed)} collapsed${seldom.join('')}`;
}
