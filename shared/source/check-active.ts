// Checks `active` beyond its schema: where the status comes from, that no word, blank cell or day has two meanings, and that each part decides.
import { knownBlankWord } from '../columns/blank-words';
import { foldStatusWord } from '../columns/fold';
import { quote } from '../core/message';
import { schemaCheck } from '../core/schema-check';
import { activeSchema, statusColumnsOf, type ActiveSettings, type PlacedStatusColumn } from './active-settings';
import { checkDate } from './check-leaf';
import { inspectExpression } from './expression-syntax';
import { problemAt, type SettingsPath, type SettingsProblem } from './settings-problem';
import type { StatusClash } from './source-codes';

const activeCheck = schemaCheck(activeSchema, { allowUnionTypes: true });

const clashAt = (path: SettingsPath, clash: StatusClash): SettingsProblem =>
  problemAt(path, 'settings-status-contradiction', clash);

/** The mistakes of `active`; none of a value that its schema refuses, which the check of the frame reports. */
export function checkActive(value: unknown): readonly SettingsProblem[] {
  const validate = activeCheck();
  if (!validate(value)) return [];
  const columns = statusColumnsOf(value);
  return [
    ...checkForm(value),
    ...columns.flatMap(({ path, status }) => [
      ...checkSource(path, status),
      ...checkMeanings(path, status),
      ...checkWords(path, status),
      ...checkBlank(path, status),
    ]),
    ...checkDays(value),
    ...checkColumns(value, columns),
  ];
}

const OF_COLUMN = ['active', 'inactive', 'others', 'blank'] as const;

/** One column, one expression, a list of them, or days alone. */
function checkForm(active: ActiveSettings): SettingsProblem[] {
  const named = (['column', 'expression', 'all'] as const).filter((member) => active[member] !== undefined);
  const hasDays = active.until !== undefined || active.from !== undefined;
  if (named.length > 1 || (named.length === 0 && !hasDays))
    return [problemAt(['active'], 'settings-status-source', { named, isInList: false })];
  if (named.length === 1 && active.all === undefined) return [];
  return OF_COLUMN.filter((member) => active[member] !== undefined).map((member) =>
    clashAt(['active', member], { clash: 'without-column' }),
  );
}

type Status = PlacedStatusColumn['status'];

function checkSource(path: SettingsPath, { column, expression }: Status): SettingsProblem[] {
  if (path.length > 1 && (column === undefined) === (expression === undefined)) {
    const named = column === undefined ? [] : ['column', 'expression'];
    return [problemAt(path, 'settings-status-source', { named, isInList: true })];
  }
  if (expression === undefined) return [];
  const syntax = inspectExpression(expression);
  return syntax.ok ? [] : [problemAt([...path, 'expression'], syntax.code, syntax.values)];
}

/** Each list is written, unless something else says who is active, or inactive. */
function checkMeanings(path: SettingsPath, { active, inactive, others, blank }: Status): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  if (active === undefined && others === undefined && blank !== 'active')
    problems.push(problemAt([...path, 'active'], 'settings-member-missing', {}));
  if (inactive === undefined && blank !== 'inactive')
    problems.push(problemAt([...path, 'inactive'], 'settings-member-missing', {}));
  if (others === undefined) return problems;
  if (active !== undefined) problems.push(clashAt([...path, 'others'], { clash: 'others-beside-active' }));
  else if ((inactive ?? []).length === 0 && blank !== 'inactive')
    problems.push(clashAt([...path, 'others'], { clash: 'decides-nothing' }));
  return problems;
}

function checkWords(path: SettingsPath, status: Status): SettingsProblem[] {
  const firstList = new Map<string, string>();
  const problems: SettingsProblem[] = [];
  for (const list of ['active', 'inactive'] as const) {
    (status[list] ?? []).forEach((word, index) => {
      const folded = foldStatusWord(word);
      const before = firstList.get(folded);
      if (before === undefined) firstList.set(folded, list);
      else
        problems.push(
          problemAt([...path, list, index], 'settings-status-overlap', { word: quote(word), list: before }),
        );
    });
  }
  return problems;
}

/** A word that programs write for no value cannot mean the one thing while a blank cell means the other. */
function checkBlank(path: SettingsPath, status: Status): SettingsProblem[] {
  const { blank } = status;
  if (blank === undefined) return [];
  const list = blank === 'active' ? 'inactive' : 'active';
  return (status[list] ?? []).flatMap((word, index) =>
    knownBlankWord(word) === null
      ? []
      : [clashAt([...path, list, index], { clash: 'blank-word', word: quote(word.trim()), blank })],
  );
}

function checkDays({ until, from }: ActiveSettings): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  if (until !== undefined) problems.push(...checkDate(until.date, ['active', 'until', 'date']));
  if (from === undefined) return problems;
  problems.push(...checkDate(from.date, ['active', 'from', 'date']));
  if (from.daysBefore !== undefined && from.before !== 'not-yet')
    problems.push(clashAt(['active', 'from', 'daysBefore'], { clash: 'days-without-not-yet' }));
  if (from.before === 'active' && from.blank === 'active')
    problems.push(clashAt(['active', 'from'], { clash: 'decides-nothing' }));
  return problems;
}

/** Each column has one meaning. */
function checkColumns({ until, from }: ActiveSettings, columns: readonly PlacedStatusColumn[]): SettingsProblem[] {
  const named = [
    ...columns.map(({ path, status }) => ({ path, column: status.column })),
    { path: ['active', 'until'], column: until?.column },
    { path: ['active', 'from'], column: from?.column },
  ];
  const seen = new Set<string>();
  return named.flatMap(({ path, column }) => {
    if (column === undefined) return [];
    const isTwice = seen.has(column);
    seen.add(column);
    return isTwice ? [clashAt([...path, 'column'], { clash: 'same-column', column: quote(column) })] : [];
  });
}
