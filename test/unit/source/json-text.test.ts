import fc from 'fast-check';
import { readJsonText } from '../../../shared/source/json-text';

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test('what JSON.parse reads is read the same, with no doubled keys', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(readJsonText(text)).toEqual({ ok: true, value: JSON.parse(text), duplicates: [] });
    }),
  );
});

test('a text is refused exactly when JSON.parse refuses it', () => {
  const mutated = fc
    .tuple(fc.jsonValue({ maxDepth: 3 }), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', ':', '\\', '0', '\n', 'e'))
    .map(([value, at, char]) => {
      const text = JSON.stringify(value);
      const place = at % (text.length + 1);
      return text.slice(0, place) + char + text.slice(place + 1);
    });
  fc.assert(
    fc.property(mutated, (text) => expect(readJsonText(text).ok).toBe(parses(text))),
    { numRuns: 2_000 },
  );
});

test('each doubled key is reported with its path', () => {
  const text = '{"a": 1, "b": [{"c": 1, "c": 2}], "a": 3, "\\u0061": 4}';
  expect(readJsonText(text)).toMatchObject({ duplicates: [['b', 0, 'c'], ['a'], ['a']] });
});

test('endless nesting is refused and does not crash', () => {
  expect(readJsonText('['.repeat(100_000))).toMatchObject({ ok: false });
});
