// Queue messages at the border: checked once against their schema, trusted after it.
import type { Static, TSchema } from '@sinclair/typebox';
import Ajv from 'ajv';
import { RollcallError } from '../shared/core/errors';

const ajv = new Ajv({ strict: true });

/** A reader for messages of one schema. Throws `RollcallError` `message-invalid` (reject): after some tries it lands in the poison queue. */
export function messageReader<S extends TSchema>(schema: S): (input: unknown) => Static<S> {
  const isMessage = ajv.compile<Static<S>>(schema);
  return (input) => {
    const message = typeof input === 'string' ? (JSON.parse(input) as unknown) : input;
    if (!isMessage(message))
      throw new RollcallError(
        'message-invalid',
        'reject',
        'a queue message does not have the form that this version reads',
      );
    return message;
  };
}
