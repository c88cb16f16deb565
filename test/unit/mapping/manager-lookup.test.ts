// The managers who are left out, as the findings of the file tell them: by value, and no more than can be read.
import { MAX_MANAGERS_TOLD, ManagerLookup } from '../../../shared/mapping/manager-lookup';
import type { PersonOfValue } from '../../../shared/people/people-by-value';

const rowOn = (line: number) => ({ line });
const nobody = (): PersonOfValue => ({ kind: 'nobody' });

test('a manager who is one person is named by the id, and nothing is told', () => {
  const managers = new ManagerLookup(() => ({ kind: 'one', id: '6003' }));
  expect(managers.idOf('greta@contoso.example', rowOn(2), 'Manager')).toBe('6003');
  expect(managers.findings()).toEqual([]);
});

test('the rows of one value are told together, with the first line; a row that is mapped again counts once', () => {
  const managers = new ManagerLookup(nobody);
  const again = rowOn(3);
  for (const [value, row] of [
    ['Greta', rowOn(2)],
    ['greta ', again],
    ['GRETA', again],
    ['Ada', rowOn(3)],
  ] as const)
    expect(managers.idOf(value, row, 'Manager')).toBeUndefined();
  expect(managers.findings()).toEqual([
    {
      severity: 'warning',
      code: 'manager-not-found',
      values: { why: 'nobody', value: { quote: 'Greta' }, rows: 2, line: 2 },
      line: 2,
      column: 'Manager',
      id: null,
    },
    expect.objectContaining({ values: { why: 'nobody', value: { quote: 'Ada' }, rows: 1, line: 3 } }),
  ]);
});

test('two people, or a row without an id, are told with their lines', () => {
  const kinds: Readonly<Record<string, PersonOfValue>> = {
    a: { kind: 'several', lines: [3, 9] },
    b: { kind: 'without-id', lines: [4] },
  };
  const managers = new ManagerLookup((value) => kinds[value]!);
  managers.idOf('a', rowOn(2), null);
  managers.idOf('b', rowOn(5), null);
  expect(managers.findings().map(({ values }) => values)).toEqual([
    { why: 'several', value: { quote: 'a' }, rows: 1, line: 2, lines: [3, 9] },
    { why: 'without-id', value: { quote: 'b' }, rows: 1, line: 5, lines: [4] },
  ]);
});

test('of very many values the first are told, and of the others the number of rows', () => {
  const managers = new ManagerLookup(nobody);
  for (let line = 2; line < MAX_MANAGERS_TOLD + 32; line++) managers.idOf(`nobody ${line}`, rowOn(line), 'Manager');
  managers.idOf('nobody 2', rowOn(1_000), 'Manager');
  const found = managers.findings();
  expect(found).toHaveLength(MAX_MANAGERS_TOLD + 1);
  expect(found[0]?.values).toMatchObject({ rows: 2 });
  expect(found.at(-1)?.values).toEqual({ why: 'others', rows: 30, line: MAX_MANAGERS_TOLD + 2 });
});

test('in a file that does not have everybody all are left out, in one finding', () => {
  const managers = new ManagerLookup(null);
  expect(managers.idOf('a', rowOn(2), 'Manager')).toBeUndefined();
  expect(managers.idOf('b', rowOn(3), 'Manager')).toBeUndefined();
  expect(managers.findings().map(({ values }) => values)).toEqual([{ why: 'not-whole', rows: 2, line: 2 }]);
});
