// What a record would change in the target: which attributes flow, which are cleared, which stay as they are.
import { nameTarget, printValue } from './attribute-mapping';
import type { Settings } from './options';
import type { ModifiedProperty } from './provisioning-log';
import { findContainer, type AttributeValue, type FlatUser } from './scim-attributes';

/** The attributes after a record, and what it changed. */
export interface TargetChange {
  readonly attributes: Map<string, AttributeValue>;
  readonly changes: readonly ModifiedProperty[];
}

/** Computes the change against `current` (undefined: the user is created). Pure. */
export function computeChange(
  current: ReadonlyMap<string, AttributeValue> | undefined,
  record: FlatUser,
  isMapped: (path: string) => boolean,
  nullFlow: Settings['nullFlow'],
): TargetChange {
  const attributes = new Map(current);
  const changes: ModifiedProperty[] = [];
  for (const [path, value] of record.values) {
    if (!isMapped(path)) continue;
    const before = printValue(attributes.get(path));
    attributes.set(path, value);
    const after = printValue(value);
    if (before !== after) changes.push({ displayName: nameTarget(path), oldValue: before, newValue: after });
  }
  for (const [path, value] of current ?? []) {
    if (!isCleared(path, value, record, nullFlow)) continue;
    attributes.delete(path);
    changes.push({ displayName: nameTarget(path), oldValue: printValue(value), newValue: '' });
  }
  return { attributes, changes };
}

/** The preview "flow null values" [CLR]: both gates, updates only, single values only, and its container rule. */
function isCleared(path: string, value: AttributeValue, record: FlatUser, nullFlow: Settings['nullFlow']): boolean {
  if (!nullFlow.attributes.includes(path) || !nullFlow.mappings.includes(path)) return false;
  if (record.values.has(path) || typeof value === 'object') return false;
  if (record.empty.has(path)) return true;
  const container = findContainer(path);
  return container === undefined || record.containers.has(container);
}
