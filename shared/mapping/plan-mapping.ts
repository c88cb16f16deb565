// From the settings' mapping to a plan, once per file: members in the order of the SCIM schema, with `type` "work" by default.
import { knownBlankWord } from '../columns/blank-words';
import { createIdJudge, type IdTrouble } from '../columns/id';
import type { Rejection } from '../core/rejection';
import { quote } from '../core/message';
import { arePathsRelated, firstStepOf, type RawValue } from '../columns/record-value';
import type { ExportShape, JsonObject } from '../export/export-record';
import {
  enterpriseUserUrn,
  isCustomExtension,
  rootAttributes,
  simpleAttribute,
  qualifiers,
  workOnlyLists,
  type ComplexAttribute,
  type ScimAttribute,
  type SimpleAttribute,
} from '../scim/scim-schema';
import type { AttributePlace } from '../scim/attribute-path';
import type { ProvisioningTarget } from '../scim/user-limits';
import {
  toLeaf,
  type Leaf,
  type LeafSettings,
  type MappingBranch,
  type MappingNode,
  valueTypeOf,
} from '../source/mapping-settings';
import { statusColumnsOf } from '../source/active-settings';
import { readsUnnamed } from '../source/expression-syntax';
import { columnsOfLeaf } from '../source/mapped-leaves';
import type { SourceSettings } from '../source/settings-schema';
import { bindColumn, rejectRow, type MappedLeaf, type Origin, type RawReader } from './row-in-hand';
import { compileJoin, compileRecordJoin } from './joined-columns';
import { compileLeaf } from './leaf-value';
import { tolerate } from './tolerant-leaf';
import { planLeaf, planList, planObject, type PlanMember, type PlanNode } from './user-plan';

/** An expression that may need the interpreter: `quick` answers null for records that do. */
export interface PlannedExpression {
  readonly quick: ((record: JsonObject) => string | null) | null;
  readonly text: string;
}

/** A compiled mapping: its members at the root of the user, and the expressions to be evaluated before they are built. */
export interface MappingPlan {
  readonly members: readonly PlanMember[];
  readonly leaves: readonly MappedLeaf[];
  /** The raw values of the status columns, in the order of the settings. */
  readonly status: readonly RawReader[];
  /** In the order of `RowInHand.results`; the same of every plan of a mapping for a shape. */
  readonly expressions: readonly PlannedExpression[];
}

const MANAGER = `${enterpriseUserUrn}.manager.value`;

/** What is damage of an id whatever its source. */
const IS_DAMAGE: ReadonlySet<IdTrouble['code']> = new Set([
  'id-with-control-characters',
  'id-in-scientific-notation',
  'id-as-formula',
  'id-as-number',
  'id-lost-zeros',
]);

class Planner {
  readonly expressions: PlannedExpression[] = [];
  readonly leaves: MappedLeaf[] = [];

  constructor(
    private readonly shape: ExportShape,
    private readonly target: ProvisioningTarget,
    private readonly judgeId: (id: string) => IdTrouble | null,
    private readonly isTolerant: boolean,
  ) {}

  leaf(settings: LeafSettings, attribute: SimpleAttribute, name: string, place: AttributePlace): PlanNode {
    const leaf = toLeaf(settings);
    const columns = columnsOfLeaf(leaf);
    const column = columns[0] ?? null;
    const isTolerant = this.isTolerant || leaf.onUnreadable === 'omit';
    const mapped: MappedLeaf = { column, place, isTolerant, reads: this.readsDamage(leaf, columns) };
    this.leaves.push(mapped);
    const origin = { column, attribute: name };
    const raw = this.reader(leaf.column, leaf.expression);
    const read = name === MANAGER ? this.managerReader(raw, leaf, origin) : raw;
    const compiled = compileLeaf(leaf, valueTypeOf(leaf, attribute), this.target, origin, read);
    return planLeaf(isTolerant ? tolerate(mapped, compiled) : compiled, mapped);
  }

  /** Of a JSON record, an expression gets none of the members at the root in which something is damaged. */
  private readsDamage({ expression }: Leaf, columns: readonly string[]): MappedLeaf['reads'] {
    if (expression !== undefined && readsUnnamed(expression)) return () => true;
    const isJson = this.shape.columns === null;
    const concerns = (column: string, damaged: string): boolean => {
      if (!isJson) return column === damaged;
      return expression === undefined ? arePathsRelated(column, damaged) : firstStepOf(column) === firstStepOf(damaged);
    };
    return ({ at }: Rejection) => at.column !== null && columns.some((column) => concerns(column, at.column ?? ''));
  }

