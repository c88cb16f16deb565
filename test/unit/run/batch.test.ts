// The moves of a batch: pure functions, each rule by the name it has in docs/design.md §3 Order.
import * as fc from 'fast-check';
import { clientRequestIdOf } from '../../../shared/graph/client-request-id';
import type { Batch } from '../../../shared/run/batch';
import { supersedeRow } from '../../../shared/verdict/give-verdict';
import {
  isGoodFor,
  isStillSending,
  newBatch,
  newRow,
  nextDelivery,
  noteSending,
  parkRows,
  recordAccepted,
  recordNotTaken,
  recordUnknown,
  rowsWith,
  splitOff,
  takeOver,
  withStateOfRows,
} from '../../../shared/run/batch';
import { anyBatch, batchAndRows, batchOf, rowOf } from './made-batch';

const numbers = (batch: Batch): number[] => batch.rows.map((row) => row.row);
const todo = (batch: Batch): Set<number> => new Set(rowsWith(batch, 'todo').map((row) => row.row));
const stateOfRows = (batch: Batch): string =>
  batch.rows.some((row) => row.work === 'todo')
    ? 'staged'
    : batch.rows.every((row) => row.work === 'done')
      ? 'settled'
      : 'sent';

describe('a new row', () => {
  test('waits to be sent, was never delivered and has no verdict', () => {
    expect(newRow(7, 'p7', 10, 20)).toMatchObject({
      row: 7,
      id: 'p7',
      offset: 10,
      bytes: 20,
      work: 'todo',
      deliveries: 0,
      sentAt: [],
      verdict: null,
    });
  });
});

test('a batch as intake packs it: its rows are fresh, nothing was sent, nothing is on the queue', () => {
  const run = { source: 'contoso-hr', run: 'r1' };
  const packed = (leavers: boolean) => ({
    batch: '000017',
    leavers,
    candidates: false,
    rows: [[7, 'p7', 10, 20] as const],
  });
  expect(newBatch(run, packed(true))).toEqual({
    ...run,
    batch: '000017',
    state: 'staged',
    delivery: 1,
    leavers: true,
    notBefore: 0,
    releasedAt: 0,
    releases: 0,
    sendingAt: 0,
    requestId: null,
    clientRequestId: null,
    children: 0,
    rows: [newRow(7, 'p7', 10, 20)],
  });
  expect(newBatch(run, packed(false)).leavers).toBe(false);
});

describe('the state of a batch follows from its rows', () => {
  test.each([
    [['todo', 'open', 'done'], 'staged'],
    [['open', 'done'], 'sent'],
    [['done', 'done'], 'settled'],
  ] as const)('%j is %s', (works, state) => {
    expect(withStateOfRows(batchOf(works.map((work, i) => rowOf(i + 1, { work })))).state).toBe(state);
  });

  test('after every recorded answer and after every split', () => {
    fc.assert(
      fc.property(batchAndRows, ([batch, rows]) => {
        const sending = noteSending(batch, 5_000);
        const moves = [
          recordAccepted(sending, 'request'),
          recordNotTaken(sending, todo(batch), 6_000),
          recordUnknown(sending, todo(batch), 6_000),
          takeOver(sending, 6_000),
          splitOff(batch, rows, 0).parent,
          splitOff(batch, rows, 0).child,
        ];
        for (const moved of moves) expect(moved.state).toBe(stateOfRows(moved));
      }),
    );
  });
});

describe('noteSending', () => {
  test('counts every unsent row as delivered, with the time, before the call (unknownIsOpen)', () => {
    const batch = batchOf([rowOf(1), rowOf(2, { work: 'done', verdict: 'created', deliveries: 1, sentAt: [1] })]);
    const sending = noteSending(batch, 5_000);
    expect(sending).toMatchObject({ state: 'sending', sendingAt: 5_000, delivery: 1 });
    expect(sending.rows[0]).toMatchObject({ work: 'open', deliveries: 1, sentAt: [5_000] });
    expect(sending.rows[1]).toBe(batch.rows[1]);
  });

  test('is undone exactly by recordNotTaken, but for the fence and the times of the batch', () => {
    fc.assert(
      fc.property(anyBatch, fc.nat(10_000), (batch, now) => {
        const back = recordNotTaken(noteSending(batch, now), todo(batch), now + 1);
        expect(back.rows).toEqual(batch.rows);
        expect(back.state).toBe(batch.state);
        expect(back.delivery).toBe(batch.delivery + 1);
        expect(back.notBefore).toBe(now + 1);
      }),
    );
  });
});

