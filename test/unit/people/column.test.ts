// The list of numbers that grows by segments.
import { Column } from '../../../shared/people/number-tables';

test('returns what was set, over many segments', () => {
  const column = new Column(Uint32Array);
  for (let at = 0; at < 100_000; at++) column.set(at, at * 7);
  expect(Array.from({ length: 100_000 }, (_, at) => column.get(at)).findIndex((value, at) => value !== at * 7)).toBe(
    -1,
  );
});

test('the last value that was set counts', () => {
  const column = new Column(BigUint64Array);
  column.set(16_384, 1n);
  column.set(16_384, 2n ** 64n - 1n);
  expect([column.get(16_383), column.get(16_384)]).toEqual([0n, 2n ** 64n - 1n]);
});

test('places may be set out of order; those between are 0', () => {
  const column = new Column(Float64Array);
  column.set(70_000, 2 ** 40);
  column.set(1, 5);
  expect([column.get(0), column.get(1), column.get(40_000), column.get(70_000)]).toEqual([0, 5, 0, 2 ** 40]);
});

test.each([
  ['bytes', () => new Column(Uint8Array)],
  ['whole numbers', () => new Column(Uint32Array)],
  ['numbers', () => new Column(Float64Array)],
] as const)('%s: beyond the last value that was set everything is 0 too', (_, make) => {
  const column = make();
  expect([column.get(0), column.get(16_384)]).toEqual([0, 0]);
  column.set(1, 7);
  expect([column.get(16_383), column.get(16_384), column.get(1_000_000)]).toEqual([0, 0, 0]);
});

test('big numbers are 0n where nothing was set', () => {
  const column = new Column(BigUint64Array);
  column.set(0, 1n);
  expect(column.get(20_000)).toBe(0n);
});
