// Queue messages are checked once, here, against their schema, and trusted after that.
import type { Static, TSchema } from '@sinclair/typebox';
import Ajv from 'ajv';
import { RollcallError } from '../shared/core/errors';

const ajv = new Ajv({ strict: true });

/** A reader for messages of one schema. Throws `RollcallError` `message-invalid` (reject): after some tries it goes to poison. */
export function messageReader<S extends TSchema>(schema: S): (input: unknown) => Static<S> {
  const isMessage = ajv.compile<Static<S>>(schema);
  return (input) => {
    const message = parse(input);
    if (!isMessage(message))
      throw new RollcallError(
        'message-invalid',
        'reject',
        'a queue message does not have the form that this version reads',
      );
    return message;
  };
}

/** The host parses JSON itself; a string here is not JSON, or was sent as a string. */
function parse(input: unknown): unknown {
  if (typeof input !== 'string') return input;
  try {
    return JSON.parse(input);
  } catch {
    // What is not JSON matches no schema: the caller reports it.
    return input;
  }
}
