// What a release decides about each unsent row.
import * as fc from 'fast-check';
import { applyPlan, planRelease } from '../../../shared/delivery/release-plan';
import { openJobGate, pauseJob } from '../../../shared/delivery/job-gate';
import { isStuckDelivery, nextDelivery, rowsWith } from '../../../shared/run/batch';
import { anyBatch, batchOf, rowOf } from '../run/made-batch';

const NOW = 10_000;
const LATER = 70_000;
const others = (newer: readonly string[], older: readonly string[], confirmed: readonly string[] = []) => ({
  newerCarries: (id: string) => Promise.resolve(newer.includes(id)),
  olderIsOpen: (id: string) => Promise.resolve(older.includes(id)),
  isConfirmed: (id: string) => Promise.resolve(confirmed.includes(id)),
});
const planned = async (batch: Parameters<typeof applyPlan>[0], newer: readonly string[], older: readonly string[]) =>
  applyPlan(batch, await planRelease(batch, others(newer, older)), NOW, LATER);

test('nothing in the way: the batch is sent as it is', async () => {
  const batch = batchOf([rowOf(1), rowOf(2)]);
  const now = { ...batch, releasedAt: NOW, releases: 1 };
  expect(await planned(batch, [], [])).toEqual({ batch: now, child: null, released: true });
});

test('each release of one delivery is counted; a new delivery, or one that has to wait, begins again', async () => {
  const batch = batchOf([rowOf(1), rowOf(2)], { releases: 95 });
  expect(isStuckDelivery(batch)).toBe(false);
  const { batch: released } = await planned(batch, [], []);
  expect(isStuckDelivery(released)).toBe(true);
  expect(nextDelivery(released, 0).releases).toBe(0);
  expect((await planned(batch, [], ['p1', 'p2'])).batch.releases).toBe(0);
  const { batch: rest, child } = await planned(batch, [], ['p2']);
  expect([rest.releases, child?.releases]).toEqual([96, 0]);
});

test('releaseLook: a row that is the last word about its person asks about newer rows of the person only', async () => {
  const asked: unknown[] = [];
  const newerCarries = (id: string, isLastWord: boolean) => {
    asked.push([id, isLastWord]);
    return Promise.resolve(!isLastWord);
  };
  const plan = await planRelease(batchOf([rowOf(1), rowOf(2, { lastWord: true })]), {
    ...others([], []),
    newerCarries,
  });
  expect(asked).toEqual([
    ['p1', false],
    ['p2', true],
  ]);
  expect([[...plan.stale], [...plan.go]]).toEqual([[1], [2]]);
});

test('waiting: rows whose person is in flight are split off, the others are sent at once', async () => {
  const { batch, child, released } = await planned(batchOf([rowOf(1), rowOf(2), rowOf(3)]), [], ['p2']);
  expect(released).toBe(true);
  expect(batch).toMatchObject({ batch: '000001', releasedAt: NOW, state: 'staged' });
  expect(batch.rows.map((row) => row.row)).toEqual([1, 3]);
  expect(child).toMatchObject({ batch: '000001.1', releasedAt: 0, notBefore: LATER, state: 'staged' });
  expect(child?.rows.map((row) => row.row)).toEqual([2]);
});

test('waiting: if everybody waits, the batch stays off the queue and is looked at again', async () => {
  const { batch, child, released } = await planned(batchOf([rowOf(1), rowOf(2)]), [], ['p1', 'p2']);
  expect({ child, released }).toEqual({ child: null, released: false });
  expect(batch).toMatchObject({ state: 'staged', notBefore: LATER, releasedAt: 0, delivery: 1 });
});

test('releaseLook: a row whose person a newer run carries is superseded and not sent', async () => {
  const { batch, released } = await planned(batchOf([rowOf(1), rowOf(2)]), ['p1'], []);
  expect(batch.rows[0]).toMatchObject({ work: 'done', verdict: 'superseded' });
  expect(rowsWith(batch, 'todo').map((row) => row.row)).toEqual([2]);
  expect(released).toBe(true);
});

test('waiting: a batch that was released before, and must wait now, is not released any more', async () => {
  const { batch } = await planned(batchOf([rowOf(1)], { releasedAt: NOW - 1 }), [], ['p1']);
  expect(batch.releasedAt).toBe(0);
});
test('a person whom a newer run carries does not wait for an older one', async () => {
  const { batch } = await planned(batchOf([rowOf(1)]), ['p1'], ['p1']);
  expect(batch).toMatchObject({ state: 'settled' });
});

