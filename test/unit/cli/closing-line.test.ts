// The pattern that init makes of a closing line: it fits the lines of other days, and nothing else.
import { patternOfCount, patternOfLine, saysCount } from '../../../cli/init/closing-line';
import { compileLinearPattern } from '../../../shared/columns/linear-pattern';

/** What the group `rows` finds in a line; null if the pattern does not fit it. */
function rowsIn(pattern: string | null, line: string): string | null {
  const compiled = compileLinearPattern(pattern ?? '');
  if (pattern === null || !compiled.ok) throw new Error(`no pattern: ${pattern ?? 'null'}`);
  const match = compiled.form.matcher(line);
  return match.find() ? match.group('rows') : null;
}

test.each([
  ['(3 rows affected)', 3, '(1 row affected)', '1'],
  ['3 rows selected.', 3, '1,204 rows selected.', '1,204'],
  ['T|0000000003', 3, 'T|0000000017', '0000000017'],
  ['Grand total: 3;;;', 3, 'Grand total: 12;;;', '12'],
  ['Anzahl Datensätze: 1.234', 1_234, 'Anzahl Datensätze: 7', '7'],
  ['Nombre de lignes : 1 234', 1_234, 'Nombre de lignes : 2 001 003', '2 001 003'],
  ['Rows: 3 of 2026-11-27 06:00', 3, 'Rows: 4 of 2026-12-01 06:01', '4'],
  ['  (3 rows)   ', 3, '  (15 rows) ', '15'],
])('%s', (line, rows, other, found) => {
  const pattern = patternOfCount(line, rows);
  expect(rowsIn(pattern, line)?.replace(/\D/g, '')).toMatch(new RegExp(`^0*${rows}$`));
  expect(rowsIn(pattern, other)).toBe(found);
  for (const person of ['3,Ann,ann@contoso.example', '(3 rows affected);Ann', 'x(3 rows affected)'])
    expect(rowsIn(pattern, person)).toBeNull();
});

test.each([
  ['another number', '(3 rows affected)', 4],
  ['two numbers that may be the count', 'Page 3, 3 rows', 3],
  ['a part of a word', 'E3 is the end', 3],
  ['a part of a number', 'Total: 13', 3],
])('no count is found in %s', (_, line, rows) => {
  expect(patternOfCount(line, rows)).toBeNull();
});

test('a line that only says that the rows end is found whatever its numbers', () => {
  const pattern = new RegExp(patternOfLine('End of report 2026-11-27 (page 4)'), 'u');
  expect([pattern.test('End of report 2027-01-02 (page 11)'), pattern.test('End of report')]).toEqual([true, false]);
});

test('closing lines are told from other words', () => {
  expect(['(3 rows affected)', 'TOTAL', 'Anzahl: 7', 'EOF', 'Datensätze 7'].every(saysCount)).toBe(true);
  expect(['Brown', 'Rowan', 'Ann', 'Geoff', 'Feofan', 'Account'].some(saysCount)).toBe(false);
});
