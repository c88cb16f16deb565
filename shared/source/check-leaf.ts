// Checks one leaf of a mapping: its members, and whether its value can have the attribute's type.
import { quote } from '../core/message';
import type { LeafClash, TypeMistake } from './source-codes';
import { schemaCheck } from '../core/schema-check';
import { isSupportedCountry } from 'libphonenumber-js';
import { enterpriseUserUrn, type SimpleAttribute } from '../scim/scim-schema';
import { faultOfDateFormat, isKnownZone } from './date-format';
import { inspectExpression } from './expression-syntax';
import { leafSchema, type Leaf, valueTypeOf, type LeafValueType } from './mapping-settings';
import { toSettingsProblems } from './schema-problems';
import { problemAt, type SettingsPath, type SettingsProblem } from './settings-problem';

const leafCheck = schemaCheck(leafSchema, { allErrors: true, allowUnionTypes: true });

const fits = (value: string | number | boolean, type: LeafValueType): boolean => {
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'integer') return Number.isSafeInteger(value);
  return typeof value === 'string';
};

function checkSource(leaf: Leaf, at: SettingsPath): SettingsProblem[] {
  const named = (['column', 'const', 'expression'] as const).filter((source) => leaf[source] !== undefined);
  if (named.length !== 1) {
    return [problemAt(at, 'settings-leaf-source', { named })];
  }
  const idle = Object.keys(leaf).filter((member) => member !== 'const' && member !== 'type');
  if (leaf.const !== undefined && idle.length > 0) {
    return [problemAt([...at, idle[0] ?? ''], 'settings-leaf-contradiction', { clash: 'beside-const' })];
  }
  if (leaf.expression === undefined) return [];
  const syntax = inspectExpression(leaf.expression);
  return syntax.ok ? [] : [problemAt([...at, 'expression'], syntax.code, syntax.values)];
}

function checkTyping(leaf: Leaf, attribute: SimpleAttribute, custom: boolean, at: SettingsPath): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  const mistyped = (member: string, mistake: TypeMistake) =>
    problems.push(problemAt([...at, member], 'settings-attribute-type', mistake));
  const clashing = (member: string, clash: LeafClash) =>
    problems.push(problemAt([...at, member], 'settings-leaf-contradiction', clash));
  const type = valueTypeOf(leaf, attribute);
  if (leaf.type !== undefined && !custom && valueTypeOf({}, attribute) !== leaf.type) {
    mistyped('type', { expected: 'scim-type', type: attribute.type });
  }
  const texts = (['date', 'phone', 'country', 'lookup'] as const).filter((member) => leaf[member] !== undefined);
  if (texts.length > 1) clashing(texts[1] ?? '', { clash: 'excludes', other: texts[0] ?? '' });
  for (const member of texts) {
    const possible = type === 'string' || (member === 'date' && type === 'dateTime');
    if (!possible) mistyped(member, { expected: 'other-conversion', type });
  }
  for (const member of ['const', 'default'] as const) {
    const value = leaf[member];
    if (value !== undefined && !fits(value, type)) mistyped(member, { expected: 'type', type });
    if (value === '') clashing(member, { clash: 'empty-text' });
  }
  const converted = texts.length > 0;
  for (const [text, value] of Object.entries(leaf.values ?? {})) {
    const ok = converted ? typeof value === 'string' : fits(value, type);
    if (!ok) problems.push(problemAt([...at, 'values', text], 'settings-attribute-type', { expected: 'type', type }));
  }
  return problems;
}

/** Why no text of a file can equal this text of the table, or null. */
function whyNeverEqual(text: string, { trim, case: form }: Leaf): 'blank' | 'trimmed' | 'lower' | 'upper' | null {
  if (text.trim() === '') return 'blank';
  if (trim !== false && text !== text.trim()) return 'trimmed';
  if (form === 'lower' && text !== text.toLowerCase()) return 'lower';
  if (form === 'upper' && text !== text.toUpperCase()) return 'upper';
  return null;
}

function checkCombination(leaf: Leaf, at: SettingsPath): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  const contradiction = (member: string, clash: LeafClash) =>
    problems.push(problemAt([...at, member], 'settings-leaf-contradiction', clash));
  if (leaf.unknown !== undefined && leaf.values === undefined) contradiction('unknown', { clash: 'without-values' });
  for (const text of Object.keys(leaf.values ?? {})) {
    const reason = whyNeverEqual(text, leaf);
    if (reason === null) continue;
    problems.push(problemAt([...at, 'values', text], 'settings-leaf-contradiction', { clash: 'never-found', reason }));
  }
  if (leaf.required === true && leaf.whenEmpty !== undefined && leaf.whenEmpty !== 'reject') {
    contradiction('whenEmpty', { clash: 'required', whenEmpty: leaf.whenEmpty });
  }
  if (leaf.default !== undefined && leaf.whenEmpty !== undefined) {
    contradiction('whenEmpty', { clash: 'beside-default' });
  }
  return problems;
}