describe('the fence', () => {
  test.each([
    ['staged', 2, true, false],
    ['staged', 1, false, false],
    ['staged', 3, false, false],
    ['sending', 2, false, true],
    ['sending', 1, false, false],
    ['sending', 3, false, false],
    ['sent', 2, false, false],
    ['settled', 2, false, false],
  ] as const)(
    'a batch that is %s with delivery %d: whether message 2 is valid, and sender 2 still holds it',
    (state, delivery, good, sending) => {
      const batch = batchOf([rowOf(1)], { state, delivery, releasedAt: 1 });
      expect([isGoodFor(batch, { delivery: 2 }), isStillSending(batch, { delivery: 2 })]).toEqual([good, sending]);
    },
  );

  test('no message is good for a delivery that was not released', () => {
    expect(isGoodFor(batchOf([rowOf(1)], { releasedAt: 0 }), { delivery: 1 })).toBe(false);
  });

  test('every way back to the queue invalidates the old message', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        const sending = noteSending({ ...batch, releasedAt: 4_000 }, 5_000);
        for (const back of [
          nextDelivery(sending, 0),
          recordNotTaken(sending, todo(batch), 0),
          recordUnknown(sending, todo(batch), 0),
          takeOver(sending, 0),
        ]) {
          expect(back.delivery).toBeGreaterThan(sending.delivery);
          expect(back.releasedAt).toBe(0);
        }
      }),
    );
  });

  test('an accepted delivery keeps its number and is no longer on the queue', () => {
    const sent = recordAccepted(noteSending({ ...batchOf([rowOf(1)]), releasedAt: 4_000 }, 5_000), 'graph-1');
    expect(sent).toMatchObject({ state: 'sent', delivery: 1, releasedAt: 0, requestId: 'graph-1' });
  });
});

describe('an answer that means "not taken"', () => {
  test('takes back the last delivery of the rows in the request, and of no others', () => {
    const before = [
      rowOf(1, { deliveries: 2, sentAt: [1, 2], unknowns: 1 }),
      rowOf(2),
      rowOf(3, { work: 'open', deliveries: 1, sentAt: [3] }),
      rowOf(4, { work: 'done', deliveries: 1, sentAt: [4], verdict: 'created' }),
    ];
    const sending = noteSending(batchOf(before, { delivery: 3, releasedAt: 9 }), 5_000);
    expect(sending.rows.map((row) => [row.work, row.deliveries, row.sentAt])).toEqual([
      ['open', 3, [1, 2, 5_000]],
      ['open', 1, [5_000]],
      ['open', 1, [3]],
      ['done', 1, [4]],
    ]);
    const back = recordNotTaken(sending, new Set([1, 2]), 6_000);
    // The call was made, and Graph can still be asked about it.
    const clientRequestId = clientRequestIdOf(sending.run, '000001', 3);
    expect(sending.clientRequestId).toBe(clientRequestId);
    expect(back).toEqual(
      batchOf(before, { delivery: 4, notBefore: 6_000, sendingAt: 5_000, releasedAt: 0, clientRequestId }),
    );
  });
});

describe('an answer that is lost', () => {
  test('concerns only the rows in the request', () => {
    const other = rowOf(2, { work: 'open', deliveries: 1, sentAt: [3] });
    const lost = recordUnknown(noteSending(batchOf([rowOf(1), other]), 1_000), new Set([1]), 2_000);
    expect(lost.rows[1]).toEqual(other);
    expect(lost).toMatchObject({ delivery: 2, notBefore: 2_000, releasedAt: 0 });
  });
  test('sends each row again once, then leaves it open for evidence', () => {
    const first = recordUnknown(noteSending(batchOf([rowOf(1)]), 1_000), new Set([1]), 2_000);
    expect(first.rows[0]).toMatchObject({ work: 'todo', deliveries: 1, unknowns: 1 });
    expect(first).toMatchObject({ state: 'staged', notBefore: 2_000 });
    const second = recordUnknown(noteSending(first, 3_000), new Set([1]), 4_000);
    expect(second.rows[0]).toMatchObject({ work: 'open', deliveries: 2, unknowns: 2, sentAt: [1_000, 3_000] });
    expect(second.state).toBe('sent');
  });

  test('never takes a delivery back: it may have been accepted (unknownIsOpen)', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        const sending = noteSending(batch, 5_000);
        const unknown = recordUnknown(sending, todo(batch), 6_000);
        expect(unknown.rows.map((row) => [row.deliveries, row.sentAt])).toEqual(
          sending.rows.map((row) => [row.deliveries, row.sentAt]),
        );
      }),
    );
  });

  test('of a dead sender: taking over equals a lost answer (lease)', () => {
    const sending = noteSending(batchOf([rowOf(1), rowOf(2)]), 1_000);
    expect(takeOver(sending, 9_000)).toEqual(recordUnknown(sending, new Set([1, 2]), 9_000));
  });
});