  /**
   * The manager is named by an id, so a damaged one is no better than in the id's own column; but it may be the id of another source, so its form is
   * not asked for. A well-known word for blank is nobody, also if it is not declared: the file's findings tell of it. A value that is looked up is no id.
   */
  private managerReader(read: RawReader, { values = {}, lookup }: Leaf, origin: Origin): RawReader {
    const named = new Set(Object.keys(values));
    return (row) => {
      const raw = read(row);
      if (typeof raw !== 'string') return raw;
      const text = raw.trim();
      if (named.has(text)) return raw;
      if (knownBlankWord(text) !== null) return '';
      const trouble = lookup === undefined ? this.judgeId(text) : null;
      if (trouble === null || !IS_DAMAGE.has(trouble.code)) return raw;
      return rejectRow(row, 'manager-id-damaged', origin, { value: quote(text) });
    };
  }

  reader(column: string | undefined, expression: string | undefined): RawReader {
    if (column !== undefined) return bindColumn(this.shape, column);
    if (expression === undefined) return () => undefined;
    const joined = compileJoin(expression, this.shape);
    if (joined !== null) return joined;
    const quick = this.shape.columns === null ? compileRecordJoin(expression) : null;
    const number = this.expressions.push({ quick, text: expression }) - 1;
    return (row) => row.results[number] as RawValue;
  }

  node(settings: MappingNode, attribute: ScimAttribute, name: string, place: AttributePlace): PlanNode {
    if (attribute.type !== 'complex') return this.leaf(settings as LeafSettings, attribute, name, place);
    if (attribute.many)
      return planList((settings as readonly MappingBranch[]).map((item) => this.entry(item, attribute, name, place)));
    const placeOf = (member: string): AttributePlace => (place[1] === null ? [place[0], member] : place);
    return planObject(this.members(settings as MappingBranch, attribute, name, placeOf));
  }

  private members(
    branch: MappingBranch,
    { attributes }: ComplexAttribute,
    name: string,
    placeOf: (member: string) => AttributePlace,
  ): PlanMember[] {
    return Object.entries(attributes).flatMap(([member, attribute]) => {
      const settings = Object.hasOwn(branch, member) ? branch[member] : undefined;
      if (settings === undefined) return [];
      const node = this.node(settings, attribute, `${name}.${member}`, placeOf(member));
      return [{ name: member, node, carries: true }];
    });
  }

  // An entry is kept for its values: never for qualifiers, and for constants only if it has nothing else.
  private entry(branch: MappingBranch, attribute: ComplexAttribute, name: string, place: AttributePlace): PlanNode {
    const withType = workOnlyLists.includes(name) && branch['type'] === undefined;
    const settings: MappingBranch = withType ? { type: { const: 'work' }, ...branch } : branch;
    const isConstant = (member: string) => toLeaf(settings[member] as LeafSettings).const !== undefined;
    const values = Object.keys(settings).filter((member) => !qualifiers.includes(member));
    const carrying = values.every(isConstant) ? values : values.filter((member) => !isConstant(member));
    const members = this.members(settings, attribute, name, () => place);
    return planObject(members.map((member) => ({ ...member, carries: carrying.includes(member.name) })));
  }

  extension(branch: MappingBranch, urn: string): PlanNode {
    const names = Object.keys(branch).sort();
    return planObject(
      names.map((name) => ({
        name,
        node: this.leaf(branch[name] as LeafSettings, simpleAttribute, name, [urn, name]),
        carries: true,
      })),
    );
  }
}

/**
 * Plans a valid mapping for the files of one shape. Custom extensions come last, sorted, as their attributes are. `isTolerant`: a row may go without
 * the value of any leaf; otherwise of those alone that the settings name.
 */
export function planMapping(
  { mapping, job, id, active }: SourceSettings,
  shape: ExportShape,
  isTolerant = false,
): MappingPlan {
  const pattern = typeof id === 'string' ? null : (id.pattern ?? null);
  const planner = new Planner(shape, job.target, createIdJudge(pattern), isTolerant);
  const status = statusColumnsOf(active).map(({ status: { column, expression } }) =>
    planner.reader(column, expression),
  );
  const known = Object.entries(rootAttributes).flatMap(([name, attribute]) => {
    const settings = Object.hasOwn(mapping, name) ? mapping[name] : undefined;
    return settings === undefined
      ? []
      : [{ name, node: planner.node(settings, attribute, name, [name, null]), carries: true }];
  });
  const custom = Object.keys(mapping).filter(isCustomExtension).sort();
  const extensions = custom.map((name) => ({
    name,
    node: planner.extension(mapping[name] as MappingBranch, name),
    carries: true,
  }));
  const { leaves, expressions } = planner;
  return { members: [...known, ...extensions], leaves, status, expressions };
}
