// The encoding of the people index: sorted by hash, whatever the hashes and the order in which people come.
import * as fc from 'fast-check';
import type { IndexedPerson } from '../../../shared/run/people';
import { encodePeopleIndex } from '../../../shared/run/people-index';

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
// Hashes that share their upper bits, down to equal ones, besides hashes from everywhere.
const hashes = fc.oneof(
  anyHash,
  fc.bigInt({ min: 0n, max: 3n }),
  fc.bigInt({ min: 2n ** 64n - 3n, max: 2n ** 64n - 1n }),
);

test('for any people: the entries are those that came in, sorted by hash, equal hashes in the order in which they came', () => {
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

test('more people than there is room for at first', () => {
  const people = Array.from({ length: 5_000 }, (_, i) => ({
    idHash: (BigInt(i) * 0x9e37_79b9_7f4a_7c15n) & 0xffff_ffff_ffff_ffffn,
    recordHash: BigInt(i),
    batch: i,
  }));
  expect(decode(encodePeopleIndex(people))).toEqual([...people].sort(byHash));
});
