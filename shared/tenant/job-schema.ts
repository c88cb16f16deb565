// The schema of a provisioning job: which attributes it knows and what it does with each. It is Graph's document, read member by member and
// changed only where something is added, so that members that nobody here knows come back as they were.
// Source: docs/reference/graph-provisioning.md §4.4, §7.
import type { JsonObject, JsonValue } from '../core/json-value';
import { isObject, objectOf, objectsOf, textOf } from '../graph/loose-json';
import { enterpriseUserUrn, isCustomExtension, qualifiers } from '../scim/scim-schema';
import { walkMapping } from '../source/mapped-leaves';
import { toLeaf, type LeafSettings, type MappingBranch } from '../source/mapping-settings';
import type { SettingsPath } from '../source/settings-problem';
import type { SourceSettings } from '../source/settings-schema';

/** One mapping of the job: the attributes that it reads, as its expression, and the attribute that it writes. */
export interface JobMapping {
  readonly target: string;
  readonly expression: string;
  /** `Always`, `ObjectAddOnly` and so on. */
  readonly flowType: string;
  /** From 1 for what people are matched by; 0 for the others. */
  readonly matching: number;
  /** Names of the source attributes in it. */
  readonly reads: readonly string[];
}

/** A schema as far as it is about people. */
export interface PeopleSchema {
  /** Names of the source attributes. */
  readonly sources: readonly string[];
  /** Names of the target attributes. */
  readonly targets: readonly string[];
  readonly mappings: readonly JobMapping[];
}

/** Where these parts are in the document. */
interface Places {
  readonly mapping: JsonObject;
  readonly sourceObject: JsonObject;
  readonly targetObject: JsonObject | null;
}

/** The first rule that maps the objects of two directories that are there. Its source object may have any name, so none is assumed. */
function placesIn(schema: JsonObject): Places | null {
  const placed = (directory: string, object: string): JsonObject | null =>
    objectsOf(schema['directories'])
      .filter((one) => textOf(one['name']) === directory)
      .flatMap((one) => objectsOf(one['objects']))
      .find((one) => textOf(one['name']) === object) ?? null;
  for (const rule of objectsOf(schema['synchronizationRules']))
    for (const mapping of objectsOf(rule['objectMappings'])) {
      const sourceObject = placed(textOf(rule['sourceDirectoryName']), textOf(mapping['sourceObjectName']));
      if (sourceObject === null) continue;
      return {
        mapping,
        sourceObject,
        targetObject: placed(textOf(rule['targetDirectoryName']), textOf(mapping['targetObjectName'])),
      };
    }
  return null;
}

const namesOf = (object: JsonObject | null): readonly string[] =>
  object === null ? [] : objectsOf(object['attributes']).map((attribute) => textOf(attribute['name']));

/** Reads a schema; null if it maps no objects. */
export function peopleSchema(schema: JsonObject): PeopleSchema | null {
  const places = placesIn(schema);
  if (places === null) return null;
  return {
    sources: namesOf(places.sourceObject),
    targets: namesOf(places.targetObject),
    mappings: objectsOf(places.mapping['attributeMappings']).map(mappingOf),
  };
}

function mappingOf(mapping: JsonObject): JobMapping {
  const source = objectOf(mapping['source']);
  const matching = mapping['matchingPriority'];
  return {
    target: textOf(mapping['targetAttributeName']),
    expression: textOf(source['expression']),
    flowType: textOf(mapping['flowType']),
    matching: typeof matching === 'number' ? matching : 0,
    reads: [...new Set(attributesRead(source))],
  };
}

/** The names of the attributes in a source: its own, and those of the parameters of its function. */
function* attributesRead(source: JsonObject): Generator<string> {
  if (textOf(source['type']) === 'Attribute' && textOf(source['name']) !== '') yield textOf(source['name']);
  for (const parameter of objectsOf(source['parameters']))
    if (isObject(parameter['value'])) yield* attributesRead(parameter['value']);
}

/** True if a mapping reads an attribute; also where it only stands in the text of an expression. */
export const readsAttribute = ({ reads, expression }: JobMapping, name: string): boolean =>
  formsOf(name).some(
    (form) =>
      reads.some((one) => isSameName(one, form)) || expression.toLowerCase().includes(`[${form.toLowerCase()}]`),
  );

/** Names of attributes do not differ by case. RFC 7643 §2.1 */
export const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The manager is called by its attribute or by its value. */
const formsOf = (name: string): readonly string[] =>
  name === `${enterpriseUserUrn}:manager` ? [name, `${name}.value`] : [name];

