// The filter grammar: whatever is typed, it is compiled or refused with 400.
import fc from 'fast-check';
import { GraphRefusal } from '../../../local/entra/graph-answer';
import { compileFilter, type FilterProperties } from '../../../local/entra/log-filter';

interface Thing {
  readonly name: string;
  readonly at: number;
}
const properties: FilterProperties<Thing> = new Map([
  ['name', { read: (thing: Thing) => thing.name, kind: 'text', documented: ['eq', 'contains'] } as const],
  ['at', { read: (thing: Thing) => thing.at, kind: 'date', documented: ['eq', 'gt', 'lt'] } as const],
]);
const words = fc.constantFrom(
  'name',
  'at',
  'eq',
  'gt',
  'and',
  'contains',
  '(',
  ')',
  ',',
  "'a'",
  "'",
  '2026-01-01',
  ' ',
);

test('no text makes the compiler fail other than with 400', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' ')),
  );
  fc.assert(
    fc.property(texts, (filter) => {
      try {
        expect(typeof compileFilter(filter, properties, false)({ name: 'a', at: 0 })).toBe('boolean');
      } catch (error) {
        expect(error).toBeInstanceOf(GraphRefusal);
        expect((error as GraphRefusal).status).toBe(400);
      }
    }),
  );
});

test('any value is found by its quoted form, and no other', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (value, other) => {
      const test = compileFilter(`name eq '${value.replaceAll("'", "''")}'`, properties, true);
      expect([test({ name: value, at: 0 }), test({ name: other, at: 0 })]).toEqual([true, other === value]);
    }),
  );
});
