// Evidence → verdict, for one row: each rule by the name it has in docs/design.md §3 Order.
import * as fc from 'fast-check';
import type { BatchRow } from '../../../shared/run/batch';
import {
  addOutcome,
  answersOf,
  closeSilentRow,
  hasCounted,
  judgeRow,
  MANAGER_NOT_RESOLVED,
  MAX_CHANGES,
  repairRow,
} from '../../../shared/verdict/judge-row';
import type { Outcome } from '../../../shared/verdict/outcome';
import { isSuccess } from '../../../shared/verdict/verdict';
import { rowOf } from '../run/made-batch';

let next = 0;
const says = (effect: Outcome['effect'], more: Partial<Outcome> = {}): Outcome => ({
  entryId: `e${next}`,
  externalId: 'p1',
  at: 0,
  change: `c${next++}`,
  effect,
  code: effect === 'failed' ? 'Conflict' : null,
  reason: null,
  transient: false,
  turnedOn: false,
  ...more,
});
const transient = (more: Partial<Outcome> = {}): Outcome =>
  says('failed', { code: 'Timeout', transient: true, ...more });
const open = (deliveries = 1, more: Partial<BatchRow> = {}): BatchRow =>
  rowOf(1, { work: 'open', deliveries, ...more });
const hear = (row: BatchRow, ...outcomes: readonly Outcome[]): BatchRow =>
  outcomes.reduce((r, one) => judgeRow(addOutcome(r, one), false), row);
const again = (row: BatchRow): BatchRow => ({ ...row, work: 'open', deliveries: row.deliveries + 1 });

describe('countEntries: a row is answered by as many changes as it had deliveries', () => {
  test.each(['created', 'updated', 'disabled', 'unchanged', 'skipped'] as const)('one delivery, %s: done', (effect) => {
    expect(hear(open(), says(effect))).toMatchObject({ work: 'done', verdict: effect });
  });
  test('two deliveries, one change: still open', () => {
    expect(hear(open(2), says('created'))).toMatchObject({ work: 'open', verdict: 'created' });
  });
  test('two deliveries, two changes: done', () => {
    expect(hear(open(2), says('created'), says('unchanged'))).toMatchObject({ work: 'done', verdict: 'created' });
  });
  test('a row that is not open is left alone', () => {
    const row = rowOf(1);
    expect(judgeRow(row, false)).toBe(row);
  });
});

describe('distinct: a change counts once', () => {
  test('the same entry read twice changes nothing, not even the object', () => {
    const outcome = says('created');
    const row = addOutcome(open(2), outcome);
    expect(hasCounted(row, outcome)).toBe(true);
    expect(addOutcome(row, outcome)).toBe(row);
  });
  test('a failure and the later success of one change are one answer', () => {
    const row = hear(open(2), transient({ change: 'same' }), says('created', { change: 'same' }));
    expect(answersOf(row)).toBe(1);
    expect(row).toMatchObject({ work: 'open', verdict: 'created', code: null });
  });
});

describe('strongest effect', () => {
  test('whatever the order of the evidence, the verdict is the strongest of it, and never lost', () => {
    const effects = ['created', 'updated', 'disabled', 'unchanged', 'failed'] as const;
    const order = ['created', 'disabled', 'updated', 'unchanged', 'failed'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...effects), { minLength: 1, maxLength: 6 }), (list) => {
        const row = hear(open(list.length), ...list.map((effect) => says(effect)));
        expect(row.work).toBe('done');
        expect(row.verdict).toBe(order.find((effect) => list.includes(effect as (typeof effects)[number])));
      }),
    );
  });
  test('late evidence changes the verdict of a row that is done, never its state', () => {
    const done = rowOf(1, { work: 'done', verdict: 'not-seen', deliveries: 0, unanswered: true });
    expect(hear(done, says('created'))).toMatchObject({ work: 'done', verdict: 'created' });
    expect(hear(done, says('failed'))).toMatchObject({ work: 'done', verdict: 'failed', code: 'Conflict' });
  });
  test('a failure that comes late neither takes a success back nor adds its code to it', () => {
    const done = hear(open(), says('created'));
    expect(hear(done, says('failed'))).toMatchObject({ work: 'done', verdict: 'created', code: null });
  });
  test('a row that a newer file replaced does not ask for corrections when its failure comes late', () => {
    const done = rowOf(1, { work: 'done', verdict: 'superseded', deliveries: 1 });
    expect(hear(done, says('failed'))).toMatchObject({ work: 'done', verdict: 'superseded', code: null });
    expect(hear(done, says('created'))).toMatchObject({ work: 'done', verdict: 'created' });
  });
});

