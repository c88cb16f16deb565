// Settings about lines that are not people and rows that are not for the source: what they become, and which are refused.
import { exportExpectation, parseSourceSettings } from '../../../shared/source/source-settings';

const base = {
  name: 'test',
  job: { servicePrincipalId: 'sp', jobId: 'API2AAD.example' },
  id: 'EmployeeID',
  active: { column: 'Status', active: ['Active'], inactive: ['Left'] },
  mapping: { userName: 'Email' },
};
const parse = (file: object, more: object = {}) =>
  parseSourceSettings(JSON.stringify({ ...base, ...more, file: { format: 'csv', ...file } }), 'test');
const problemsOf = (file: object, more: object = {}): readonly unknown[] => {
  const parsed = parse(file, more);
  return parsed.ok
    ? []
    : parsed.problems.map(({ path, code, values }) => [path, code, (values as { clash?: string }).clash]);
};
const expectationOf = (file: object) => {
  const parsed = parse(file);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return exportExpectation(parsed.settings, 'a.csv', null);
};

describe('what is expected of a file', () => {
  test('says nothing of lines and rows if the settings do not', () => {
    const expected = expectationOf({});
    expect(['lines' in expected, 'rows' in expected]).toEqual([false, false]);
  });
  test('has the rules for lines, each kind alone or both', () => {
    const trailer = { pattern: '^T (?<rows>\\d+)' };
    expect(expectationOf({ ignore: ['#', { pattern: '^x' }] }).lines).toMatchObject({
      ignore: ['#', { pattern: '^x' }],
      trailer: null,
    });
    expect(expectationOf({ trailer }).lines).toMatchObject({ ignore: [], trailer: trailer.pattern });
  });
  test('has the columns that decide about rows among those that every file needs, but not among those of the person', () => {
    const kind = { column: 'Kind', values: ['Employee', 'n/a'] };
    const expected = expectationOf({ only: kind, except: [{ column: 'Unit', values: ['X'] }] });
    expect(expected).toMatchObject({
      rows: { only: [kind], except: [{ column: 'Unit', values: ['X'] }] },
      requiredColumns: ['EmployeeID', 'Status', 'Email', 'Kind', 'Unit'],
      decisiveColumns: ['EmployeeID', 'Status', 'Email'],
      knownTexts: { Kind: ['Employee', 'n/a'], Unit: ['X'] },
    });
    expect(expectationOf({ except: kind }).rows).toEqual({ only: [], except: [kind] });
  });
});

const lines = 'settings-lines-clash';
describe('rules for lines', () => {
  test.each([
    ['the header', ['Employ'], [['$.file.ignore[0]', lines, 'header']]],
    ['the header in quotes', ['"Email'], [['$.file.ignore[0]', lines, 'header']]],
    ['the header by a pattern', ['# ', { pattern: 'Stat' }], [['$.file.ignore[1]', lines, 'header']]],
    ['every line', [{ pattern: '\\d*' }], [['$.file.ignore[0]', lines, 'every-line']]],
    [
      'a pattern that looks ahead',
      [{ pattern: '(?=x)' }],
      [['$.file.ignore[0].pattern', 'settings-pattern-invalid', undefined]],
    ],
    [
      'a pattern that is none',
      [{ pattern: '(' }],
      [['$.file.ignore[0].pattern', 'settings-pattern-invalid', undefined]],
    ],
    ['no text', [''], [['$.file.ignore[0]', 'settings-member-form', undefined]]],
    ['none', [], [['$.file.ignore', 'settings-member-form', undefined]]],
    [
      'another member',
      [{ regex: 'x' }],
      [
        ['$.file.ignore[0].pattern', 'settings-member-missing', undefined],
        ['$.file.ignore[0].regex', 'settings-member-unknown', undefined],
      ],
    ],
  ])('are refused: %s', (_, ignore, problems) => {
    expect(problemsOf({ ignore })).toEqual(problems);
  });
  test('are refused if an alias of a column begins like that', () => {
    expect(problemsOf({ ignore: ['Pers'], aliases: { EmployeeID: ['Personalnummer'] } })).toEqual([
      ['$.file.ignore[0]', lines, 'header'],
    ]);
  });
  test.each([
    ['^Total: (?<rows>\\d+)', 'Total', true],
    ['^Total: (?<rows>\\d+)', 'Total: 1', false],
    ['^\\((?<rows>\\d+) rows', '(', true],
    ['^Totals?: (?<rows>\\d+)', 'Totals', false],
    ['^Totals?: (?<rows>\\d+)', 'Total', true],
    ['^Total: (?<rows>\\d+)|^Sum: (?<rows2>\\d+)', 'Total', false],
    ['Total: (?<rows>\\d+)', 'Total', false],
  ])('with the trailer %s, to ignore %j is refused: %j', (pattern, ignored, isRefused) => {
    expect(problemsOf({ ignore: [ignored], trailer: { pattern } })).toEqual(
      isRefused ? [['$.file.ignore[0]', lines, 'trailer']] : [],
    );
  });
  test.each([
    ['^Total: (\\d+)', lines, 'no-count'],
    ['^Total: (?<row>\\d+)', lines, 'no-count'],
    ['^Total: (?<rows>\\d+', 'settings-pattern-invalid', undefined],
    ['^Total: (?<rows>\\d+)(?!x)', 'settings-pattern-invalid', undefined],
  ])('a trailer is refused: %s', (pattern, code, clash) => {
    expect(problemsOf({ trailer: { pattern } })).toEqual([['$.file.trailer.pattern', code, clash]]);
  });
});

