// Compare-and-swap through the ledger.
import type { Batch } from '../../../shared/run/batch';
import type { BatchStore } from '../../../shared/run/ledger';
import type { Versioned } from '../../../shared/storage/versioned';
import { changeBatch } from '../../../shared/run/ledger';
import { batchOf, rowOf } from './made-batch';

/** One batch with versions; `rivals` others are faster. */
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

test('changes what it has read and tells what now stands', async () => {
  const { store, value } = storeOf(one);
  expect(await changeBatch(store, key, (batch) => ({ ...batch, delivery: 2 }))).toMatchObject({ delivery: 2 });
  expect(value()).toMatchObject({ delivery: 2 });
});
test('looks again when somebody was faster, and builds on what they wrote', async () => {
  const { store, value } = storeOf(one, 3);
  await changeBatch(store, key, (batch) => ({ ...batch, delivery: batch.delivery + 1 }));
  expect(value()).toMatchObject({ delivery: 1 + 3 * 10 + 1 });
});
test('leaves it when the change says so, also after it was overtaken', async () => {
  const { store, value } = storeOf(one, 1);
  expect(
    await changeBatch(store, key, (batch) => (batch.delivery === 1 ? { ...batch, leavers: true } : null)),
  ).toBeNull();
  expect(value()).toMatchObject({ delivery: 11, leavers: false });
});
test('what is not there is not made', async () => {
  expect(await changeBatch(storeOf(null).store, key, (batch) => batch)).toBeNull();
});
test('somebody who is never first is told so: nothing is lost without a word', async () => {
  await expect(
    changeBatch(storeOf(one, Number.POSITIVE_INFINITY).store, key, (batch) => ({ ...batch, leavers: true })),
  ).rejects.toMatchObject({
    disposition: 'retry',
  });
});
