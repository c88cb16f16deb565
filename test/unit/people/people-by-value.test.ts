// Who has which value in a file: one person, nobody, or not one person for certain.
import fc from 'fast-check';
import { foldId } from '../../../shared/columns/id';
import { loadHash64, type Hash64 } from '../../../shared/core/hash';
import { PeopleByValue } from '../../../shared/people/people-by-value';
import { Texts } from '../../../shared/people/texts';
import { rounds } from '../../rounds';

let hash: Hash64;
beforeAll(async () => {
  hash = await loadHash64();
});

type Row = readonly [value: string, id: string | null];
const peopleOf = (...rows: readonly Row[]): PeopleByValue => {
  const people = new PeopleByValue(hash);
  rows.forEach(([value, id], at) => people.add(value, id, at + 2));
  return people;
};

test('a value is found whatever its case, its spaces and the form of its accents', () => {
  const people = peopleOf(['Zoë  Müller', '7'], ['ada@contoso.example', '8']);
  for (const value of ['Zoe\u0308 Müller', ' ZOË MÜLLER ', 'zoë\u00a0müller'])
    expect(people.find(value)).toEqual({ kind: 'one', id: '7' });
  expect(people.find('ADA@contoso.example')).toEqual({ kind: 'one', id: '8' });
  expect(people.find('zoe müller')).toEqual({ kind: 'nobody' });
});

test('two people with one value are told by the lines of the first two', () => {
  const people = peopleOf(['x', '7'], ['y', '1'], ['X', '8'], ['x', '9']);
  expect(people.find('x')).toEqual({ kind: 'several', lines: [2, 4] });
});

test('several rows of one person are one person', () => {
  expect(peopleOf(['x', '0017'], ['x', '17'], ['x', ' 1 7']).find('x')).toEqual({ kind: 'one', id: '0017' });
});

test('a row whose id is not known is nobody who can be named, and makes another one uncertain', () => {
  expect(peopleOf(['x', null]).find('x')).toEqual({ kind: 'without-id', lines: [2] });
  expect(peopleOf(['x', '7'], ['x', null]).find('x')).toEqual({ kind: 'several', lines: [2, 3] });
  expect(peopleOf(['x', null], ['x', '7']).find('x')).toEqual({ kind: 'several', lines: [2, 3] });
});

test('a blank value is nobody', () => {
  expect(peopleOf([' ', '7']).find('')).toEqual({ kind: 'nobody' });
});

test('as a list of all rows would say', () => {
  const value = fc.constantFrom('a', 'A ', 'b', ' ', 'ß', 'SS', 'Zoë', 'zoe\u0308');
  const id = fc.constantFrom('1', '01', '2', 'x', 'X', null);
  const plain = (text: string): string => text.normalize('NFC').trim().toLowerCase();
  fc.assert(
    fc.property(fc.array(fc.tuple(value, id), { maxLength: 12 }), value, (rows, asked) => {
      const having = rows.filter(([one]) => plain(one) !== '' && plain(one) === plain(asked));
      const ids = new Set(having.map(([, one], at) => (one === null ? `unknown ${at}` : foldId(one))));
      const kind =
        ids.size === 0 ? 'nobody' : ids.size > 1 ? 'several' : having[0]?.[1] === null ? 'without-id' : 'one';
      const found = peopleOf(...rows).find(asked);
      expect(found.kind).toBe(kind);
      if (found.kind === 'one') expect(found.id).toBe(having[0]?.[1]);
    }),
    { numRuns: rounds(200) },
  );
});

test('texts are kept in their order, however long they are', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 })), (all) => {
      const texts = new Texts();
      expect(all.map((one) => texts.add(one))).toEqual(all.map((_, at) => at));
      expect(all.map((_, at) => texts.at(at))).toEqual(all.map((one) => Buffer.from(one).toString('utf8')));
    }),
    { numRuns: rounds(50) },
  );
  const texts = new Texts();
  const long = 'é'.repeat(40_000);
  texts.add('a');
  texts.add(long);
  texts.add('b');
  expect([texts.at(0), texts.at(1) === long, texts.at(2)]).toEqual(['a', true, 'b']);
});