/** True if the schema knows a source attribute. */
export const knowsAttribute = ({ sources }: PeopleSchema, name: string): boolean =>
  formsOf(name).some((form) => sources.some((one) => isSameName(one, form)));

/** The names that a job's schema has for what a source sends, in the order of the settings. */
export function sentAttributes({ mapping }: Pick<SourceSettings, 'mapping'>): readonly string[] {
  const names = [...walkMapping(mapping)].flatMap(({ path }) => nameOfPath(path, mapping) ?? []);
  return [...new Set(['externalId', 'active', ...names])];
}

function nameOfPath([root, part, member]: SettingsPath, mapping: MappingBranch): string | null {
  const name = String(root);
  if (part === undefined) return name;
  // Of a list, the type of an entry is a part of the name of its values.
  if (typeof part === 'number')
    return qualifiers.includes(String(member))
      ? null
      : `${name}[type eq "${typeOfEntry(mapping, name, part)}"].${String(member)}`;
  return name === enterpriseUserUrn || isCustomExtension(name) ? `${name}:${part}` : `${name}.${part}`;
}

function typeOfEntry(mapping: MappingBranch, list: string, at: number): string {
  const entries = mapping[list] as readonly MappingBranch[];
  const type = entries[at]?.['type'] as LeafSettings | undefined;
  return type === undefined ? 'work' : String(toLeaf(type).const ?? 'work');
}

/** What is added to a schema. */
export interface SchemaAddition {
  readonly attributes: readonly string[];
  readonly mappings: readonly { readonly source: string; readonly target: string }[];
}

const newAttribute = (name: string): JsonObject => ({
  anchor: false,
  caseExact: false,
  defaultValue: null,
  flowNullValues: false,
  multivalued: false,
  mutability: 'ReadWrite',
  name,
  required: false,
  type: 'String',
  apiExpressions: [],
  metadata: [],
  referencedObjects: [],
});

const newMapping = (source: string, target: string): JsonObject => ({
  defaultValue: null,
  exportMissingReferences: false,
  flowBehavior: 'FlowWhenChanged',
  flowType: 'Always',
  matchingPriority: 0,
  targetAttributeName: target,
  source: { expression: `[${source}]`, name: source, type: 'Attribute', parameters: [] },
});

/** The same document with other parts; everything else in it is the same. */
function replaced(value: JsonValue, parts: ReadonlyMap<JsonValue, JsonValue>): JsonValue {
  const other = parts.get(value);
  if (other !== undefined) return other;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => replaced(item, parts));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, replaced(inner, parts)]));
}

/** The document with these attributes and mappings at the end of their lists. */
export function withAddition(schema: JsonObject, { attributes, mappings }: SchemaAddition): JsonObject {
  const places = placesIn(schema);
  if (places === null) return schema;
  const { sourceObject, mapping } = places;
  const added = mappings.map(({ source, target }) => newMapping(source, target));
  const parts = new Map<JsonValue, JsonValue>([
    [
      sourceObject,
      { ...sourceObject, attributes: [...listOf(sourceObject, 'attributes'), ...attributes.map(newAttribute)] },
    ],
    [mapping, { ...mapping, attributeMappings: [...listOf(mapping, 'attributeMappings'), ...added] }],
  ]);
  return replaced(schema, parts) as JsonObject;
}

const listOf = (object: JsonObject, member: string): readonly JsonValue[] => {
  const value = object[member];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
};

/** The document without what was added: a mapping that is another one now stays, and so does an attribute that something else reads. */
export function withoutAddition(schema: JsonObject, { attributes, mappings }: SchemaAddition): JsonObject {
  const places = placesIn(schema);
  if (places === null) return schema;
  const { sourceObject, mapping } = places;
  const isAdded = (one: JobMapping): boolean =>
    mappings.some(({ source, target }) => one.target === target && one.expression === `[${source}]`);
  const kept = objectsOf(mapping['attributeMappings']).filter((one) => !isAdded(mappingOf(one)));
  const isRead = (name: string): boolean => kept.some((one) => readsAttribute(mappingOf(one), name));
  const sources = objectsOf(sourceObject['attributes']).filter((one) => {
    const name = textOf(one['name']);
    return !attributes.includes(name) || isRead(name);
  });
  const parts = new Map<JsonValue, JsonValue>([
    [sourceObject, { ...sourceObject, attributes: sources }],
    [mapping, { ...mapping, attributeMappings: kept }],
  ]);
  return replaced(schema, parts) as JsonObject;
}