test('everybody superseded: the batch settles without a call', async () => {
  const { batch, released } = await planned(batchOf([rowOf(1), rowOf(2)]), ['p1', 'p2'], []);
  expect(batch).toMatchObject({ state: 'settled', notBefore: 0 });
  expect(released).toBe(false);
});

test('unknownIsOpen: a superseded row that may have been accepted before stays open, and the batch waits for it', async () => {
  const { batch, released } = await planned(batchOf([rowOf(1, { deliveries: 1, unknowns: 1 })]), ['p1'], []);
  expect(batch).toMatchObject({ state: 'sent' });
  expect(batch.rows[0]).toMatchObject({ work: 'open', verdict: null });
  expect(released).toBe(false);
});

describe('freshCompare: exactly this record is confirmed', () => {
  const same = async (
    row: Parameters<typeof rowOf>[1],
    newer: readonly string[] = [],
    older: readonly string[] = [],
  ) => {
    const batch = batchOf([rowOf(1, row), rowOf(2)]);
    return applyPlan(batch, await planRelease(batch, others(newer, older, ['p1'])), NOW, LATER);
  };
  test('the row is unchanged without a call, the others are sent', async () => {
    const { batch, released } = await same({});
    expect(batch.rows[0]).toMatchObject({ work: 'done', verdict: 'unchanged', deliveries: 0 });
    expect(released).toBe(true);
  });
  test('not while an older delivery is open: it waits', async () => {
    expect((await same({}, [], ['p1'])).child?.rows.map((row) => row.row)).toEqual([1]);
  });
  test('not a row that was sent before: it is sent again', async () => {
    const { batch } = await same({ deliveries: 1 });
    expect(rowsWith(batch, 'todo').map((row) => row.row)).toEqual([1, 2]);
  });
  test('not a row that a newer run carries: it is superseded', async () => {
    expect((await same({}, ['p1'])).batch.rows[0]).toMatchObject({ verdict: 'superseded' });
  });
});

test('for any batch and any other runs: no row is lost or doubled, only rows that may be sent are left to send, rows that are not unsent are not touched', async () => {
  await fc.assert(
    fc.asyncProperty(anyBatch, fc.func(fc.boolean()), fc.func(fc.boolean()), async (batch, newer, older) => {
      const plan = await planRelease(batch, {
        newerCarries: (id) => Promise.resolve(newer(id)),
        olderIsOpen: (id) => Promise.resolve(older(id)),
        isConfirmed: () => Promise.resolve(false),
      });
      const { batch: next, child, released } = applyPlan(batch, plan, NOW, LATER);
      const rows = [...next.rows, ...(child?.rows ?? [])];
      expect(rows.map((row) => row.row).sort((a, b) => a - b)).toEqual(batch.rows.map((row) => row.row));
      for (const row of rows) {
        const before = batch.rows.find((one) => one.row === row.row);
        if (before?.work !== 'todo' || !newer(row.id)) expect(row).toBe(before);
      }
      if (released) {
        expect(next.state).toBe('staged');
        for (const row of rowsWith(next, 'todo')) expect(newer(row.id) || older(row.id)).toBe(false);
      }
      expect(released).toBe(batch.rows.some((row) => row.work === 'todo' && !newer(row.id) && !older(row.id)));
      for (const row of child?.rows ?? []) expect(older(row.id)).toBe(true);
    }),
  );
});

test('a job is paused until a time and for a reason; a longer pause is kept', () => {
  const paused = pauseJob(openJobGate, 5_000, 'graph-bucket-full', 'r/1');
  expect(paused).toEqual({ ...openJobGate, pausedUntil: 5_000, pausedFor: 'graph-bucket-full', pausedBy: 'r/1' });
  expect(pauseJob(paused, 4_000, 'graph-conflict', 'r/1')).toBe(paused);
  expect(pauseJob(paused, 6_000, 'graph-conflict', 'r/1')).toEqual({
    ...openJobGate,
    pausedUntil: 6_000,
    pausedFor: 'graph-conflict',
    pausedBy: 'r/1',
  });
});
