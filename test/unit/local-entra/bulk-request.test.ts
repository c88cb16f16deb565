// Anything that is not a bulk request is refused, and nothing crashes the simulator.
import fc from 'fast-check';
import { readBulkRequest } from '../../../local/entra/bulk-request';
import { flattenUser } from '../../../local/entra/scim-attributes';
import { bulk, user } from '../../contract/local-entra/simulator-client';

const STRICT = { duplicateBulkIds: 'reject', userPath: 'exact', userSchemas: 'core-and-enterprise' } as const;

test('no text makes the reader throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
      expect(typeof readBulkRequest(body, STRICT)).toBe('string');
    }),
  );
});

test('whatever a user contains, a valid envelope is accepted and the user can be flattened', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.string().filter((name) => !name.startsWith('urn:')),
        fc.jsonValue({ maxDepth: 5 }),
      ),
      (members) => {
        const body = JSON.stringify(bulk([{ ...members, ...user('1') }]));
        const operations = readBulkRequest(body, STRICT);
        if (typeof operations === 'string') throw new Error(operations);
        expect(flattenUser(operations[0]!.data).values.get('externalId')).toBe('1');
      },
    ),
  );
});

test('a record that is nested too deeply is refused', () => {
  const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
  const body = JSON.stringify(bulk([user('1', { x: 'HERE' })])).replace('"HERE"', deep);
  expect(readBulkRequest(body, STRICT)).toBe('/Operations/0/data: nested too deeply');
});
