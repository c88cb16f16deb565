// Checks the rules for several rows of one person beyond their schema: each is of one kind, and can decide something that no earlier one has decided.
import { compileBlankWords } from '../columns/blank-words';
import { foldStatusWord } from '../columns/fold';
import { quote } from '../core/message';
import { canBeInactive, statusColumnsOf } from './active-settings';
import { checkDate } from './check-leaf';
import { preferRulesOf, type PreferRule } from './rows-per-person-settings';
import { idColumnOf, type SourceSettings } from './settings-schema';
import { problemAt, type SettingsPath, type SettingsProblem } from './settings-problem';
import type { RuleClash } from './source-codes';

type ColumnRule = Exclude<PreferRule, 'active'>;

const clashAt = (path: SettingsPath, clash: RuleClash): SettingsProblem =>
  problemAt(path, 'settings-rule-contradiction', clash);

/** The mistakes in `rowsPerPerson` of settings whose form is valid. */
export function checkRowsPerPerson(settings: SourceSettings): readonly SettingsProblem[] {
  const rules = preferRulesOf(settings);
  return rules.flatMap((rule, index) => {
    const at = ['rowsPerPerson', 'prefer', index];
    const problems = rule === 'active' ? checkActive(settings, at) : checkRule(rule, settings, at);
    const earlier = rules.slice(0, index);
    const same = earlier.findIndex((one) => keyOf(one) === keyOf(rule));
    if (same >= 0) return [...problems, clashAt(at, { clash: 'same', rule: same + 1 })];
    const status = earlier.findIndex((one) => tellsAllThat(one, rule, settings));
    return status < 0 ? problems : [...problems, clashAt(at, { clash: 'status-words', rule: status + 1 })];
  });
}

/** True if one of the two rules is "active", the other one asks for words of the status, and what the later one sees follows from the earlier one. */
function tellsAllThat(earlier: PreferRule, rule: PreferRule, settings: SourceSettings): boolean {
  const [byWords, isLater] = earlier === 'active' ? [rule, true] : [earlier, false];
  if (byWords === 'active' || (!isLater && rule !== 'active') || byWords.values === undefined) return false;
  const classes = classesOfStatus(settings, byWords.column, new Set(byWords.values.map(foldStatusWord)));
  if (classes === null) return false;
  const { active, inactive } = classes;
  if (isLater) return !(active.preferred && active.other) && !(inactive.preferred && inactive.other);
  return !(active.preferred && inactive.preferred) && !(active.other && inactive.other);
}

/** Whether a rule prefers some words of a kind, and leaves some. */
interface WordsOfKind {
  readonly preferred: boolean;
  readonly other: boolean;
}

/** What a rule makes of the words of the status; null if the column is not all that the status depends on. */
function classesOfStatus(
  { active }: SourceSettings,
  column: string,
  preferred: ReadonlySet<string>,
): { readonly active: WordsOfKind; readonly inactive: WordsOfKind } | null {
  const columns = statusColumnsOf(active);
  const status = columns[0]?.status;
  const isAlone = columns.length === 1 && active.until === undefined && active.from === undefined;
  if (!isAlone || status?.column !== column) return null;
  const { active: works = [], inactive = [], others, blank } = status;
  const kind = (words: readonly string[], isBlank: boolean): WordsOfKind => {
    const all = [...words.map(foldStatusWord), ...(isBlank ? [''] : [])];
    return { preferred: all.some((word) => preferred.has(word)), other: all.some((word) => !preferred.has(word)) };
  };
  const gone = kind(inactive, blank === 'inactive');
  if (others === undefined) return { active: kind(works, blank === 'active'), inactive: gone };
  // Every word that is not an inactive one, and of those there is always one more.
  const known = new Set(inactive.map(foldStatusWord));
  return { active: { preferred: [...preferred].some((word) => !known.has(word)), other: true }, inactive: gone };
}

function checkActive({ active }: SourceSettings, at: SettingsPath): SettingsProblem[] {
  return canBeInactive(active) ? [] : [clashAt(at, { clash: 'nobody-inactive' })];
}

function checkRule(rule: ColumnRule, settings: SourceSettings, at: SettingsPath): SettingsProblem[] {
  const { column, values, latest, date } = rule;
  if (column === idColumnOf(settings)) return [clashAt([...at, 'column'], { clash: 'id-column' })];
  if (values !== undefined) {
    const other = latest === undefined ? (date === undefined ? null : 'date') : 'latest';
    return other === null
      ? checkWords(values, settings, [...at, 'values'])
      : [clashAt([...at, other], { clash: 'beside-values', member: other })];
  }
  if (latest === undefined)
    return [problemAt([...at, date === undefined ? 'values' : 'latest'], 'settings-member-missing', {})];
  if (date === undefined) return [problemAt([...at, 'date'], 'settings-member-missing', {})];
  return checkDate(date, [...at, 'date']);
}

function checkWords(values: readonly string[], { file }: SourceSettings, at: SettingsPath): SettingsProblem[] {
  const isBlank = compileBlankWords(file.blank);
  return values.flatMap((word, index) =>
    isBlank(word)
      ? [problemAt([...at, index], 'settings-blank-word-used', { word: quote(word), place: 'prefer' })]
      : [],
  );
}

/** Rules with the same key see the same in every row. */
function keyOf(rule: PreferRule): string {
  if (rule === 'active') return rule;
  const { column, values, date } = rule;
  return values === undefined
    ? JSON.stringify([column, date])
    : JSON.stringify([column, [...new Set(values.map(foldStatusWord))].sort()]);
}
