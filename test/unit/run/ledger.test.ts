// Compare-and-swap through the ledger.
import type { Batch } from '../../../shared/run/batch';
import type { BatchStore } from '../../../shared/run/ledger';
import type { Versioned } from '../../../shared/storage/versioned';
import { changeBatch, changeRun, replaceWithChild } from '../../../shared/run/ledger';
import { splitOff } from '../../../shared/run/batch';
import { receivedRun } from '../../../shared/run/run-moves';
import { MemoryBatchStore } from '../memory/memory-batch-store';
import { MemoryRunStore } from '../memory/memory-run-store';
import { batchOf, rowOf } from './made-batch';

/** One batch with versions; `rivals` other writers are faster. */
function storeOf(batch: Batch | null, rivals = 0) {
  let version = 0;
  let value = batch;
  let left = rivals;
  const store: Pick<BatchStore, 'read' | 'replace'> = {
    read: () => Promise.resolve(value === null ? null : { value, etag: String(version) }),
    replace: (read: Versioned<Batch>, next: Batch) => {
      if (left-- > 0 && value !== null) {
        value = { ...value, delivery: value.delivery + 10 };
        version++;
      }
      if (read.etag !== String(version)) return Promise.resolve(null);
      value = next;
      version++;
      return Promise.resolve({ value: next, etag: String(version) });
    },
  };
  return { store: store as BatchStore, value: () => value };
}
const key = { run: 'r', batch: '000001' };
const one = batchOf([rowOf(1)]);

test('changes what it read and returns what is now stored', async () => {
  const { store, value } = storeOf(one);
  expect(await changeBatch(store, key, (batch) => ({ ...batch, delivery: 2 }))).toMatchObject({ delivery: 2 });
  expect(value()).toMatchObject({ delivery: 2 });
});
test('reads again when another writer was faster, and builds on its value', async () => {
  const { store, value } = storeOf(one, 3);
  await changeBatch(store, key, (batch) => ({ ...batch, delivery: batch.delivery + 1 }));
  expect(value()).toMatchObject({ delivery: 1 + 3 * 10 + 1 });
});
test('leaves it alone if the change says so, even after losing a race', async () => {
  const { store, value } = storeOf(one, 1);
  expect(
    await changeBatch(store, key, (batch) => (batch.delivery === 1 ? { ...batch, leavers: true } : null)),
  ).toBeNull();
  expect(value()).toMatchObject({ delivery: 11, leavers: false });
});
test('what does not exist is not created', async () => {
  expect(await changeBatch(storeOf(null).store, key, (batch) => batch)).toBeNull();
});

describe('a writer that is never first', () => {
  /** The batch store, with others that are faster at the first `rivals` writes. */
  const contended = (rivals: number) => {
    const batches = new MemoryBatchStore();
    batches.put(one);
    batches.calls.before = ({ method }) => {
      if (method === 'replace' && batches.calls.count('replace') <= rivals) batches.put(one);
    };
    return { batches, change: () => changeBatch(batches, one, (batch) => ({ ...batch, leavers: true })) };
  };
  test('succeeds at the 20th try', async () => {
    const { batches, change } = contended(19);
    expect(await change()).toMatchObject({ leavers: true });
    expect([batches.calls.count('read'), batches.calls.count('replace')]).toEqual([20, 20]);
  });
  test('gets an error after 20 tries: nothing is lost silently', async () => {
    const { batches, change } = contended(20);
    await expect(change()).rejects.toMatchObject({ code: 'ledger-contended', disposition: 'retry' });
    expect([batches.calls.count('read'), batches.calls.count('replace')]).toEqual([20, 20]);
    expect(batches.peek(one.run, one.batch)).toEqual(one);
  });
});

describe('a run', () => {
  const version = { source: 'contoso-hr', name: 'contoso-hr/a.csv', etag: '"1"', lastModified: 0, bytes: 1 };
  const run = receivedRun(version, 0);
  test('is changed as it is stored now, with one read and one write', async () => {
    const runs = new MemoryRunStore();
    runs.put({ ...run, unanswered: 3 });
    expect(await changeRun(runs, run, (now) => ({ ...now, unanswered: now.unanswered + 1 }))).toMatchObject({
      unanswered: 4,
    });
    expect(runs.peek(run)).toEqual({ ...run, unanswered: 4 });
    expect(runs.calls.made.map(({ method }) => method)).toEqual(['read', 'replace']);
  });
  test('that another writer changed first is read again', async () => {
    const runs = new MemoryRunStore();
    runs.put(run);
    runs.calls.before = ({ method }) => {
      if (method === 'replace' && runs.calls.count('replace') === 1) runs.put({ ...run, rows: 9 });
    };
    await changeRun(runs, run, (now) => ({ ...now, unanswered: 1 }));
    expect(runs.peek(run)).toEqual({ ...run, rows: 9, unanswered: 1 });
  });
  test('that stays as it is costs no write', async () => {
    const runs = new MemoryRunStore();
    runs.put(run);
    expect(await changeRun(runs, run, () => null)).toBeNull();
    expect(await changeRun(runs, { ...run, source: 'fabrikam-hr' }, (now) => now)).toBeNull();
    expect(runs.calls.count('replace')).toBe(0);
  });
});

describe('a batch and what was split off it', () => {
  const stored = async (changedMeanwhile: boolean, child: boolean) => {
    const batches = new MemoryBatchStore();
    const whole = batchOf([rowOf(1), rowOf(2)]);
    batches.put(whole);
    const read = await batches.read(whole.run, whole.batch);
    if (read === null) throw new Error('not stored');
    if (changedMeanwhile) batches.put({ ...whole, notBefore: 5 });
    const split = splitOff(read.value, new Set([2]), 0);
    const done = await replaceWithChild(batches, read, split.parent, child ? split.child : null);
    const rows = batches.peekAll(whole.run).map((batch) => [batch.batch, batch.rows.length]);
    return { done, rows, writes: batches.calls.made.slice(1).map(({ method }) => method) };
  };
  test('are written in one transaction', async () => {
    expect(await stored(false, true)).toEqual({
      done: true,
      rows: [
        ['000001', 1],
        ['000001.1', 1],
      ],
      writes: ['replaceAndInsert'],
    });
  });
  test('nothing split off: only the batch', async () => {
    expect(await stored(false, false)).toEqual({ done: true, rows: [['000001', 1]], writes: ['replace'] });
  });
  test.each([true, false])(
    'nothing at all if the batch changed since it was read (with a child: %s)',
    async (child) => {
      expect(await stored(true, child)).toMatchObject({ done: false, rows: [['000001', 2]] });
    },
  );
});
