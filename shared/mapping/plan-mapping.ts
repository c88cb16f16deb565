// From the settings' mapping to a plan, once per file: members in the order of the SCIM schema, with `type` "work" by default.
import { knownBlankWord } from '../columns/blank-words';
import { createIdJudge, type IdTrouble } from '../columns/id';
import { quote } from '../core/message';
import type { RawValue } from '../columns/record-value';
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
import { columnsOfLeaf } from '../source/mapped-leaves';
import type { SourceSettings } from '../source/settings-schema';
import { bindColumn, rejectRow, type Origin, type RawReader } from './row-in-hand';
import { compileJoin, compileRecordJoin } from './joined-columns';
import { compileLeaf } from './leaf-value';
import { planLeaf, planList, planObject, type PlanMember, type PlanNode } from './user-plan';

/** An expression that may need the interpreter: `quick` answers null for records that do. */
export interface PlannedExpression {
  readonly quick: ((record: JsonObject) => string | null) | null;
  readonly text: string;
}

/** A compiled mapping: its members at the root of the user, and the expressions to be evaluated before they are built. */
export interface MappingPlan {
  readonly members: readonly PlanMember[];
  /** The raw values of the status columns, in the order of the settings. */
  readonly status: readonly RawReader[];
  /** In the order of `RowInHand.results`. */
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

  constructor(
    private readonly shape: ExportShape,
    private readonly target: ProvisioningTarget,
    private readonly judgeId: (id: string) => IdTrouble | null,
  ) {}

  leaf(settings: LeafSettings, attribute: SimpleAttribute, name: string): PlanNode {
    const leaf = toLeaf(settings);
    const origin = { column: columnsOfLeaf(leaf)[0] ?? null, attribute: name };
    const raw = this.reader(leaf.column, leaf.expression);
    const read = name === MANAGER ? this.managerReader(raw, leaf, origin) : raw;
    return planLeaf(compileLeaf(leaf, valueTypeOf(leaf, attribute), this.target, origin, read), origin.column);
  }

  /**
   * The manager is named by an id, so a damaged one is no better than in the id's own column; but it may be the id of another source, so its form is
   * not asked for. A well-known word for blank is nobody, also if it is not declared: the file's findings tell of it. A value that is looked up is no id.
   */
  private managerReader(read: RawReader, { values, lookup }: Leaf, origin: Origin): RawReader {
    return (row) => {
      const raw = read(row);
      if (typeof raw !== 'string' || Object.hasOwn(values ?? {}, raw.trim())) return raw;
      if (knownBlankWord(raw) !== null) return '';
      const trouble = lookup === undefined ? this.judgeId(raw.trim()) : null;
      if (trouble === null || !IS_DAMAGE.has(trouble.code)) return raw;
      return rejectRow(row, 'manager-id-damaged', origin, { value: quote(raw.trim()) });
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

  node(settings: MappingNode, attribute: ScimAttribute, name: string): PlanNode {
    if (attribute.type !== 'complex') return this.leaf(settings as LeafSettings, attribute, name);
    if (!attribute.many) return planObject(this.members(settings as MappingBranch, attribute, name));
    return planList((settings as readonly MappingBranch[]).map((item) => this.entry(item, attribute, name)));
  }

  private members(branch: MappingBranch, { attributes }: ComplexAttribute, name: string): PlanMember[] {
    return Object.entries(attributes).flatMap(([member, attribute]) => {
      const settings = Object.hasOwn(branch, member) ? branch[member] : undefined;
      if (settings === undefined) return [];
      return [{ name: member, node: this.node(settings, attribute, `${name}.${member}`), carries: true }];
    });
  }

  // An entry is kept for its values: never for qualifiers, and for constants only if it has nothing else.
  private entry(branch: MappingBranch, attribute: ComplexAttribute, name: string): PlanNode {
    const withType = workOnlyLists.includes(name) && branch['type'] === undefined;
    const settings: MappingBranch = withType ? { type: { const: 'work' }, ...branch } : branch;
    const isConstant = (member: string) => toLeaf(settings[member] as LeafSettings).const !== undefined;
    const values = Object.keys(settings).filter((member) => !qualifiers.includes(member));
    const carrying = values.every(isConstant) ? values : values.filter((member) => !isConstant(member));
    const members = this.members(settings, { ...attribute, many: false }, name);
    return planObject(members.map((member) => ({ ...member, carries: carrying.includes(member.name) })));
  }

  extension(branch: MappingBranch): PlanNode {
    const names = Object.keys(branch).sort();
    return planObject(
      names.map((name) => ({
        name,
        node: this.leaf(branch[name] as LeafSettings, simpleAttribute, name),
        carries: true,
      })),
    );
  }
}

/** Plans a valid mapping for the files of one shape. Custom extensions come last, sorted, as their attributes are. */
export function planMapping({ mapping, job, id, active }: SourceSettings, shape: ExportShape): MappingPlan {
  const pattern = typeof id === 'string' ? null : (id.pattern ?? null);
  const planner = new Planner(shape, job.target, createIdJudge(pattern));
  const status = statusColumnsOf(active).map(({ status: { column, expression } }) =>
    planner.reader(column, expression),
  );
  const known = Object.entries(rootAttributes).flatMap(([name, attribute]) => {
    const settings = Object.hasOwn(mapping, name) ? mapping[name] : undefined;
    return settings === undefined ? [] : [{ name, node: planner.node(settings, attribute, name), carries: true }];
  });
  const custom = Object.keys(mapping).filter(isCustomExtension).sort();
  const extensions = custom.map((name) => ({
    name,
    node: planner.extension(mapping[name] as MappingBranch),
    carries: true,
  }));
  return { members: [...known, ...extensions], status, expressions: planner.expressions };
}
