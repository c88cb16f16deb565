// What we send against what the job knows and maps, and what it maps and we never send.
import { quote, quoteAll } from '../core/message';
import type { SourceSettings } from '../source/settings-schema';
import { doubtful, noted, wrong, type Found } from './finding';
import {
  foldAttribute,
  isManagerPath,
  listsWithoutWork,
  sentAttributesOf,
  type SentAttribute,
} from './sent-attributes';
import type { MappedAttribute, SchemaPicture } from './tenant-picture';

/** The longest name of an attribute that a message quotes: with the URN of an extension they are long. */
const MAX_NAME_CHARS = 200;
const named = (name: string) => quote(name, MAX_NAME_CHARS);

/** Every attribute that is sent must be in the schema and in the mapping; whatever else is mapped keeps the value that it has. */
export function checkAttributes(schema: SchemaPicture, settings: SourceSettings): readonly Found[] {
  const sent = sentAttributesOf(settings);
  const known = new Map(schema.attributes.map((attribute) => [foldAttribute(attribute.name), attribute]));
  const readByMapping = new Set(schema.mappings.flatMap(({ reads }) => reads.map(foldAttribute)));
  // Of `active` and `externalId`, the checks of their own say more.
  const ours = sent.filter(({ leaf }) => leaf !== null);
  const unknown = ours.filter(({ name }) => !known.has(foldAttribute(name)));
  const unmapped = ours.filter(({ name }) => known.has(foldAttribute(name)) && !readByMapping.has(foldAttribute(name)));
  const many = ours.filter(
    ({ name }) => known.get(foldAttribute(name))?.isMultivalued === true && !isManagerPath(name),
  );
  return [
    ...unknown.map(({ name }) => wrong('attribute-not-in-job', { attribute: named(name) })),
    ...unmapped.map(({ name }) => doubtful('attribute-not-in-mapping', { attribute: named(name) })),
    ...many.map(({ name }) => doubtful('attribute-with-many-values', { attribute: named(name) })),
    ...neverSent(schema.mappings, sent),
    ...listsWithoutWork(settings).map((list) => doubtful('work-type-needed', { list })),
  ];
}

/** A mapping that reads at least one attribute, and none that we send. */
function neverSent(mappings: readonly MappedAttribute[], sent: readonly SentAttribute[]): readonly Found[] {
  const ours = new Set(sent.map(({ name }) => foldAttribute(name)));
  return mappings
    .filter(({ reads }) => reads.length > 0 && !reads.some((name) => ours.has(foldAttribute(name))))
    .map(({ reads, target }) =>
      noted('attribute-never-sent', { attribute: named(reads[0] ?? ''), target: named(target) }),
    );
}

/** Attributes that cannot be matched by (docs/reference/graph-provisioning.md §6). */
const NO_MATCHING = /^extensionattribute\d+$/i;

/** People are found by their id: `externalId` against the attribute that holds it. */
export function checkMatching({ mappings }: SchemaPicture, target: SourceSettings['job']['target']): readonly Found[] {
  const matching = mappings
    .filter(({ matchingPriority }) => matchingPriority > 0)
    .sort((one, other) => one.matchingPriority - other.matchingPriority);
  const [first] = matching;
  if (first === undefined) return [wrong('matching-missing', {})];
  const unsupported = matching.filter((one) => NO_MATCHING.test(one.target));
  const isById =
    first.kind === 'Attribute' &&
    first.reads.some((name) => foldAttribute(name) === 'externalid') &&
    first.target.toLowerCase() === 'employeeid';
  return [
    ...(isById ? [] : [byOther(first, target)]),
    ...(matching.length > 1
      ? [doubtful('matching-more-than-one', { targets: quoteAll(matching.map((one) => one.target)) })]
      : []),
    ...unsupported.map((one) => wrong('matching-unsupported', { target: quote(one.target) })),
  ];
}

/** An id in another attribute is a choice on premises (AD has `employeeID` as well, and some keep the number elsewhere); by anything else rows are mixed up. */
function byOther({ target, expression, reads }: MappedAttribute, directory: SourceSettings['job']['target']): Found {
  const values = { target: quote(target), source: named(reads[0] ?? expression) };
  const isById = reads.some((name) => foldAttribute(name) === 'externalid');
  return isById && directory === 'active-directory'
    ? doubtful('matching-by-other', values)
    : wrong('matching-by-other', values);
}
