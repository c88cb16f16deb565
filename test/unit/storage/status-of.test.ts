// The HTTP status in an error of a storage client.
import { runInNewContext } from 'node:vm';
import { RestError } from '@azure/data-tables';
import { statusOf } from '../../../shared/storage/status-of';

test('is that of the answer, whichever copy of the library made the error', () => {
  expect(statusOf(new RestError('gone', { statusCode: 404 }))).toBe(404);
  expect(statusOf(runInNewContext("Object.assign(new Error('busy'), { statusCode: 503 })"))).toBe(503);
});

test.each([new RestError('no answer'), new Error('no answer'), { statusCode: '404' }, null, undefined, 'text'])(
  'is null without an answer: %s',
  (error) => {
    expect(statusOf(error)).toBeNull();
  },
);