const clash = 'settings-filter-clash';
const kind = (...values: string[]) => ({ column: 'Kind', values });
describe('rows that are for the source', () => {
  test.each([
    [
      'one value in both',
      { only: kind('A', 'B'), except: kind('C', ' b ') },
      [['$.file.except.values[1]', clash, 'both']],
    ],
    ['a column twice', { only: [kind('A'), kind('B')] }, [['$.file.only[1].column', clash, 'column-twice']]],
    ['a value twice', { except: kind('A', 'a') }, [['$.file.except.values[1]', clash, 'twice']]],
    [
      'a value that is blank',
      { blank: ['n/a'], except: [kind('N/A')] },
      [['$.file.except[0].values[0]', 'settings-blank-word-used', undefined]],
    ],
    [
      'the word for leavers among those who are not',
      { except: { column: 'Status', values: ['Pre-hire', 'left'] } },
      [['$.file.except.values', clash, 'status-word']],
    ],
    [
      'a status word that is not among those who are',
      { only: { column: 'Status', values: ['Active'] } },
      [['$.file.only.values', clash, 'status-word']],
    ],
    ['no value', { only: kind() }, [['$.file.only.values', 'settings-member-form', undefined]]],
    ['no column', { only: { values: ['A'] } }, [['$.file.only.column', 'settings-member-missing', undefined]]],
    ['a blank value', { only: kind(' ') }, [['$.file.only.values[0]', 'settings-member-form', undefined]]],
  ])('are refused: %s', (_, file, problems) => {
    expect(problemsOf(file)).toEqual(problems);
  });
  test('may name different values of one column, and status words beside all that are declared', () => {
    expect(problemsOf({ only: kind('A', 'B'), except: kind('C') })).toEqual([]);
    expect(problemsOf({ only: { column: 'Status', values: ['active', 'LEFT'] } })).toEqual([]);
    expect(problemsOf({ except: { column: 'Status', values: ['Pre-hire'] } })).toEqual([]);
  });
  test('must leave the words and the blank cells of each status column, also of one of several', () => {
    const all = [
      { column: 'Status', active: ['Active'], inactive: ['Left'], blank: 'active' },
      { column: 'ACTION', inactive: ['D'], others: 'active' },
    ];
    const problem = [['$.file.only.values', clash, 'status-word']];
    expect(problemsOf({ only: { column: 'ACTION', values: ['A', 'U'] } }, { active: { all } })).toEqual(problem);
    expect(problemsOf({ only: { column: 'ACTION', values: ['A', 'D'] } }, { active: { all } })).toEqual([]);
    expect(problemsOf({ only: { column: 'Status', values: ['Active', 'Left'] } }, { active: { all } })).toEqual(
      problem,
    );
    expect(problemsOf({ except: { column: 'ACTION', values: ['N'] } }, { active: { all } })).toEqual([]);
  });
});