function checkConversions(leaf: Leaf, at: SettingsPath): SettingsProblem[] {
  const problems = leaf.date === undefined ? [] : checkDate(leaf.date, [...at, 'date']);
  if (leaf.phone !== undefined && !isSupportedCountry(leaf.phone.country)) {
    const country = quote(leaf.phone.country);
    problems.push(problemAt([...at, 'phone', 'country'], 'settings-country-unknown', { country }));
  }
  return problems;
}

/** The mistakes of a date's forms and zone, at `at`. */
export function checkDate(date: NonNullable<Leaf['date']>, at: SettingsPath): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  [date.format].flat().forEach((format, index) => {
    const fault = faultOfDateFormat(format);
    const place = typeof date.format === 'string' ? ['format'] : ['format', index];
    if (fault !== null) problems.push(problemAt([...at, ...place], 'settings-date-format', fault));
  });
  const { zone } = date;
  if (zone !== undefined && !isKnownZone(zone)) {
    problems.push(problemAt([...at, 'zone'], 'settings-date-zone', { zone: quote(zone) }));
  }
  return problems;
}

/** A row may go without what does not decide about the person: never without the user name, nor without what is required. */
function checkOmit(leaf: Leaf, at: SettingsPath): SettingsProblem[] {
  if (leaf.onUnreadable !== 'omit') return [];
  const contradiction = (clash: LeafClash) => [
    problemAt([...at, 'onUnreadable'], 'settings-leaf-contradiction', clash),
  ];
  if (at.length === 2 && at[1] === 'userName') return contradiction({ clash: 'omit-user-name' });
  if (leaf.required === true) return contradiction({ clash: 'omit-required', member: 'required' });
  if (leaf.whenEmpty === 'reject') return contradiction({ clash: 'omit-required', member: 'whenEmpty' });
  return leaf.unknown === 'reject' ? contradiction({ clash: 'omit-unknown' }) : [];
}

function checkForm(leaf: Leaf, at: SettingsPath): SettingsProblem[] {
  if (leaf.form === undefined || (at.length === 2 && at[1] === 'userName')) return [];
  return [problemAt([...at, 'form'], 'settings-leaf-contradiction', { clash: 'not-user-name' })];
}

const isManagerValue = ([, root, member, value]: SettingsPath): boolean =>
  root === enterpriseUserUrn && member === 'manager' && value === 'value';

function checkLeafLookup(leaf: Leaf, at: SettingsPath): SettingsProblem[] {
  const { lookup, column, required, whenEmpty } = leaf;
  if (lookup === undefined) return [];
  const here = [...at, 'lookup'];
  const clashing = (clash: LeafClash) => [problemAt(here, 'settings-leaf-contradiction', clash)];
  if (!isManagerValue(at)) return clashing({ clash: 'not-manager' });
  if (typeof lookup === 'object') {
    const syntax = inspectExpression(lookup.expression);
    if (!syntax.ok) return [problemAt([...here, 'expression'], syntax.code, syntax.values)];
  }
  return [
    ...(lookup === column ? clashing({ clash: 'looks-up-itself' }) : []),
    // Whoever is not found is left out, so the two would contradict each other.
    ...(required === true ? clashing({ clash: 'excludes', other: 'required' }) : []),
    ...(whenEmpty === 'reject' ? clashing({ clash: 'excludes', other: 'whenEmpty' }) : []),
  ];
}

/** All mistakes of one leaf at `at`. `custom` attributes may choose their type; others have that of the SCIM schema. */
export function checkLeaf(
  value: unknown,
  attribute: SimpleAttribute,
  custom: boolean,
  at: SettingsPath,
): readonly SettingsProblem[] {
  const leaf: unknown = typeof value === 'string' ? { column: value } : value;
  if (Array.isArray(leaf)) return [problemAt(at, 'settings-attribute-type', { expected: 'single' })];
  const validate = leafCheck();
  if (!validate(leaf)) return toSettingsProblems(validate.errors ?? [], at);
  return [
    ...checkForm(leaf, at),
    ...checkOmit(leaf, at),
    ...checkSource(leaf, at),
    ...checkTyping(leaf, attribute, custom, at),
    ...checkCombination(leaf, at),
    ...checkConversions(leaf, at),
    ...checkLeafLookup(leaf, at),
  ];
}
