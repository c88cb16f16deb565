// The verdicts that need no log entry: superseded, unchanged, held, rejected; and the rows that must wait for evidence instead.
import type { BatchRow } from '../../../shared/run/batch';
import type { ChangeEvidence } from '../../../shared/verdict/row-evidence';
import {
  endHold,
  holdRow,
  keepOnHold,
  keepUnchanged,
  refuseRow,
  supersedeUnsent,
  supersedeRow,
  VERDICT_OF_REJECTION,
  VERDICT_OF_UNSENT_RUN,
} from '../../../shared/verdict/give-verdict';
import { rowOf } from '../run/made-batch';

const CREATED: ChangeEvidence = ['c', 'created', false];
const row = (more: Partial<BatchRow> = {}): BatchRow => rowOf(1, more);

describe('a newer run carries the person', () => {
  test('a row that was never sent is superseded', () => {
    expect(supersedeRow(row())).toEqual(row({ work: 'done', verdict: 'superseded' }));
  });
  test('a row that was sent waits for its evidence, whatever is known so far', () => {
    expect(supersedeRow(row({ deliveries: 1 }))).toEqual(row({ work: 'open', deliveries: 1 }));
    expect(supersedeRow(row({ deliveries: 1, verdict: 'created' }))).toMatchObject({
      work: 'open',
      verdict: 'created',
    });
  });
  test.each(['created', 'updated', 'disabled', 'unchanged'] as const)('what was %s stays so', (verdict) => {
    expect(supersedeRow(row({ verdict }))).toMatchObject({ work: 'done', verdict });
  });
  test.each(['failed', 'skipped', 'not-seen'] as const)('what was %s does not', (verdict) => {
    expect(supersedeRow(row({ verdict }))).toMatchObject({ work: 'done', verdict: 'superseded' });
  });
});

describe('exactly this record is confirmed', () => {
  test('the row is unchanged', () => {
    expect(keepUnchanged(row())).toEqual(row({ work: 'done', verdict: 'unchanged' }));
  });
  test('unless evidence has given it a verdict', () => {
    expect(keepUnchanged(row({ verdict: 'created' }))).toMatchObject({ work: 'done', verdict: 'created' });
  });
});

describe('the person is on the hold list', () => {
  const hold = { until: '2026-12-31', why: { quote: 'x' } };
  const kept = keepOnHold(row(), hold);
  test('the row is held and done, with the entry', () => {
    expect(kept).toEqual(row({ work: 'done', verdict: 'held', code: 'on-hold-list', hold }));
  });
  test('when the hold ends, it is as intake packs it', () => {
    expect(endHold(kept, false)).toEqual(row());
    expect(endHold(kept, true)).toEqual(row({ lastWord: true }));
  });
  test('when a newer file has a row of the person, it is superseded, and says so if that row was rejected', () => {
    expect(supersedeUnsent(kept, false)).toEqual(row({ work: 'done', verdict: 'superseded' }));
    expect(supersedeUnsent(kept, true)).toEqual(
      row({ work: 'done', verdict: 'superseded', code: 'newer-row-rejected' }),
    );
  });
});

describe('the platform gave up on the delivery', () => {
  const code = 'delivery-poisoned';
  test('a row that was never sent is held, with the code', () => {
    expect(holdRow(row(), code)).toEqual(row({ work: 'done', verdict: 'held', code }));
  });
  test('a row that may have been accepted waits for evidence, and does not get the code', () => {
    expect(holdRow(row({ deliveries: 1 }), code)).toEqual(row({ work: 'open', deliveries: 1 }));
  });
  test('a row whose time was up before was sent: it is not seen, or what it was by then', () => {
    const silent = row({ unanswered: true, resends: 1 });
    expect(holdRow(silent, code)).toEqual({ ...silent, work: 'done', verdict: 'not-seen' });
    expect(holdRow({ ...silent, verdict: 'created' }, code)).toMatchObject({ work: 'done', verdict: 'created' });
  });
  test('a row that is done stays as it is', () => {
    const done = row({ work: 'done', verdict: 'superseded' });
    expect(holdRow(done, code)).toBe(done);
  });
  test('an earlier verdict is kept', () => {
    expect(holdRow(row({ verdict: 'updated' }), code)).toMatchObject({ work: 'done', verdict: 'updated', code });
  });
});

describe('the service refused the row', () => {
  const code = 'graph-refused-operation';
  test('it is rejected, with the code, and nothing is unanswered', () => {
    expect(refuseRow(row(), code)).toEqual(row({ work: 'done', verdict: 'rejected', code }));
  });
  test('an earlier delivery without an answer went unanswered', () => {
    expect(refuseRow(row({ deliveries: 1 }), code)).toMatchObject({ verdict: 'rejected', unanswered: true });
  });
  test('an earlier delivery that was answered did not', () => {
    expect(refuseRow(row({ deliveries: 1, changes: [CREATED] }), code).unanswered).toBe(false);
    expect(refuseRow(row({ changes: [CREATED] }), code).unanswered).toBe(false);
  });
  test('what went unanswered before stays so', () => {
    expect(refuseRow(row({ unanswered: true }), code).unanswered).toBe(true);
  });
  test('an earlier verdict is kept', () => {
    expect(refuseRow(row({ verdict: 'created', changes: [CREATED] }), code)).toMatchObject({
      verdict: 'created',
      code,
    });
  });
});

test('a row that the reader rejected is `rejected`, one of a run that was never sent is `held`', () => {
  expect([VERDICT_OF_REJECTION, VERDICT_OF_UNSENT_RUN]).toEqual(['rejected', 'held']);
});
