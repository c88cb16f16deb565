// Checks one leaf of a mapping: its members, and whether its value can have the attribute's type.
import Ajv from 'ajv';
import { isSupportedCountry } from 'libphonenumber-js';
import type { SimpleAttribute } from '../scim/scim-schema';
import { faultOfDateFormat, isKnownZone } from './date-format';
import { inspectExpression } from './expression-syntax';
import { leafSchema, type Leaf } from './mapping-settings';
import { toSettingsProblems } from './schema-problems';
import { problemAt, type SettingsPath, type SettingsProblem } from './settings-problem';
import { valueTypeOf, type LeafValueType } from './value-type';

const validateLeaf = new Ajv({ allErrors: true, allowUnionTypes: true }).compile<Leaf>(leafSchema);

const fits = (value: string | number | boolean, type: LeafValueType): boolean => {
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'integer') return Number.isSafeInteger(value);
  return typeof value === 'string';
};

function checkSource(leaf: Leaf, at: SettingsPath): SettingsProblem[] {
  const named = (['column', 'const', 'expression'] as const).filter((source) => leaf[source] !== undefined);
  if (named.length !== 1) {
    const message = `Exactly one of "column", "const" and "expression" is needed; here ${named.length === 0 ? 'is none' : `are ${named.join(' and ')}`}.`;
    return [problemAt(at, 'settings-leaf-source', message)];
  }
  const idle = Object.keys(leaf).filter((member) => member !== 'const' && member !== 'type');
  if (leaf.const !== undefined && idle.length > 0) {
    return [problemAt([...at, idle[0] ?? ''], 'settings-leaf-contradiction', 'This has no effect beside "const".')];
  }
  if (leaf.expression === undefined) return [];
  const syntax = inspectExpression(leaf.expression);
  return syntax.ok ? [] : [problemAt([...at, 'expression'], syntax.code, syntax.message)];
}

function checkTyping(leaf: Leaf, attribute: SimpleAttribute, custom: boolean, at: SettingsPath): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  const wrong = (member: string, message: string, code: 'settings-attribute-type' | 'settings-leaf-contradiction') =>
    problems.push(problemAt([...at, member], code, message));
  const type = valueTypeOf(leaf, attribute);
  if (leaf.type !== undefined && !custom && valueTypeOf({}, attribute) !== leaf.type) {
    wrong('type', `The SCIM schema gives this attribute the type ${attribute.type}.`, 'settings-attribute-type');
  }
  const texts = (['date', 'phone', 'country'] as const).filter((member) => leaf[member] !== undefined);
  if (texts.length > 1) wrong(texts[1] ?? '', `This excludes "${texts[0] ?? ''}".`, 'settings-leaf-contradiction');
  for (const member of texts) {
    const possible = type === 'string' || (member === 'date' && type === 'dateTime');
    if (!possible) wrong(member, `A value of type ${type} cannot be this.`, 'settings-attribute-type');
  }
  for (const member of ['const', 'default'] as const) {
    const value = leaf[member];
    if (value !== undefined && !fits(value, type)) wrong(member, `Must be of type ${type}.`, 'settings-attribute-type');
    if (value === '') wrong(member, 'An empty text is no value.', 'settings-leaf-contradiction');
  }
  const converted = texts.length > 0;
  for (const [text, value] of Object.entries(leaf.values ?? {})) {
    const ok = converted ? typeof value === 'string' : fits(value, type);
    if (!ok) problems.push(problemAt([...at, 'values', text], 'settings-attribute-type', `Must be of type ${type}.`));
  }
  return problems;
}

/** Why no text of a file can be this one of the table, or null. */
function whyNeverEqual(text: string, { trim, case: form }: Leaf): string | null {
  if (text.trim() === '') return 'a blank cell goes to "default" or "whenEmpty"';
  if (trim !== false && text !== text.trim()) return 'outer spaces are removed before';
  if (form === 'lower' && text !== text.toLowerCase()) return 'the value is in lower case by then';
  if (form === 'upper' && text !== text.toUpperCase()) return 'the value is in upper case by then';
  return null;
}

function checkCombination(leaf: Leaf, at: SettingsPath): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  const contradiction = (member: string, message: string) =>
    problems.push(problemAt([...at, member], 'settings-leaf-contradiction', message));
  if (leaf.unknown !== undefined && leaf.values === undefined)
    contradiction('unknown', 'This has no effect without "values".');
  for (const text of Object.keys(leaf.values ?? {})) {
    const why = whyNeverEqual(text, leaf);
    if (why === null) continue;
    const message = `This text is never found: ${why}.`;
    problems.push(problemAt([...at, 'values', text], 'settings-leaf-contradiction', message));
  }
  if (leaf.required === true && leaf.whenEmpty !== undefined && leaf.whenEmpty !== 'reject') {
    contradiction('whenEmpty', `A required attribute cannot be empty; "${leaf.whenEmpty}" contradicts "required".`);
  }
  if (leaf.default !== undefined && leaf.whenEmpty !== undefined) {
    contradiction('whenEmpty', 'A blank cell takes the default, so this has no effect beside "default".');
  }
  return problems;
}

function checkConversions(leaf: Leaf, at: SettingsPath): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  const formats = leaf.date === undefined ? [] : [leaf.date.format].flat();
  formats.forEach((format, index) => {
    const fault = faultOfDateFormat(format);
    const place = typeof leaf.date?.format === 'string' ? ['date', 'format'] : ['date', 'format', index];
    if (fault !== null) problems.push(problemAt([...at, ...place], 'settings-date-format', fault));
  });
  const zone = leaf.date?.zone;
  if (zone !== undefined && !isKnownZone(zone)) {
    problems.push(problemAt([...at, 'date', 'zone'], 'settings-date-zone', `${JSON.stringify(zone)} is not known.`));
  }
  if (leaf.phone !== undefined && !isSupportedCountry(leaf.phone.country)) {
    const message = `${JSON.stringify(leaf.phone.country)} is not known.`;
    problems.push(problemAt([...at, 'phone', 'country'], 'settings-country-unknown', message));
  }
  return problems;
}

/** All mistakes of one leaf at `at`. `custom` attributes may choose their type; others have that of the SCIM schema. */
export function checkLeaf(
  value: unknown,
  attribute: SimpleAttribute,
  custom: boolean,
  at: SettingsPath,
): readonly SettingsProblem[] {
  const leaf: unknown = typeof value === 'string' ? { column: value } : value;
  if (Array.isArray(leaf))
    return [problemAt(at, 'settings-attribute-type', 'This attribute has a single value, not a list.')];
  if (!validateLeaf(leaf)) return toSettingsProblems(validateLeaf.errors ?? [], at);
  return [
    ...checkSource(leaf, at),
    ...checkTyping(leaf, attribute, custom, at),
    ...checkCombination(leaf, at),
    ...checkConversions(leaf, at),
  ];
}
