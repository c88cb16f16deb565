// The table of places under 64-bit keys.
import * as fc from 'fast-check';
import { HashSet, HashSlots } from '../../../shared/people/number-tables';

// Keys that fall into few slots of the table: equal low bits, different high ones.
const clashing = fc
  .tuple(fc.constantFrom(0n, 1n, 1023n, 0x7fff_ffffn), fc.bigInt({ min: 0n, max: 200n }))
  .map(([low, high]) => (high << 31n) | low);
const anyKey = fc.oneof(clashing, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }));

test('behaves like a map that keeps the first place, for any keys', () => {
  fc.assert(
    fc.property(fc.array(anyKey, { maxLength: 800 }), (keys) => {
      const slots = new HashSlots((place) => keys[place]!);
      const map = new Map<bigint, number>();
      keys.forEach((key, place) => {
        expect(slots.putIfAbsent(key, place)).toBe(map.get(key) ?? null);
        if (!map.has(key)) map.set(key, place);
      });
    }),
    { numRuns: 50 },
  );
});

test('loses nothing while it grows', () => {
  const keys = Array.from({ length: 5_000 }, (_, i) => (BigInt(i) * 0x9e37_79b9_7f4a_7c15n) & 0xffff_ffff_ffff_ffffn);
  const slots = new HashSlots((place) => keys[place]!);
  expect(keys.filter((key, place) => slots.putIfAbsent(key, place) !== null)).toEqual([]);
  expect(keys.filter((key, place) => slots.putIfAbsent(key, 0) !== place)).toEqual([]);
});

test('the key 0 and the place 0 are like any other', () => {
  const slots = new HashSlots(() => 0n);
  expect(slots.putIfAbsent(0n, 0)).toBeNull();
  expect(slots.putIfAbsent(0n, 5)).toBe(0);
});

test('the set has the keys that were added, however often, and no others', () => {
  fc.assert(
    fc.property(fc.array(anyKey, { maxLength: 800 }), fc.array(anyKey, { maxLength: 20 }), (keys, others) => {
      const set = new HashSet();
      const known = new Set(keys);
      for (const key of keys) set.add(key);
      for (const key of [...keys, ...others]) expect(set.has(key)).toBe(known.has(key));
    }),
    { numRuns: 50 },
  );
});
