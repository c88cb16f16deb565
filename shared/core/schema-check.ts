// Checks by a JSON Schema, compiled when they are first needed: a process pays only for what it reads.
import type { Static, TSchema } from '@sinclair/typebox';
import Ajv, { type Options, type ValidateFunction } from 'ajv';

/**
 * The check of a schema, compiled at the first call and kept. The schema itself is not checked by the meta-schema, which would take as long
 * again: TypeBox makes it, and Ajv's strict mode refuses unknown keywords all the same.
 */
export function schemaCheck<S extends TSchema>(schema: S, options: Options = {}): () => ValidateFunction<Static<S>> {
  let check: ValidateFunction<Static<S>> | null = null;
  return () => (check ??= new Ajv({ ...options, validateSchema: false }).compile<Static<S>>(schema));
}
