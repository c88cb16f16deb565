// Message bodies.
import fc from 'fast-check';
import { decodeBody, toBodyMetadata } from '../../../local/host/queue-message';

test('every text survives base64', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      return decodeBody(Buffer.from(text).toString('base64'), 'base64')?.string === text;
    }),
  );
});

test.each(['{"a":1}', 'not base64!', 'YQ=a'])('%j is not base64', (text) =>
  expect(decodeBody(text, 'base64')).toBeNull(),
);

test('with the encoding none, a text is unchanged', () =>
  expect(decodeBody('{"a":1}', 'none')).toEqual({ string: '{"a":1}' }));

test('a JSON object gives its top-level properties, anything else only its text', () => {
  expect(toBodyMetadata({ string: '{"a":"x","b":[1]}' })).toEqual({
    QueueTrigger: { string: '{"a":"x","b":[1]}' },
    a: { string: 'x' },
    b: { json: '[1]' },
  });
  expect(toBodyMetadata({ string: '[1]' })).toEqual({ QueueTrigger: { string: '[1]' } });
});
