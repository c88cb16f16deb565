// What becomes in a job of everything that a source sends, attribute by attribute, and what the job maps that is never sent.
import { knowsAttribute, readsAttribute, type JobMapping, type PeopleSchema } from './job-schema';

/** One attribute that is sent. */
export interface SentAttribute {
  readonly name: string;
  /** Whether the schema of the job knows it: if not, it is ignored. */
  readonly isKnown: boolean;
  /** What reads it; none: it has no effect. */
  readonly mappings: readonly JobMapping[];
}

/** The whole comparison. */
export interface SentAndMapped {
  readonly sent: readonly SentAttribute[];
  /** Mappings that read attributes, none of which is sent. */
  readonly neverSent: readonly JobMapping[];
}

/** Compares what is sent with a schema. */
export function sentAndMapped(people: PeopleSchema, sent: readonly string[]): SentAndMapped {
  const reads = (mapping: JobMapping): boolean => sent.some((name) => readsAttribute(mapping, name));
  return {
    sent: sent.map((name) => ({
      name,
      isKnown: knowsAttribute(people, name),
      mappings: people.mappings.filter((mapping) => readsAttribute(mapping, name)),
    })),
    neverSent: people.mappings.filter((mapping) => mapping.reads.length > 0 && !reads(mapping)),
  };
}
