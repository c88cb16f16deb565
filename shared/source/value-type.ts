// The type of a leaf's value.
import type { SimpleAttribute } from '../scim/scim-schema';
import type { Leaf } from './mapping-settings';

/** The types that a leaf may declare. */
export type LeafValueType = NonNullable<Leaf['type']>;

/** The leaf's own type, otherwise the schema's; references and binaries are texts (RFC 7643 §2.3.6–7). */
export function valueTypeOf(leaf: Pick<Leaf, 'type'>, attribute: SimpleAttribute): LeafValueType {
  if (leaf.type !== undefined) return leaf.type;
  return attribute.type === 'reference' || attribute.type === 'binary' ? 'string' : attribute.type;
}
