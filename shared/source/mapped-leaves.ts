// The leaves of a mapping: which columns of the file they read, and which texts they name for them.
import { enterpriseUserUrn, isCustomExtension, rootAttributes, simpleAttribute } from '../scim/scim-schema';
import type { ScimAttribute } from '../scim/scim-schema';
import {
  toLeaf,
  type Leaf,
  type LeafSettings,
  type Lookup,
  type MappingBranch,
  type MappingNode,
} from './mapping-settings';
import { statusColumnsOf } from './active-settings';
import { filtersOf } from './rows-settings';
import type { SettingsPath } from './settings-problem';
import { inspectExpression } from './expression-syntax';
import { columnsOfRules, preferRulesOf } from './rows-per-person-settings';
import { leaveDateOf, type SourceSettings, idColumnOf } from './settings-schema';

/** A leaf with its place: `path` are the steps below `mapping`. */
export interface PlacedLeaf {
  readonly path: SettingsPath;
  readonly leaf: Leaf;
}

function* walkNode(node: MappingNode, attribute: ScimAttribute, path: SettingsPath): Generator<PlacedLeaf> {
  if (attribute.type !== 'complex') {
    yield { path, leaf: toLeaf(node as LeafSettings) };
  } else if (Array.isArray(node)) {
    for (const [index, item] of (node as readonly MappingNode[]).entries()) {
      yield* walkNode(item, { ...attribute, many: false }, [...path, index]);
    }
  } else {
    for (const [name, child] of Object.entries(node as MappingBranch)) {
      yield* walkNode(child, attribute.attributes[name] ?? simpleAttribute, [...path, name]);
    }
  }
}

/** All leaves of a valid mapping, in the order of the settings. */
export function* walkMapping(mapping: MappingBranch): Generator<PlacedLeaf> {
  for (const [name, node] of Object.entries(mapping)) {
    if (isCustomExtension(name)) {
      for (const [member, leaf] of Object.entries(node as MappingBranch)) {
        yield { path: [name, member], leaf: toLeaf(leaf as LeafSettings) };
      }
    } else {
      yield* walkNode(node, rootAttributes[name] ?? simpleAttribute, [name]);
    }
  }
}

/** The columns that a leaf reads; for JSON, paths. */
export function columnsOfLeaf(leaf: Pick<Leaf, 'column' | 'expression'>): readonly string[] {
  if (leaf.column !== undefined) return [leaf.column];
  if (leaf.expression === undefined) return [];
  const syntax = inspectExpression(leaf.expression);
  return syntax.ok ? syntax.columns : [];
}

/** The columns that decide whether an account is enabled: those with words, and those with days. */
function columnsOfActive({ active }: Pick<SourceSettings, 'active'>): readonly string[] {
  const days = [active.until, active.from].flatMap((day) => (day === undefined ? [] : [day.column]));
  return [...statusColumnsOf(active).flatMap(({ status }) => columnsOfLeaf(status)), ...days];
}

/** The columns that are read to look up managers; none for a leaf that looks up nobody. */
function columnsOfLookup({ lookup }: Pick<Leaf, 'lookup'>): readonly string[] {
  return lookup === undefined ? [] : columnsOfLeaf(typeof lookup === 'string' ? { column: lookup } : lookup);
}

/** Where valid settings look up managers; null if they name them by their ids. */
export function lookupOf({ mapping }: Pick<SourceSettings, 'mapping'>): Lookup | null {
  for (const { leaf } of walkMapping(mapping)) if (leaf.lookup !== undefined) return leaf.lookup;
  return null;
}

/** True of the leaf that names the manager. */
export const isManager = ([root, member]: SettingsPath): boolean => root === enterpriseUserUrn && member === 'manager';

const NAMES_OF_PERSON: ReadonlySet<string> = new Set(['name', 'displayName', 'nickName']);
const NO_NAMES: ReadonlySet<string> = new Set(['honorificPrefix', 'honorificSuffix']);

/** True of the leaves that name the person. */
const isName = ([root, member]: SettingsPath): boolean =>
  NAMES_OF_PERSON.has(String(root)) && !NO_NAMES.has(String(member));

/**
 * The columns of valid settings, each once: `certain` are those of `id` and `active`, `required` those and that of `userName`, `filters` those that
 * say whether a row is for the source, `preferred` those by which one of several rows of a person counts, `managers` those of the manager, `lookups`
 * those in which managers are looked up, `names` those of the person's names; `mapped` are all that are read.
 */
export function columnsOf(settings: SourceSettings): {
  readonly certain: readonly string[];
  readonly required: readonly string[];
  readonly filters: readonly string[];
  readonly preferred: readonly string[];
  readonly managers: readonly string[];
  readonly lookups: readonly string[];
  readonly names: readonly string[];
  readonly mapped: readonly string[];
} {
  const certain = [idColumnOf(settings), ...columnsOfActive(settings)];
  const required = new Set(certain);
  const mapped = new Set(required);
  const managers = new Set<string>();
  const lookups = new Set<string>();
  const names = new Set<string>();
  for (const { path, leaf } of walkMapping(settings.mapping)) {
    for (const column of columnsOfLeaf(leaf)) {
      mapped.add(column);
      if (path[0] === 'userName') required.add(column);
      if (isManager(path)) managers.add(column);
      if (isName(path)) names.add(column);
    }
    for (const column of columnsOfLookup(leaf)) lookups.add(column);
  }
  for (const column of lookups) mapped.add(column);
  const leaveDate = leaveDateOf(settings);
  if (leaveDate !== null) mapped.add(leaveDate.column);
  const filters = new Set(rowFiltersOf(settings).map(({ column }) => column));
  for (const column of filters) mapped.add(column);
  const preferred = columnsOfRules(settings);
  for (const column of preferred) mapped.add(column);
  return {
    certain,
    required: [...required],
    filters: [...filters],
    preferred,
    managers: [...managers],
    lookups: [...lookups],
    names: [...names],
    mapped: [...mapped],
  };
}

const rowFiltersOf = ({ file }: Pick<SourceSettings, 'file'>) =>
  [...filtersOf(file.only), ...filtersOf(file.except)].map(({ filter }) => filter);

/**
 * Column → the texts that valid settings name for it: status words, texts of tables of values, the column's own words for blank, values that say whether
 * a row is for the source, and words by which one of several rows of a person counts.
 */
export function knownTextsOf(settings: SourceSettings): Readonly<Record<string, readonly string[]>> {
  const known = new Map<string, readonly string[]>();
  for (const { status } of statusColumnsOf(settings.active)) {
    const { column, active = [], inactive = [] } = status;
    if (column !== undefined) known.set(column, [...active, ...inactive]);
  }
  for (const { leaf } of walkMapping(settings.mapping)) {
    if (leaf.column === undefined) continue;
    const named = [...Object.keys(leaf.values ?? {}), ...(leaf.blank ?? [])];
    if (named.length > 0) known.set(leaf.column, [...(known.get(leaf.column) ?? []), ...named]);
  }
  for (const { column, values } of rowFiltersOf(settings)) known.set(column, [...(known.get(column) ?? []), ...values]);
  for (const rule of preferRulesOf(settings))
    if (rule !== 'active' && rule.values !== undefined)
      known.set(rule.column, [...(known.get(rule.column) ?? []), ...rule.values]);
  return Object.fromEntries(known);
}
