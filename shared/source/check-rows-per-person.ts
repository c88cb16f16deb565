// Checks the rules for several rows of one person beyond their schema: each is of one kind, and can decide something that no earlier one has decided.
import { compileBlankWords } from '../columns/blank-words';
import { foldStatusWord } from '../columns/fold';
import { quote } from '../core/message';
import { canBeInactive } from './active-settings';
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
    const same = rules.slice(0, index).findIndex((earlier) => keyOf(earlier) === keyOf(rule));
    return same < 0 ? problems : [...problems, clashAt(at, { clash: 'same', rule: same + 1 })];
  });
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