describe('failures', () => {
  test('of the data are final, with their code', () => {
    expect(hear(open(), says('failed'))).toMatchObject({ work: 'done', verdict: 'failed', code: 'Conflict' });
  });
  test('that are transient are sent again three times, then they are final', () => {
    let row = open();
    for (let retries = 1; retries <= 3; retries++) {
      row = hear(row, transient());
      expect(row).toMatchObject({ work: 'todo', retries, verdict: null });
      row = again(row);
    }
    expect(hear(row, transient())).toMatchObject({ work: 'done', verdict: 'failed', code: 'Timeout', retries: 3 });
  });
  test('a success after failures leaves no trace of them', () => {
    expect(hear(again(hear(open(), transient())), says('created'))).toMatchObject({
      work: 'done',
      verdict: 'created',
      code: null,
    });
  });
  test('the last failure decides whether it is transient', () => {
    expect(hear(again(hear(open(), transient())), says('failed'))).toMatchObject({ work: 'done', verdict: 'failed' });
  });
});

describe('silence', () => {
  test('sends once more, then the row is not-seen', () => {
    const first = closeSilentRow(open(), false);
    expect(first).toMatchObject({ work: 'todo', resends: 1, unanswered: true, deliveries: 0 });
    expect(closeSilentRow(again(first), false)).toMatchObject({ work: 'done', verdict: 'not-seen', unanswered: true });
  });
  test('after one of two answers, the known success is kept and the other delivery stays unanswered', () => {
    expect(closeSilentRow(hear(open(2), says('updated')), false)).toMatchObject({
      work: 'done',
      verdict: 'updated',
      unanswered: true,
      deliveries: 1,
    });
  });
  test('after a transient failure counts as a retry, not as silence', () => {
    expect(closeSilentRow(hear(open(2), transient()), false)).toMatchObject({ work: 'todo', retries: 1, resends: 0 });
  });
  test('is not noted for a row whose deliveries were all answered', () => {
    const row = { ...addOutcome(open(), says('created')), work: 'open' as const };
    expect(closeSilentRow(row, false)).toMatchObject({ work: 'done', verdict: 'created', unanswered: false });
  });
});

describe('a newer run carries the person', () => {
  test('what failed or stayed silent is superseded, never sent again', () => {
    expect(judgeRow(addOutcome(open(), transient()), true)).toMatchObject({
      work: 'done',
      verdict: 'superseded',
      code: null,
    });
    expect(closeSilentRow(open(), true)).toMatchObject({ work: 'done', verdict: 'superseded', unanswered: true });
  });
  test('what succeeded keeps its verdict', () => {
    expect(judgeRow(addOutcome(open(), says('created')), true)).toMatchObject({ work: 'done', verdict: 'created' });
  });
  test('no row is ever sent again', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('created', 'failed', 'reference-failed'), { maxLength: 4 }), (list) => {
        const heard = list.reduce((row, effect) => addOutcome(row, says(effect as Outcome['effect'])), open());
        expect(judgeRow(heard, true).work).not.toBe('todo');
        expect(closeSilentRow(heard, true).work).toBe('done');
      }),
    );
  });
});

