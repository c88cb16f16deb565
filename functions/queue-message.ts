// Queue messages at the border: checked once against their schema, trusted from then on.
import type { Static, TSchema } from '@sinclair/typebox';
import { RollcallError } from '../shared/core/errors';
import { isBatchName, isBlobName, isRunId } from '../shared/core/names';
import { schemaCheck } from '../shared/core/schema-check';

/** The forms of names that the schemas ask for. */
const formats = { 'blob-name': isBlobName, 'run-id': isRunId, 'batch-name': isBatchName };

/** A reader for messages of one schema. Throws `RollcallError` `message-invalid` (reject); after some tries it is in the poison queue. */
export function messageReader<S extends TSchema>(schema: S): (input: unknown) => Static<S> {
  const check = schemaCheck(schema, { strict: true, formats });
  return (input) => {
    const message = parse(input);
    if (!check()(message))
      throw new RollcallError(
        'message-invalid',
        'reject',
        'a queue message does not have the form that this version reads',
      );
    return message;
  };
}

/** The host parses JSON itself; what is still text is either not JSON, or was put as text. */
function parse(input: unknown): unknown {
  if (typeof input !== 'string') return input;
  try {
    return JSON.parse(input);
  } catch {
    // What is not JSON fits no schema: the caller reports it.
    return input;
  }
}
