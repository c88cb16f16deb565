// Walks a mapping of checked settings leaf by leaf, for the columns and the lint.
import { isCustomExtension, rootAttributes, simpleAttribute } from '../scim/find-attribute';
import type { ScimAttribute } from '../scim/scim-schema';
import { toLeaf, type Leaf, type LeafSettings, type MappingBranch, type MappingNode } from './mapping-settings';
import type { SettingsPath } from './settings-problem';

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
