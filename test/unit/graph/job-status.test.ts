// What the state of a provisioning job means for sending.
import type { GraphReply } from '../../../shared/graph/graph-transport';
import { judgeJobAnswer, readJobHealth } from '../../../shared/graph/job-status';
import { HandClock } from '../memory/hand-clock';
import { ScriptedGraph } from '../memory/scripted-graph';

const reply = (status: number, body: unknown): GraphReply => ({
  kind: 'answer',
  status,
  requestId: null,
  retryAfter: null,
  contentType: 'application/json',
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const job = (code: unknown, more: object = {}): GraphReply => reply(200, { id: 'j', status: { code, ...more } });

describe('the documented states', () => {
  test.each([
    ['Active', { kind: 'healthy' }],
    ['Paused', { kind: 'ill', code: 'job-is-paused', detail: 'Paused' }],
    ['NotRun', { kind: 'ill', code: 'job-never-started', detail: 'NotRun' }],
    ['NotConfigured', { kind: 'ill', code: 'job-never-started', detail: 'NotConfigured' }],
    ['Quarantine', { kind: 'ill', code: 'job-in-quarantine', detail: 'Quarantine' }],
  ])('%s', (code, health) => expect(judgeJobAnswer(job(code))).toEqual(health));
  test.each(['constructor', '__proto__', 'toString', 'x'.repeat(100_000)])('%.20s is none of them', (code) => {
    expect(judgeJobAnswer(job(code))).toEqual({ kind: 'healthy' });
  });
  test('are recognised in any case', () => {
    expect(judgeJobAnswer(job('QUARANTINE'))).toMatchObject({ code: 'job-in-quarantine' });
    expect(judgeJobAnswer(job('notRun'))).toMatchObject({ code: 'job-never-started' });
  });
  test('a quarantine gives its reason', () => {
    const quarantine = { reason: 'EncounteredEscrowProportionThreshold', currentBegan: '2026-11-21T00:00:00Z' };
    expect(judgeJobAnswer(job('Quarantine', { quarantine }))).toMatchObject({ detail: quarantine.reason });
  });
  test('a reason outside the enumeration is not repeated: it would reach telemetry', () => {
    const quarantine = { reason: 'Too many failures, e.g. for ann@contoso.example' };
    expect(judgeJobAnswer(job('Quarantine', { quarantine }))).toMatchObject({ detail: 'unreadable' });
  });
  test.each([
    ['a'.repeat(60), 'a'.repeat(60)],
    ['a'.repeat(61), 'unreadable'],
    ['Threshold2', 'unreadable'],
    [' Threshold', 'unreadable'],
    ['', 'unreadable'],
  ])('a word has only letters, at most sixty: %j is given as %j', (reason, detail) => {
    expect(judgeJobAnswer(job('Quarantine', { quarantine: { reason } }))).toMatchObject({ detail });
  });
  test.each([null, { reason: null }, {}])('even without a reason: %j', (quarantine) => {
    expect(judgeJobAnswer(job('Quarantine', { quarantine }))).toMatchObject({ detail: 'Quarantine' });
  });
  test('unknown members do not matter, nor does an old quarantine of a running job', () => {
    const quarantine = { reason: 'Unknown', seriesCount: 3 };
    expect(judgeJobAnswer(job('Active', { quarantine, countSuccessiveCompleteFailures: 0 }))).toEqual({
      kind: 'healthy',
    });
  });
});

test('an unknown state stops nothing', () => {
  expect(judgeJobAnswer(job('unknownFutureValue'))).toEqual({ kind: 'healthy' });
});

test.each([404, 410])('%d: the job is gone', (status) => {
  expect(judgeJobAnswer(reply(status, { error: {} }))).toEqual({
    kind: 'ill',
    code: 'job-is-gone',
    detail: String(status),
  });
});

test('a state that may not be read is waited for: only a person can grant the permission', () => {
  expect(judgeJobAnswer(reply(403, { error: {} }))).toEqual({
    kind: 'ill',
    code: 'job-not-readable',
    detail: '403',
  });
});

describe('an unreadable answer stops nothing', () => {
  test.each([
    ['401', reply(401, { error: {} })],
    ['429', reply(429, '')],
    ['503 and a page', reply(503, '<html></html>')],
    ['200 and a page', reply(200, '<html></html>')],
    ['200 and nothing', reply(200, '')],
    ['200 and another document', reply(200, { value: [] })],
    ['a status without a code', reply(200, { status: {} })],
    ['a code that is not a string', job(7)],
    ['a quarantine that is not an object', job('Quarantine', { quarantine: 'yes' })],
    ['a reason that is not a string', job('Quarantine', { quarantine: { reason: 7 } })],
    ['409', reply(409, { id: 'j', status: { code: 'Paused' } })],
    ['201', reply(201, { id: 'j', status: { code: 'Paused' } })],
    ['no answer', { kind: 'silence', reason: 'timeout' } as const],
  ])('%s', (_, answer) => expect(judgeJobAnswer(answer)).toEqual({ kind: 'unknown' }));
});

test('the job is requested by its path, once', async () => {
  const graph = new ScriptedGraph(new HandClock());
  graph.reads.push(job('Paused'));
  const health = await readJobHealth(graph, { servicePrincipalId: 'sp 1', jobId: 'API2AAD.x' });
  expect(health).toMatchObject({ code: 'job-is-paused' });
  expect(graph.requests.map((request) => request.path)).toEqual([
    '/v1.0/servicePrincipals/sp%201/synchronization/jobs/API2AAD.x',
  ]);
});
