// What each answer means: every line of the table by its name, and no answer without a meaning.
import * as fc from 'fast-check';
import type { AnswerMeaning } from '../../../shared/delivery/answers';
import { ANSWER_TABLE, judgeAnswer } from '../../../shared/delivery/answers';
import type { GraphAnswer } from '../../../shared/graph/graph-transport';

const NOW = Date.UTC(2026, 10, 21, 8, 0, 0);
const answer = (status: number, more: Partial<GraphAnswer> = {}): GraphAnswer => ({
  kind: 'answer',
  status,
  requestId: 'request-1',
  retryAfter: null,
  contentType: 'application/json',
  body: '',
  ...more,
});
const graphError = (code: string, message: string): string => JSON.stringify({ error: { code, message } });
const gatewayPage = '<html><body><h1>502 Bad Gateway</h1></body></html>';
const bucketFull = graphError('InternalServerError', 'The bucket is full. Please try again later.');

type Example = readonly [status: number, more: Partial<GraphAnswer>, meaning: AnswerMeaning];
const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  '202 queued': [[202, {}, { kind: 'accepted', requestId: 'request-1' }]],
  '2xx that is not 202': [
    [200, {}, { kind: 'unknown', code: 'graph-unexpected-answer' }],
    [204, {}, { kind: 'unknown', code: 'graph-unexpected-answer' }],
    [299, {}, { kind: 'unknown', code: 'graph-unexpected-answer' }],
  ],
  '400 some operation is malformed': [
    [
      400,
      { body: graphError('BadRequest', 'Operation 3 has no externalId.') },
      { kind: 'indigestible', code: 'graph-refused-operation', message: 'Operation 3 has no externalId.' },
    ],
    [422, { body: gatewayPage }, { kind: 'indigestible', code: 'graph-refused-operation', message: '' }],
    [400, { body: 'null' }, { kind: 'indigestible', code: 'graph-refused-operation', message: '' }],
    [400, { body: '{}' }, { kind: 'indigestible', code: 'graph-refused-operation', message: '' }],
    [
      400,
      { body: '{"error":{"message":["no text"]}}' },
      { kind: 'indigestible', code: 'graph-refused-operation', message: '' },
    ],
    [400, { body: '{"error":"text"}' }, { kind: 'indigestible', code: 'graph-refused-operation', message: '' }],
  ],
  '401 token refused': [[401, {}, { kind: 'token-refused' }]],
  '403 permission missing': [[403, {}, { kind: 'halted', code: 'graph-forbidden', scope: 'tenant' }]],
  '404 no such job': [
    [404, {}, { kind: 'halted', code: 'graph-job-not-found', scope: 'job' }],
    [410, {}, { kind: 'halted', code: 'graph-job-not-found', scope: 'job' }],
  ],
  '408 the service waited in vain': [[408, {}, { kind: 'unknown', code: 'graph-timeout' }]],
  '409 conflict': [[409, {}, { kind: 'job-paused', code: 'graph-conflict', leastPauseMs: 5_000, mostPauseMs: 15_000 }]],
  '413 too large': [
    [413, { body: gatewayPage }, { kind: 'indigestible', code: 'graph-request-too-large', message: '' }],
    [
      413,
      { body: graphError('RequestTooLarge', 'The request is too large.') },
      { kind: 'indigestible', code: 'graph-request-too-large', message: 'The request is too large.' },
    ],
  ],
  '415 wrong content type': [[415, {}, { kind: 'halted', code: 'graph-refused-content-type', scope: 'tenant' }]],
  '429 throttled': [
    [429, { retryAfter: '17' }, { kind: 'throttled', retryAfterMs: 17_000 }],
    [429, { retryAfter: 'Sat, 21 Nov 2026 08:00:30 GMT' }, { kind: 'throttled', retryAfterMs: 30_000 }],
    [429, { body: gatewayPage }, { kind: 'throttled', retryAfterMs: null }],
  ],
  '500 bucket full': [
    [
      500,
      { body: bucketFull },
      { kind: 'job-paused', code: 'graph-bucket-full', leastPauseMs: 300_000, mostPauseMs: 600_000 },
    ],
    [
      500,
      { body: 'FULL: your Bucket' },
      { kind: 'job-paused', code: 'graph-bucket-full', leastPauseMs: 300_000, mostPauseMs: 600_000 },
    ],
  ],
  '503 with Retry-After': [
    [503, { retryAfter: '2' }, { kind: 'throttled', retryAfterMs: 2_000 }],
    [503, { retryAfter: 'Sat, 21 Nov 2026 08:00:30 GMT' }, { kind: 'throttled', retryAfterMs: 30_000 }],
    [503, { retryAfter: 'soon' }, { kind: 'throttled', retryAfterMs: null }],
    [503, { body: gatewayPage }, { kind: 'unknown', code: 'graph-unavailable' }],
    [503, { body: bucketFull }, { kind: 'unknown', code: 'graph-unavailable' }],
  ],
  '5xx and gateway pages': [
    [500, {}, { kind: 'unknown', code: 'graph-server-error' }],
    [
      500,
      { body: graphError('InternalServerError', 'Something went wrong.') },
      { kind: 'unknown', code: 'graph-server-error' },
    ],
    [500, { body: 'The bucket cannot be reached.' }, { kind: 'unknown', code: 'graph-server-error' }],
    [500, { body: 'The disk is full.' }, { kind: 'unknown', code: 'graph-server-error' }],
    [501, { body: bucketFull }, { kind: 'unknown', code: 'graph-server-error' }],
    [599, {}, { kind: 'unknown', code: 'graph-server-error' }],
    [502, { body: gatewayPage, contentType: 'text/html' }, { kind: 'unknown', code: 'graph-server-error' }],
    [504, { body: bucketFull }, { kind: 'unknown', code: 'graph-server-error' }],
  ],
  '3xx redirect refused': [
    [300, {}, { kind: 'halted', code: 'graph-redirected', scope: 'tenant' }],
    [302, {}, { kind: 'halted', code: 'graph-redirected', scope: 'tenant' }],
    [399, {}, { kind: 'halted', code: 'graph-redirected', scope: 'tenant' }],
    [308, {}, { kind: 'halted', code: 'graph-redirected', scope: 'tenant' }],
  ],
  'anything else': [
    [199, {}, { kind: 'halted', code: 'graph-unexpected-answer', scope: 'tenant' }],
    [418, {}, { kind: 'halted', code: 'graph-unexpected-answer', scope: 'tenant' }],
    [499, {}, { kind: 'halted', code: 'graph-unexpected-answer', scope: 'tenant' }],
  ],
};