describe('a failed manager reference adds a code to the verdict', () => {
  const user = says('created', { change: 'm' });
  const manager = says('reference-failed', { change: 'm', code: 'ReferenceNotFound', transient: true });

  test('it answers no delivery', () => {
    expect(hear(open(), manager)).toMatchObject({ work: 'open', verdict: null });
  });
  test.each([
    ['user, then manager', [user, manager]],
    ['manager, then user', [manager, user]],
  ])('%s: sent again, since the manager may arrive later', (_, list) => {
    expect(hear(open(), ...list)).toMatchObject({
      work: 'todo',
      verdict: 'created',
      code: MANAGER_NOT_RESOLVED,
      retries: 1,
    });
  });
  test('after three more tries the row is created, without its manager', () => {
    let row = open();
    for (let sends = 1; sends <= 4; sends++) {
      row = hear(row, says('updated', { change: `m${sends}` }), { ...manager, change: `m${sends}` });
      if (sends < 4) row = again(row);
    }
    expect(row).toMatchObject({ work: 'done', verdict: 'updated', code: MANAGER_NOT_RESOLVED, retries: 3 });
  });
  test('once a later change has set it, the code is gone', () => {
    expect(hear(again(hear(open(), user, manager)), says('updated'))).toMatchObject({
      work: 'done',
      verdict: 'created',
      code: null,
    });
  });
  test('is not repeated for a record that a newer one replaces', () => {
    expect(judgeRow(addOutcome(addOutcome(open(), user), manager), true)).toMatchObject({
      work: 'done',
      verdict: 'created',
      code: MANAGER_NOT_RESOLVED,
    });
  });
});

describe('repair: an older delivery was never answered', () => {
  const done = hear(open(), says('updated'));
  test('the newest record is sent again', () => {
    expect(repairRow(done)).toMatchObject({ work: 'todo', repaired: true, deliveries: 1 });
  });
  test('and not again, unless an unexplained entry arrives', () => {
    const repaired: BatchRow = { ...done, repaired: true };
    expect(repairRow(repaired)).toBeNull();
    expect(repairRow(addOutcome(repaired, says('updated')))).toMatchObject({ work: 'todo', deliveries: 2 });
  });
  test.each([
    ['still under way', open()],
    ['still to be sent', rowOf(1)],
    ['failed: the directory does not have it', rowOf(1, { work: 'done', verdict: 'failed', deliveries: 1 })],
    ['never sent', rowOf(1, { work: 'done', verdict: 'unchanged' })],
  ])('not a row that is %s', (_, row) => {
    expect(repairRow(row)).toBeNull();
  });
  test('even a row that was itself never answered', () => {
    expect(repairRow(rowOf(1, { work: 'done', verdict: 'not-seen', unanswered: true }))).toMatchObject({
      work: 'todo',
    });
  });
});

test('for any evidence in any order: a row that is done has a verdict, and the verdict is not stronger than the evidence', () => {
  const event = fc.constantFrom('created', 'updated', 'unchanged', 'failed', 'transient', 'skipped', 'silence', 'send');
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), fc.boolean(), (events, newer) => {
      let row = open();
      for (const one of events) {
        if (one === 'send') row = row.work === 'todo' ? again(row) : row;
        else if (one === 'silence') row = row.work === 'open' ? closeSilentRow(row, newer) : row;
        else row = judgeRow(addOutcome(row, one === 'transient' ? transient() : says(one)), newer);
      }
      if (row.work === 'done') expect(row.verdict).not.toBeNull();
      if (isSuccess(row.verdict)) expect(row.changes.map(([, effect]) => effect)).toContain(row.verdict);
      expect(row.retries).toBeLessThanOrEqual(3);
      expect(row.resends).toBeLessThanOrEqual(1);
    }),
  );
});

