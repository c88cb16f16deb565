// The filter grammar: whatever is typed, it is compiled or refused with 400.
import fc from 'fast-check';
import { GraphRefusal } from '../../../local/entra/graph-answer';
import { compileFilter, type FilterProperties, type FilterRules } from '../../../local/entra/odata-filter';

interface Thing {
  readonly name: string;
  readonly at: number;
}
const properties: FilterProperties<Thing> = new Map([
  ['name', { read: (thing: Thing) => thing.name, kind: 'text', documented: ['eq', 'contains'] } as const],
  ['at', { read: (thing: Thing) => thing.at, kind: 'date', documented: ['eq', 'gt', 'lt'] } as const],
]);
const ALL: FilterRules = { words: ['and', 'or', 'not', '(', 'tolower'], strict: false, ignoresCase: false };
const words = fc.constantFrom(
  'name',
  'at',
  'eq',
  'gt',
  'and',
  'or',
  'not',
  'in',
  'tolower',
  'null',
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
        expect(typeof compileFilter(filter, properties, ALL)({ name: 'a', at: 0 })).toBe('boolean');
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
      const test = compileFilter(`name eq '${value.replaceAll("'", "''")}'`, properties, ALL);
      expect([test({ name: value, at: 0 }), test({ name: other, at: 0 })]).toEqual([true, other === value]);
    }),
  );
});

test('or binds weaker than and, and parentheses bind strongest', () => {
  const holds = (filter: string) => compileFilter(filter, properties, ALL)({ name: 'a', at: 0 });
  expect(holds("name eq 'a' or name eq 'b' and name eq 'c'")).toBe(true);
  expect(holds("(name eq 'a' or name eq 'b') and name eq 'c'")).toBe(false);
  expect(holds("not (name eq 'b') and not startswith(name,'b')")).toBe(true);
  expect(holds("name in ('b', 'a')")).toBe(true);
  expect(holds('name eq null')).toBe(false);
});

test('a filter that is nested without end is 400, not an overflow', () => {
  expect(() => compileFilter('('.repeat(5_000), properties, ALL)).toThrow('Invalid filter clause.');
  expect(() => compileFilter('not '.repeat(5_000), properties, ALL)).toThrow('Invalid filter clause.');
});

test('text is compared without case where the list does so', () => {
  const folded = compileFilter("name eq 'AB'", properties, { ...ALL, ignoresCase: true });
  expect(folded({ name: 'aB', at: 0 })).toBe(true);
});