describe('the table, line by line', () => {
  test('has an example for every line, and no line twice', () => {
    const names = ANSWER_TABLE.map((line) => line.name);
    expect([...names].sort()).toEqual(Object.keys(EXAMPLES).sort());
    expect(new Set(names).size).toBe(names.length);
  });
  describe.each(Object.entries(EXAMPLES))('%s', (name, examples) => {
    test.each(examples)('%i', (status, more, meaning) => {
      expect(judgeAnswer(answer(status, more), NOW)).toEqual(meaning);
      expect(ANSWER_TABLE.find((line) => line.fits(status, more.body ?? ''))?.name).toBe(name);
    });
  });
});

test('the line of redirects fits nothing else, wherever it stands in the table', () => {
  const line = ANSWER_TABLE.find(({ name }) => name === '3xx redirect refused');
  expect([299, 300, 399, 400].filter((status) => line?.fits(status, ''))).toEqual([300, 399]);
});

describe('for every status and body', () => {
  const anyAnswer = fc.record({
    status: fc.integer({ min: 100, max: 999 }),
    body: fc.string(),
    retryAfter: fc.option(fc.string()),
  });
  test('there is a meaning, and only 202 means accepted', () => {
    fc.assert(
      fc.property(anyAnswer, ({ status, body, retryAfter }) => {
        const meaning = judgeAnswer(answer(status, { body, retryAfter }), NOW);
        expect(meaning.kind === 'accepted').toBe(status === 202);
      }),
    );
  });
  test('what may have been accepted is never treated as refused: 2xx and 5xx without a promise', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 200, max: 299 }), fc.integer({ min: 501, max: 599 })), (status) => {
        fc.pre(status !== 202);
        expect(judgeAnswer(answer(status), NOW).kind).toBe('unknown');
      }),
    );
  });
});

describe('silence', () => {
  test('without a connection nothing was sent: the job pauses for one to three windows of the pace', () => {
    expect(judgeAnswer({ kind: 'silence', reason: 'unreachable' }, NOW)).toEqual({
      kind: 'job-paused',
      code: 'graph-unreachable',
      leastPauseMs: 5_000,
      mostPauseMs: 15_000,
    });
  });
  test('may have been accepted, once there was a connection', () => {
    expect(judgeAnswer({ kind: 'silence', reason: 'timeout' }, NOW)).toEqual({
      kind: 'unknown',
      code: 'graph-timeout',
    });
    expect(judgeAnswer({ kind: 'silence', reason: 'cut' }, NOW)).toEqual({
      kind: 'unknown',
      code: 'graph-connection-cut',
    });
  });
});

test('the message of the service is cut to what a report can show', () => {
  const meaning = judgeAnswer(answer(400, { body: graphError('BadRequest', 'x'.repeat(10_000)) }), NOW);
  expect(meaning.kind === 'indigestible' && meaning.message.length).toBe(300);
});
