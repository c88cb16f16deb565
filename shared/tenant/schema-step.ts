// The schema of the job: it must know every attribute that the source sends, and map it, or the attribute has no effect. A copy of the schema is
// kept first. What somebody else has mapped to the same target stays.
import type { JsonObject } from '../core/json-value';
import { quoteWords } from '../core/message';
import { isObject, textOf } from '../graph/loose-json';
import {
  knowsAttribute,
  peopleSchema,
  readsAttribute,
  sentAttributes,
  withAddition,
  withoutAddition,
  type PeopleSchema,
  type SchemaAddition,
} from './job-schema';
import { isSameName } from './job-schema';
import { oneJobPath } from './job-paths';
import { say } from './say';
import { targetOf } from './schema-targets';
import type { SetupContext, SetupStep } from './setup-step';
import { unlessGone } from './until-there';

/** Path of a job's schema. */
export const schemaPath = (servicePrincipalId: string, jobId: string): string =>
  `${oneJobPath(servicePrincipalId, jobId)}/schema`;

/** The schema as it is written back: what Graph adds to an answer is no part of it. */
export const plainSchema = (schema: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(schema).filter(([member]) => member !== '@odata.context'));

async function readSchema({ graph, servicePrincipalId, jobId }: SetupContext): Promise<JsonObject | null> {
  if (servicePrincipalId === null || jobId === null) return null;
  const schema = await unlessGone(() => graph.get(schemaPath(servicePrincipalId, jobId)));
  return schema === null ? null : plainSchema(schema);
}

interface Difference {
  readonly addition: SchemaAddition;
  /** Sent, and mapped to nothing also afterwards. */
  readonly unmapped: readonly string[];
}

/** What a schema lacks for what is sent. */
export function differenceOf(people: PeopleSchema, sent: readonly string[]): Difference {
  const unread = sent.filter((name) => !people.mappings.some((mapping) => readsAttribute(mapping, name)));
  const taken = new Set(people.mappings.map(({ target }) => target.toLowerCase()));
  const mappings: { source: string; target: string }[] = [];
  for (const source of unread) {
    const target = targetOf(source, people);
    // An expression of somebody else writes it already.
    if (target === null || taken.has(target.toLowerCase())) continue;
    taken.add(target.toLowerCase());
    mappings.push({ source, target });
  }
  const attributes = sent.filter((name) => !knowsAttribute(people, name));
  const unmapped = unread.filter((name) => !mappings.some(({ source }) => isSameName(source, name)));
  return { addition: { attributes, mappings }, unmapped };
}

const isNothing = ({ attributes, mappings }: SchemaAddition): boolean => attributes.length + mappings.length === 0;

async function lookUp(context: SetupContext): Promise<{ schema: JsonObject; difference: Difference } | null> {
  const schema = await readSchema(context);
  const people = schema === null ? null : peopleSchema(schema);
  if (schema === null || people === null || context.order.settings === null) return null;
  return { schema, difference: differenceOf(people, sentAttributes(context.order.settings)) };
}

/** The step. */
export const schemaStep: SetupStep = {
  name: 'schema',
  isNeeded: false,
  async look(context) {
    const found = await lookUp(context);
    const { addition, unmapped } = found?.difference ?? { addition: { attributes: [], mappings: [] }, unmapped: [] };
    const values = {
      isRead: found !== null,
      attributes: addition.attributes.map((name) => quoteWords(name)),
      mappings: addition.mappings.map(({ source, target }) => quoteWords(`${source} → ${target}`)),
      unmapped: unmapped.map((name) => quoteWords(name)),
    };
    return {
      state: found === null || !isNothing(addition) ? 'planned' : 'unchanged',
      say: (state) => say('setup-schema', { state, ...values }),
    };
  },
  async make(context) {
    const { graph, record, backups, clock } = context;
    const found = await lookUp(context);
    if (found === null || isNothing(found.difference.addition)) return;
    const { schema, difference } = found;
    const noted = record.of('schema');
    const backup = noted === null ? await backups.keep(schema, clock.now()) : textOf(noted['backup']);
    const before = additionOf(noted ?? {});
    const { attributes, mappings } = difference.addition;
    await record.note('schema', {
      backup,
      attributes: [...new Set([...before.attributes, ...attributes])],
      mappings: [...before.mappings, ...mappings].map(({ source, target }) => ({ source, target })),
    });
    await graph.put(
      schemaPath(context.servicePrincipalId ?? '', context.jobId ?? ''),
      withAddition(schema, difference.addition),
    );
  },
  async takeBack(context, made) {
    const { graph, record, servicePrincipalId, jobId } = context;
    // It goes with its job.
    if (record.of('application') !== null || record.of('job') !== null) return true;
    const schema = await readSchema(context);
    if (schema === null || servicePrincipalId === null || jobId === null) return true;
    const before = withoutAddition(schema, additionOf(made));
    if (JSON.stringify(before) !== JSON.stringify(schema))
      await graph.put(schemaPath(servicePrincipalId, jobId), before);
    return true;
  },
};

/** What a record says was added. */
function additionOf(made: JsonObject): SchemaAddition {
  const listOf = (member: string): readonly unknown[] =>
    Array.isArray(made[member]) ? (made[member] as readonly unknown[]) : [];
  return {
    attributes: listOf('attributes').filter((name) => typeof name === 'string'),
    mappings: listOf('mappings')
      .filter(isObject)
      .map((one) => ({ source: textOf(one['source']), target: textOf(one['target']) })),
  };
}
