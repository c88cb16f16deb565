// The schema of a job as Graph gives it → what the checks ask of it. Source of the members: CSDL of August 2026; docs/reference/graph-provisioning.md §4.4.
import type { JsonObject } from '../core/json-value';
import { objectOf, objectsOf, textOf } from '../graph/loose-json';
import type { JobAttribute, MappedAttribute, SchemaPicture } from './tenant-picture';

/** Null for a document that is no schema. A schema of several rules is read where people come from: by the object that has `externalId`. */
export function schemaPicture(document: unknown): SchemaPicture | null {
  const schema = objectOf(document);
  if (!Array.isArray(schema['directories']) || !Array.isArray(schema['synchronizationRules'])) return null;
  const placed = objectsOf(schema['synchronizationRules']).flatMap((rule) =>
    objectsOf(rule['objectMappings']).map((mapping) => ({
      mapping,
      attributes: attributesOf(schema, textOf(rule['sourceDirectoryName']), textOf(mapping['sourceObjectName'])),
    })),
  );
  const isOfPeople = ({ attributes }: { readonly attributes: readonly JobAttribute[] }): boolean =>
    attributes.some(({ name }) => name.toLowerCase() === 'externalid');
  const { mapping, attributes } = placed.find(isOfPeople) ?? placed[0] ?? { mapping: {}, attributes: [] };
  const names = attributes.map(({ name }) => name);
  return {
    attributes,
    isEnabled: objectOf(mapping)['enabled'] !== false,
    flows: textOf(objectOf(mapping)['flowTypes'], 'Add, Update, Delete')
      .split(',')
      .map((flow) => flow.trim())
      .filter((flow) => flow !== ''),
    scope: scopeOf(objectOf(mapping)['scope']),
    mappings: objectsOf(objectOf(mapping)['attributeMappings']).map((one) => mappedOf(one, names)),
  };
}

function attributesOf(schema: JsonObject, directory: string, object: string): readonly JobAttribute[] {
  const found = objectsOf(schema['directories']).find(({ name }) => name === directory);
  const people = objectsOf(found?.['objects']).find(({ name }) => name === object);
  return objectsOf(people?.['attributes']).map((attribute) => ({
    name: textOf(attribute['name']),
    type: textOf(attribute['type']),
    isMultivalued: attribute['multivalued'] === true,
    flowsNull: attribute['flowNullValues'] === true,
  }));
}

/** The attributes that a filter asks; null without a filter. Groups that only the service's own metadata use count as well: they decide too. */
function scopeOf(scope: unknown): readonly string[] | null {
  const { groups, inputFilterGroups, categoryFilterGroups } = objectOf(scope);
  const clauses = [groups, inputFilterGroups, categoryFilterGroups]
    .flatMap(objectsOf)
    .flatMap((group) => objectsOf(group['clauses']));
  return clauses.length === 0 ? null : [...new Set(clauses.map((clause) => textOf(clause['sourceOperandName'])))];
}

function mappedOf(mapping: JsonObject, names: readonly string[]): MappedAttribute {
  const source = objectOf(mapping['source']);
  const expression = textOf(source['expression']);
  return {
    target: textOf(mapping['targetAttributeName']),
    kind: textOf(source['type']),
    expression,
    reads: readsOf(source, expression, names),
    flowType: textOf(mapping['flowType'], 'Always'),
    matchingPriority: typeof mapping['matchingPriority'] === 'number' ? mapping['matchingPriority'] : 0,
    flowsNull: nullFlowOf(mapping),
  };
}

/** By its tree of parameters, and by its text, where each attribute is in brackets: a client may have written either alone. */
function readsOf(source: JsonObject, expression: string, names: readonly string[]): readonly string[] {
  const inTree = (node: JsonObject): readonly string[] =>
    node['type'] === 'Attribute'
      ? [textOf(node['name'])]
      : objectsOf(node['parameters']).flatMap((parameter) => inTree(objectOf(parameter['value'])));
  const inText = names.filter((name) => expression.includes(`[${name}]`));
  return [...new Set([...inTree(source), ...inText])].filter((name) => name !== '');
}

/** The member that lets null flow is in no metadata that is published, so any that is named for it counts. */
function nullFlowOf(mapping: JsonObject): boolean | null {
  const flags = Object.entries(mapping).filter(
    ([name, value]) => /flownull|nullflow/i.test(name) && typeof value === 'boolean',
  );
  return flags.length === 0 ? null : flags.some(([, value]) => value === true);
}
