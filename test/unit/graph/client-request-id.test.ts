// The id of a delivery's call: a UUID, always the same for the same delivery, and another one for every other.
import * as fc from 'fast-check';
import { clientRequestIdOf } from '../../../shared/graph/client-request-id';

const RUN = '20261121T080000Z-0123456789';

test('is a UUID of version 8 and the variant of RFC 9562', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(), (run, batch, delivery) => {
      expect(clientRequestIdOf(run, batch, delivery)).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }),
  );
});
test('is the same whoever asks, and when', () => {
  expect(clientRequestIdOf(RUN, '000001', 1)).toBe(clientRequestIdOf(RUN, '000001', 1));
});
test('differs between runs, batches, deliveries, and batches of a split', () => {
  const ids = [
    clientRequestIdOf(RUN, '000001', 1),
    clientRequestIdOf(RUN, '000001', 2),
    clientRequestIdOf(RUN, '000001.1', 1),
    clientRequestIdOf(RUN, '000001.11', 1),
    clientRequestIdOf(RUN, '000001.1', 11),
    clientRequestIdOf(RUN, '000002', 1),
    clientRequestIdOf(`${RUN}0`, '000001', 1),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});
