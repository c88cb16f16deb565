// The counts of a file's rows as summaries show them: each row is in exactly one of them.
import * as fc from 'fast-check';
import { rowCountsText } from '../../../cli/row-counts-text';
import { noRows, shownRowCounts } from '../../../shared/run/row-counts';

const some = fc.nat({ max: 5_000 });
const counts = fc
  .record({ users: some, rejected: some, collapsed: some, superseded: some, skipped: some })
  .map((parts) => ({ rows: Object.values(parts).reduce((sum, one) => sum + one), ...parts }));

test('rows are the sum of all others, whoever is kept back by the hold list', () => {
  fc.assert(
    fc.property(counts, fc.nat({ max: 100 }), (counted, percent) => {
      const held = Math.floor((counted.users * percent) / 100);
      const { rows, ...others } = shownRowCounts(counted, held);
      expect(Object.values(others).reduce((sum, one) => sum + one)).toBe(rows);
      expect(others).toMatchObject({ held, users: counted.users - held });
    }),
  );
});
test('only what summaries show is taken from a run', () => {
  const run = { ...noRows(), rows: 1, users: 1, state: 'settled' };
  expect(shownRowCounts(run, 0)).toEqual({ ...noRows(), rows: 1, users: 1, held: 0 });
});
test.each([
  [{ ...noRows(), rows: 1, users: 1 }, 0, '1 = 1 user + 0 rejected + 0 collapsed'],
  [
    { rows: 1_506, users: 1_500, rejected: 3, collapsed: 0, superseded: 1, skipped: 2 },
    4,
    '1,506 = 1,496 users + 3 rejected + 0 collapsed + 1 superseded + 2 skipped + 4 held',
  ],
])('what there is none of in most files is left out of the line for people', (counted, held, text) => {
  expect(rowCountsText(shownRowCounts(counted, held))).toBe(text);
});
