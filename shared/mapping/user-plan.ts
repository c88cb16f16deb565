// The tree of the mapping, compiled: builds the user of a row branch by branch, and knows which leaf each value came from.
import type { ScimMember, ScimObject } from '../scim/user';
import type { LeafReader } from './leaf-value';
import type { MappedLeaf, RowInHand } from './row-in-hand';

/** A compiled node of the mapping. */
export interface PlanNode {
  /** The node's value for a row; undefined if there is none. */
  build(row: RowInHand): ScimMember | undefined;
  /** The leaf that made the value at `path` below this node; null if none did. */
  leafAt(path: readonly string[], row: RowInHand): MappedLeaf | null;
}

/** A named child. `carries` is false for a member that is not enough to keep its branch: `type`, and constants in entries of lists. */
export interface PlanMember {
  readonly name: string;
  readonly node: PlanNode;
  readonly carries: boolean;
}

/** Plans a single value. */
export const planLeaf = (read: LeafReader, leaf: MappedLeaf): PlanNode => ({
  build: read,
  leafAt: () => leaf,
});

/** Plans an object: members in the order given; omitted when no member that carries it has a value. */
export function planObject(members: readonly PlanMember[]): PlanNode {
  const byName = new Map(members.map((member) => [member.name, member.node]));
  const entries = members.map(({ name, node, carries }) => ({ name, carries, build: node.build.bind(node) }));
  return {
    build: (row) => {
      const object: ScimObject = {};
      let isAlive = false;
      for (const { name, build, carries } of entries) {
        const value = build(row);
        if (value !== undefined) {
          object[name] = value;
          isAlive ||= carries;
        }
      }
      return isAlive ? object : undefined;
    },
    leafAt: ([name, ...rest], row) => byName.get(name ?? '')?.leafAt(rest, row) ?? null,
  };
}

/** Plans a list: entries without a value are left out. */
export function planList(items: readonly PlanNode[]): PlanNode {
  const present = (row: RowInHand) => items.filter((item) => item.build(row) !== undefined);
  return {
    build: (row) => {
      const list: ScimMember[] = [];
      for (const item of items) {
        const value = item.build(row);
        if (value !== undefined) list.push(value);
      }
      return list.length > 0 ? list : undefined;
    },
    // Entries that are left out shift the others, so the index counts among those that are there.
    leafAt: ([index, ...rest], row) => present(row)[Number(index)]?.leafAt(rest, row) ?? null,
  };
}