describe('supersedeRow: a newer run carries the person', () => {
  test('a row that was never sent is superseded', () => {
    expect(supersedeRow(rowOf(1))).toMatchObject({ work: 'done', verdict: 'superseded' });
  });
  test('a row with a delivery that may be on its way stays open: evidence decides (unknownIsOpen)', () => {
    expect(supersedeRow(rowOf(1, { deliveries: 1 }))).toMatchObject({ work: 'open', verdict: null });
  });
  test('a known success is kept', () => {
    expect(supersedeRow(rowOf(1, { verdict: 'created' }))).toMatchObject({ work: 'done', verdict: 'created' });
  });
  test('a verdict without success gives way', () => {
    expect(supersedeRow(rowOf(1, { verdict: 'failed' }))).toMatchObject({ work: 'done', verdict: 'superseded' });
  });
});

describe('parkRows: the platform gave up on the delivery', () => {
  test('what was never sent is held with the reason, what may have been accepted stays open for its evidence', () => {
    const batch = batchOf([rowOf(1), rowOf(2, { deliveries: 1, work: 'open' }), rowOf(3, { deliveries: 1 })]);
    const parked = parkRows(batch, 'delivery-poisoned');
    expect(parked.rows.map((row) => [row.work, row.verdict, row.code])).toEqual([
      ['done', 'held', 'delivery-poisoned'],
      ['open', null, null],
      ['open', null, null],
    ]);
    expect(parked).toMatchObject({ state: 'sent', delivery: 2 });
  });
  test('for any batch: nothing is left to send, decided rows are not touched, the old message is invalid', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        const parked = parkRows(batch, 'delivery-poisoned');
        expect(rowsWith(parked, 'todo')).toEqual([]);
        expect(parked.delivery).toBe(batch.delivery + 1);
        parked.rows.forEach((row, i) => {
          const before = batch.rows[i];
          if (before?.work === 'done') expect(row).toBe(before);
          else if (row.work === 'done') expect([row.deliveries, row.verdict === null]).toEqual([0, false]);
        });
      }),
    );
  });
});

describe('splitOff', () => {
  test('ids show the family: the second child is .2, a child of the first is .1.1', () => {
    const packed = batchOf([rowOf(1), rowOf(2), rowOf(3), rowOf(4)]);
    const first = splitOff(packed, new Set([3, 4]), 0);
    const second = splitOff(first.parent, new Set([2]), 0);
    const grandchild = splitOff(first.child, new Set([4]), 0);
    const ids = [first.child, second.child, grandchild.child].map(({ batch }) => batch);
    expect(ids).toEqual(['000001.1', '000001.2', '000001.1.1']);
    expect([second.parent, grandchild.parent].map(({ batch, children }) => [batch, children])).toEqual([
      ['000001', 2],
      ['000001.1', 1],
    ]);
    expect([second.parent, first.child, grandchild.parent].map(numbers)).toEqual([[1], [3, 4], [3]]);
  });

  test('the parent keeps its delivery, its times and its request, and is in the state of the rows it keeps', () => {
    const more = {
      delivery: 4,
      notBefore: 3,
      releasedAt: 5,
      sendingAt: 6,
      requestId: 'x',
      clientRequestId: 'y',
    } as const;
    const { parent } = splitOff(
      batchOf([rowOf(1, { work: 'open', deliveries: 1 }), rowOf(2)], more),
      new Set([2]),
      7_000,
    );
    expect(parent).toMatchObject({ ...more, state: 'sent', children: 1 });
  });
  test('loses no row and doubles none, and leaves every row as it was', () => {
    fc.assert(
      fc.property(batchAndRows, ([batch, rows]) => {
        const { parent, child } = splitOff(batch, rows, 7_000);
        expect([...numbers(parent), ...numbers(child)].sort((a, b) => a - b)).toEqual(numbers(batch));
        expect(new Set(numbers(child))).toEqual(rows);
        for (const row of [...parent.rows, ...child.rows]) expect(batch.rows).toContain(row);
      }),
    );
  });

  test('the child is a batch of its own: first delivery, not on the queue, same kind, same run', () => {
    const parent = batchOf([rowOf(1), rowOf(2)], {
      leavers: true,
      delivery: 4,
      releasedAt: 5,
      requestId: 'x',
      clientRequestId: 'y',
    });
    expect(splitOff(parent, new Set([2]), 7_000).child).toMatchObject({
      run: parent.run,
      source: parent.source,
      batch: '000001.1',
      leavers: true,
      delivery: 1,
      notBefore: 7_000,
      releasedAt: 0,
      requestId: null,
      clientRequestId: null,
      children: 0,
    });
  });

  test('no two batches of a family have the same id, however often they are split', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000), { maxLength: 30 }), (picks) => {
        const family = [batchOf(Array.from({ length: 50 }, (_, i) => rowOf(i + 1)))];
        for (const pick of picks) {
          const at = pick % family.length;
          const one = family[at] as Batch;
          const { parent, child } = splitOff(one, new Set(numbers(one).slice(Math.ceil(one.rows.length / 2))), 0);
          family.splice(at, 1, parent, child);
        }
        expect(new Set(family.map((one) => one.batch)).size).toBe(family.length);
        expect(family.flatMap(numbers).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
      }),
    );
  });
});
