// Entities are cut into transactions by number and by bytes, and none is lost.
import type { TableEntity } from '@azure/data-tables';
import * as fc from 'fast-check';
import { inTransactions, MAX_TRANSACTION_BYTES } from '../../../shared/storage/azure-transactions';

const entityOf = (rowKey: string, text: string): TableEntity => ({ partitionKey: 'p', rowKey, text });
const bytesOf = (entities: readonly TableEntity[]): number =>
  entities.reduce((sum, entity) => sum + Buffer.byteLength(JSON.stringify(entity)), 0);

test('small ones go a hundred at a time', () => {
  const entities = Array.from({ length: 250 }, (_, i) => entityOf(String(i), ''));
  expect([...inTransactions(entities)].map(({ length }) => length)).toEqual([100, 100, 50]);
  expect([...inTransactions([])]).toEqual([]);
});
test('for any sizes and characters, every one goes once, in order, and none makes a transaction too large', () => {
  const anyText = fc
    .tuple(fc.constantFrom('x', '"', '\\', '漢', '\n'), fc.constantFrom(0, 1_000, 30_000, 300_000))
    .map(([character, chars]) => character.repeat(chars));
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 60 }), (texts) => {
      const entities = texts.map((text, i) => entityOf(String(i), text));
      const parts = [...inTransactions(entities)];
      expect(parts.flat()).toEqual(entities);
      expect(parts.every((part) => part.length > 0)).toBe(true);
      expect(parts.every((part) => bytesOf(part) <= MAX_TRANSACTION_BYTES)).toBe(true);
      // No more transactions than are needed: no two neighbours fit into one.
      parts.slice(1).forEach((part, at) => {
        expect(bytesOf([...(parts[at] ?? []), part[0]!])).toBeGreaterThan(MAX_TRANSACTION_BYTES);
      });
    }),
    { numRuns: 50 },
  );
});