describe('late evidence for a done row', () => {
  const user = says('updated', { change: 'late' });
  const manager = says('reference-failed', { change: 'late', code: 'ReferenceNotFound', transient: true });
  const heard = (row: BatchRow, newer = false): BatchRow => judgeRow(addOutcome(row, manager), newer);
  const done = (more: Partial<BatchRow> = {}): BatchRow => ({ ...hear(open(), user), ...more });

  test('that its manager was not set: it is sent again, since the manager may arrive later', () => {
    expect(heard(done())).toMatchObject({ work: 'todo', verdict: 'updated', code: MANAGER_NOT_RESOLVED, retries: 1 });
  });
  test('but neither after three retries nor when a newer run carries the person', () => {
    expect(heard(done({ retries: 3 }))).toMatchObject({ work: 'done', code: MANAGER_NOT_RESOLVED, retries: 3 });
    expect(heard(done({ retries: 2 }))).toMatchObject({ work: 'todo', retries: 3 });
    expect(heard(done(), true)).toMatchObject({ work: 'done', code: MANAGER_NOT_RESOLVED, retries: 0 });
  });
  test('nor when it is already final without one, and there is no new evidence', () => {
    const without = done({ changes: [...done().changes, [manager.change, 'reference-failed', true]], code: 'other' });
    expect(judgeRow(without, false)).toBe(without);
  });
  test('nor when a later change of the same row has set it', () => {
    const later = {
      ...done({ code: MANAGER_NOT_RESOLVED }),
      changes: [...done().changes, ['x', 'reference-failed', true] as const],
    };
    expect(judgeRow(later, false)).toBe(later);
  });
  test('a manager that was not set means nothing for a row without a success', () => {
    const failedRow = rowOf(1, { work: 'done', verdict: 'failed', code: 'Conflict', deliveries: 1 });
    expect(heard(failedRow)).toMatchObject({ work: 'done', verdict: 'failed', code: 'Conflict' });
    const silent = rowOf(1, { work: 'done', verdict: 'not-seen', unanswered: true });
    expect(heard(silent)).toMatchObject({ work: 'done', verdict: 'not-seen', code: null });
  });
  test('a skipped row stays skipped when its failure arrives late, with the code that it had', () => {
    const skipped = rowOf(1, { work: 'done', verdict: 'skipped', code: 'NotInScope', deliveries: 1 });
    expect(hear(skipped, says('failed'))).toMatchObject({ verdict: 'skipped' });
  });
  test('a replaced row keeps its code when its failure arrives late', () => {
    const replaced = rowOf(1, { work: 'done', verdict: 'superseded', code: 'kept', deliveries: 1 });
    expect(addOutcome(replaced, says('failed'))).toMatchObject({ verdict: 'superseded', code: 'kept' });
  });
});

describe('before a row is decided', () => {
  test('a failure gives it a code, but no verdict yet', () => {
    expect(addOutcome(open(2), says('failed'))).toMatchObject({ work: 'open', verdict: null, code: 'Conflict' });
    expect(addOutcome(rowOf(1), says('failed'))).toMatchObject({ work: 'todo', verdict: null, code: 'Conflict' });
  });
  test('a failure after a success leaves verdict and code as they are', () => {
    const row = addOutcome(open(3), says('created'));
    expect(addOutcome({ ...row, code: 'kept' }, says('failed'))).toMatchObject({ verdict: 'created', code: 'kept' });
  });
  test('a success removes the code of a failure', () => {
    expect(addOutcome(open(3, { code: 'Conflict' }), says('updated'))).toMatchObject({
      verdict: 'updated',
      code: null,
    });
  });
  test('only the evidence of a delivery counts as its answer: a reference does not', () => {
    expect(
      answersOf({
        changes: [
          ['a', 'created', false],
          ['a', 'failed', false],
          ['b', 'reference-failed', true],
        ],
      }),
    ).toBe(1);
    const counted = { changes: [['a', 'created', false]], turnedOn: false } as const;
    expect(hasCounted(counted, says('created', { change: 'b' }))).toBe(false);
    expect(hasCounted(counted, says('failed', { change: 'a' }))).toBe(false);
  });
  test('a change that enabled the account says so once, in whichever of its entries it is told, and counts once', () => {
    const entry = says('updated', { change: 'a' });
    const telling = { ...entry, turnedOn: true };
    const row = rowOf(1, { work: 'open', deliveries: 1 });
    const plain = addOutcome(row, entry);
    expect(plain.turnedOn).toBe(false);
    expect(hasCounted(plain, telling)).toBe(false);
    const told = addOutcome(plain, telling);
    expect(told).toEqual({ ...plain, turnedOn: true });
    expect(addOutcome(addOutcome(row, telling), entry)).toEqual(told);
    for (const again of [entry, telling]) {
      expect(hasCounted(told, again)).toBe(true);
      expect(addOutcome(told, again)).toBe(told);
    }
  });
});

