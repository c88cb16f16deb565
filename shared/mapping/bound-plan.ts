// A plan of the mapping as rows are built by it: one that is strict but for the leaves that the settings name, and one that is tolerant of all.
import type { Rejection } from '../core/rejection';
import type { ExportShape } from '../export/export-record';
import { coreUserUrn, enterpriseUserUrn, isCustomExtension } from '../scim/scim-schema';
import type { ScimUser } from '../scim/user';
import type { SourceSettings } from '../source/settings-schema';
import { planMapping, type PlannedExpression } from './plan-mapping';
import type { MappedLeaf, RawReader, RowInHand } from './row-in-hand';

/** A plan, bound to the files of one shape. */
export interface BoundPlan {
  readonly expressions: readonly PlannedExpression[];
  /** The raw values of the status columns, in the order of the settings. */
  readonly status: readonly RawReader[];
  /** What of the reader's damage rejects the row; null for a row that may go without the values that are made of it. */
  damageOf(row: RowInHand): Rejection | null;
  /** The user of a row. */
  build(row: RowInHand, externalId: string, active: boolean): ScimUser;
  /** The leaf that made the value at a path of the user; null if none did. */
  leafAt(path: readonly string[], row: RowInHand): MappedLeaf | null;
}

/** Binds the mapping of valid settings to a shape. `isTolerant`: every leaf is. */
export function bindPlan(settings: SourceSettings, shape: ExportShape, isTolerant: boolean): BoundPlan {
  const { expressions, status, leaves, members: planned } = planMapping(settings, shape, isTolerant);
  const members = planned.map(({ name, node }) => ({ name, node, custom: isCustomExtension(name) }));
  // Damage of a column that no leaf reads says that something is wrong with the row, and no attribute can be left out for it.
  const rejects = (damage: Rejection): boolean => {
    const readers = leaves.filter((leaf) => leaf.reads(damage));
    return readers.length === 0 || readers.some((leaf) => !leaf.isTolerant);
  };
  return {
    expressions,
    status,
    damageOf: ({ damage }) => (isTolerant || damage.length === 0 ? null : (damage.find(rejects) ?? null)),
    build(row, externalId, active) {
      const schemas = [coreUserUrn, enterpriseUserUrn];
      const user: ScimUser = { schemas, externalId, active };
      for (const { name, node, custom } of members) {
        const value = node.build(row);
        if (value !== undefined) {
          user[name] = value;
          if (custom) schemas.push(name);
        }
      }
      return user;
    },
    leafAt([name, ...rest], row) {
      return members.find((member) => member.name === name)?.node.leafAt(rest, row) ?? null;
    },
  };
}
