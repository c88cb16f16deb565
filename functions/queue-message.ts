// Queue messages at the border: decoded here and not by the host, which loses what it cannot decode (ADR 0051); checked once against their schema,
// trusted from then on.
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

/**
 * A message as its sender meant it, of what lies in the queue: base64 of a text, which is parsed if it is JSON. Anything else is left as it is; a
 * message that lies there as plain JSON has been parsed by the worker.
 */
export const fromQueue = (input: unknown): unknown => (typeof input === 'string' ? parse(decoded(input)) : input);

/** The text itself if it is not base64 of UTF-8. */
function decoded(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}

/** What is still text is either not JSON, or was put as text. */
function parse(input: unknown): unknown {
  if (typeof input !== 'string') return input;
  try {
    return JSON.parse(input);
  } catch {
    // What is not JSON fits no schema: the caller reports it.
    return input;
  }
}
