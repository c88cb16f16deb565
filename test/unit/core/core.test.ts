// Ids, hashes and errors: the base of everything else.
import * as fc from 'fast-check';
import { FileHold, RollcallError } from '../../../shared/core/errors';
import { loadHash64, stableHash } from '../../../shared/core/hash';
import { EVENT_NAMES } from '../../../shared/core/telemetry';

describe('stableHash', () => {
  test('is the same in every process and every version', () => {
    // SHA-256 of "2:ab1:c", computed with another tool: printf '2:ab1:c' | sha256sum
    expect(stableHash(['ab', 'c'], 16)).toBe('430fb1b4ac43316e');
  });
  test('distinguishes lists whose joined texts are equal', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 4 }), fc.array(fc.string(), { maxLength: 4 }), (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(stableHash(a, 64)).not.toBe(stableHash(b, 64));
      }),
    );
  });
  test('has as many hex digits as asked for', () => {
    for (const digits of [1, 10, 16, 64])
      expect(stableHash(['x'], digits)).toMatch(new RegExp(`^[0-9a-f]{${digits}}$`));
  });
});

test('the 64-bit hash is XXH64: the published value of the empty text, seed 0', async () => {
  const hash = await loadHash64();
  expect(hash('')).toBe(0xef46db3751d8e999n);
  expect(hash('a')).toBe(0xd24ec4f1a98c6e5bn);
  expect(await loadHash64()).toBe(hash);
});

describe('errors', () => {
  test('carry a code, a disposition and their cause', () => {
    const cause = new Error('below');
    const error = new RollcallError('storage-table', 'retry', 'above', { cause, retryAfterMs: 5 });
    expect(error).toMatchObject({ code: 'storage-table', disposition: 'retry', retryAfterMs: 5, cause });
    expect(new RollcallError('x', 'halt', 'y').retryAfterMs).toBeNull();
    expect('cause' in new RollcallError('x', 'halt', 'y')).toBe(false);
  });
  test('a hold has a place, or says that it has none', () => {
    expect(new FileHold('csv-damaged', {}, { line: 3, column: 'Id' }).at).toEqual({ line: 3, column: 'Id' });
    expect(new FileHold('csv-damaged', {}).at).toEqual({ line: null, column: null });
  });
});

test('event names have one form and are unique', () => {
  expect(new Set(EVENT_NAMES).size).toBe(EVENT_NAMES.length);
  for (const name of EVENT_NAMES) expect(name).toMatch(/^rollcall\.[a-z]+\.[a-z]+$/);
});
