// The table of numbers under 64-bit keys.
import * as fc from 'fast-check';
import { HashSlots } from '../../../shared/run/hash-slots';

// Keys that fall on few places of the table: equal low bits, different high ones.
const clashing = fc
  .tuple(fc.constantFrom(0n, 1n, 1023n, 0x7fff_ffffn), fc.bigInt({ min: 0n, max: 200n }))
  .map(([low, high]) => (high << 31n) | low);
const anyKey = fc.oneof(clashing, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }));

test('behaves like a map that keeps the first value, for any keys', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyKey, fc.nat(2 ** 31 - 1)), { maxLength: 800 }), (puts) => {
      const slots = new HashSlots();
      const map = new Map<bigint, number>();
      for (const [key, value] of puts) {
        expect(slots.putIfAbsent(key, value)).toBe(map.get(key) ?? null);
        if (!map.has(key)) map.set(key, value);
      }
    }),
    { numRuns: 50 },
  );
});

test('forgets nothing while it grows', () => {
  const slots = new HashSlots();
  for (let i = 0; i < 5_000; i++) expect(slots.putIfAbsent(BigInt(i) << 40n, i)).toBeNull();
  for (let i = 0; i < 5_000; i++) expect(slots.putIfAbsent(BigInt(i) << 40n, 0)).toBe(i);
});

test('the key 0 and the value 0 are a key and a value like any other', () => {
  const slots = new HashSlots();
  expect(slots.putIfAbsent(0n, 0)).toBeNull();
  expect(slots.putIfAbsent(0n, 5)).toBe(0);
});
