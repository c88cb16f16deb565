// The people index: sorted by hash, whatever the hashes and the order in which people come; and looking people up in it.
import * as fc from 'fast-check';
import type { Hash64 } from '../../../shared/core/hash';
import { loadHash64 } from '../../../shared/core/hash';
import type { IndexedPerson } from '../../../shared/people/packing';
import { foldId } from '../../../shared/columns/id';
import { batchIdOf } from '../../../shared/people/packing';
import { encodePeopleIndex, PeopleIndex } from '../../../shared/people/people-index';

const ENTRY_BYTES = 20;

function decode(buffer: Buffer): IndexedPerson[] {
  return Array.from({ length: buffer.length / ENTRY_BYTES }, (_, i) => ({
    idHash: buffer.readBigUInt64LE(i * ENTRY_BYTES),
    recordHash: buffer.readBigUInt64LE(i * ENTRY_BYTES + 8),
    batch: buffer.readUInt32LE(i * ENTRY_BYTES + 16),
  }));
}

const byHash = (a: IndexedPerson, b: IndexedPerson): number => (a.idHash < b.idHash ? -1 : a.idHash > b.idHash ? 1 : 0);

const anyHash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
// Hashes that share their upper bits, down to equal ones, and any other hashes.
const hashes = fc.oneof(
  anyHash,
  fc.bigInt({ min: 0n, max: 3n }),
  fc.bigInt({ min: 2n ** 64n - 3n, max: 2n ** 64n - 1n }),
);

test('for any people: the entries are those that came in, sorted by hash, equal hashes in order of arrival', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ idHash: hashes, recordHash: anyHash, batch: fc.nat({ max: 1_000_000 }) }), {
        maxLength: 60,
      }),
      (people) => {
        expect(decode(encodePeopleIndex(people))).toEqual([...people].sort(byHash));
      },
    ),
  );
});

test('many people', () => {
  const people = Array.from({ length: 5_000 }, (_, i) => ({
    idHash: (BigInt(i) * 0x9e37_79b9_7f4a_7c15n) & 0xffff_ffff_ffff_ffffn,
    recordHash: BigInt(i),
    batch: i,
  }));
  expect(decode(encodePeopleIndex(people))).toEqual([...people].sort(byHash));
});

describe('looking people up', () => {
  let hash: Hash64;
  beforeAll(async () => {
    hash = await loadHash64();
  });
  const indexOf = (ids: readonly string[]): PeopleIndex =>
    new PeopleIndex(
      encodePeopleIndex(
        ids.map((id, i) => ({ idHash: hash(foldId(id)), recordHash: BigInt(i) + 2n ** 63n, batch: i + 1 })),
      ),
      hash,
    );
  // Ids that fold to themselves, so that different texts are different people.
  const ids = fc.uniqueArray(fc.stringMatching(/^[a-j]{1,4}$/), { maxLength: 40 });

  test('for any people: everybody is found with batch and record, and nobody else', () => {
    fc.assert(
      fc.property(ids, ids, (inside, others) => {
        const index = indexOf(inside);
        expect(index.size).toBe(inside.length);
        for (const [i, id] of inside.entries())
          expect(index.find(id)).toEqual({ batch: batchIdOf(i + 1), recordHash: BigInt(i) + 2n ** 63n });
        for (const id of others) if (!inside.includes(id)) expect(index.find(id)).toBeNull();
      }),
    );
  });
  test('an id is found however it is written', () => {
    const index = indexOf(['00Ab 12']);
    for (const id of ['00Ab 12', 'ab12', 'AB12', '0ab12'])
      expect(index.find(id)).toMatchObject({ batch: batchIdOf(1) });
  });
  test('for any two lists: they share a person exactly if a person is in both', () => {
    fc.assert(
      fc.property(ids, ids, (left, right) => {
        const shares = left.some((id) => right.includes(id));
        expect(indexOf(left).sharesSomebodyWith(indexOf(right))).toBe(shares);
        expect(indexOf(right).sharesSomebodyWith(indexOf(left))).toBe(shares);
      }),
    );
  });
});