describe('what is decided', () => {
  test('skipped keeps the code that says why', () => {
    expect(hear(open(), says('skipped', { code: 'NotInScope' }))).toMatchObject({
      verdict: 'skipped',
      code: 'NotInScope',
    });
  });
  test('a transient failure among skips is no reason to send again', () => {
    expect(hear(open(2), transient(), says('skipped'))).toMatchObject({ work: 'done', verdict: 'skipped', retries: 0 });
  });
  test('not-seen has no code, whatever the row had', () => {
    expect(closeSilentRow(open(1, { resends: 1, code: 'x' }), false)).toMatchObject({
      verdict: 'not-seen',
      code: null,
    });
  });
  test('silence after a resend is not-seen, silence before it is a counted resend', () => {
    expect(closeSilentRow(open(1, { resends: 0 }), false)).toMatchObject({ work: 'todo', resends: 1, retries: 0 });
    expect(closeSilentRow(open(1, { resends: 1 }), false)).toMatchObject({ work: 'done', resends: 1, retries: 0 });
  });
  test('a row with a verdict but no evidence keeps the verdict', () => {
    expect(closeSilentRow(open(1, { verdict: 'created' }), false)).toMatchObject({ work: 'done', verdict: 'created' });
  });
  test('the manager of the last success counts: one that was set by a later change is not missing', () => {
    const first = says('created', { change: 'one' });
    const missing = says('reference-failed', { change: 'one' });
    const second = says('updated', { change: 'two' });
    const all = [first, missing, second].reduce((row, one) => addOutcome(row, one), open(2));
    expect(judgeRow(all, false)).toMatchObject({ work: 'done', verdict: 'created', code: null });
  });
  test('a change that failed and whose reference failed too is a failure', () => {
    const both = [says('failed', { change: 'f' }), says('reference-failed', { change: 'f' })];
    expect(hear(open(), ...both)).toMatchObject({ work: 'done', verdict: 'failed', code: 'Conflict' });
  });
});

describe('repair, entry by entry', () => {
  const repaired = (changes: number, deliveries: number): BatchRow =>
    rowOf(1, {
      work: 'done',
      verdict: 'updated',
      repaired: true,
      deliveries,
      changes: Array.from({ length: changes }, (_, at) => [`c${at}`, 'updated', false] as const),
    });
  test.each([
    [1, 1, null],
    [0, 1, null],
    [2, 1, 2],
    [3, 1, 3],
  ])('%i answers to %i deliveries', (changes, deliveries, counted) => {
    const row = repairRow(repaired(changes, deliveries));
    expect(row?.deliveries ?? null).toBe(counted);
  });
});

describe('a success without its manager', () => {
  const both = (row: BatchRow): BatchRow =>
    [says('created', { change: 'm' }), says('reference-failed', { change: 'm' })].reduce(addOutcome, row);

  test('in one reading is sent again three times, then it stays without', () => {
    expect(judgeRow(both(open(1, { retries: 2 })), false)).toMatchObject({ work: 'todo', retries: 3 });
    expect(judgeRow(both(open(1, { retries: 3 })), false)).toMatchObject({
      work: 'done',
      verdict: 'created',
      code: MANAGER_NOT_RESOLVED,
      retries: 3,
    });
  });
  test('that failed afterwards still lacks it: the failure set nothing', () => {
    expect(judgeRow(addOutcome(both(open(2)), says('failed')), false)).toMatchObject({
      work: 'todo',
      verdict: 'created',
      code: MANAGER_NOT_RESOLVED,
    });
  });
  test('is not counted as a retry again while it waits to be sent, nor once it is final', () => {
    const waiting = judgeRow(both(open()), false);
    expect(judgeRow(waiting, false)).toBe(waiting);
    const final = judgeRow(both(open(1, { retries: 3 })), false);
    expect(judgeRow(final, false)).toBe(final);
  });
});
test('a failure of the data stays final when its reference failed too, in whatever order they were read', () => {
  const entries = [says('failed', { change: 'f' }), says('reference-failed', { change: 'f', transient: true })];
  for (const list of [entries, [...entries].reverse()])
    expect(judgeRow(list.reduce(addOutcome, open()), false)).toMatchObject({ work: 'done', verdict: 'failed' });
});

describe('the changes of a row', () => {
  test('are kept up to a bound, whatever the log goes on telling', () => {
    const changes = Array.from({ length: MAX_CHANGES }, (_, i) => [String(i), 'updated', false] as const);
    const full: BatchRow = { ...rowOf(1), work: 'done', verdict: 'updated', changes };
    expect(addOutcome(full, says('updated'))).toBe(full);
    expect(addOutcome({ ...full, changes: changes.slice(1) }, says('updated')).changes).toHaveLength(MAX_CHANGES);
  });
});
