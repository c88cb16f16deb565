// What is sent to Graph and read from it, without a socket: URL, body, log pages.
import * as fc from 'fast-check';
import type { GraphReply } from '../../../shared/graph/graph-transport';
import { bulkIdOf, bulkRequestBody, bulkUploadPath, jobPath } from '../../../shared/graph/bulk-upload';
import { firstLogPath, parseLogPage, readLogPage, withoutSize } from '../../../shared/graph/provisioning-log';
import { HandClock } from '../memory/hand-clock';
import { ScriptedGraph } from '../memory/scripted-graph';
import { created, redundant } from '../verdict/log-entries';

describe('the bulk request', () => {
  test('has exactly the documented form', () => {
    expect(JSON.parse(bulkRequestBody([{ bulkId: bulkIdOf('r1', 7), user: '{"externalId":"a"}' }]))).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [{ method: 'POST', bulkId: 'r1-7', path: '/Users', data: { externalId: 'a' } }],
      failOnErrors: null,
    });
  });
  test('for any users: JSON, with every user as it was staged, byte for byte', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()))), (list) => {
        const operations = list.map(([bulkId, user]) => ({ bulkId, user: JSON.stringify(user) }));
        const body = bulkRequestBody(operations);
        const parsed = JSON.parse(body) as { Operations: { bulkId: string; data: unknown }[] };
        expect(parsed.Operations.map((one) => [one.bulkId, JSON.stringify(one.data)])).toEqual(
          operations.map((one) => [one.bulkId, JSON.stringify(JSON.parse(one.user))]),
        );
        for (const { user } of operations) expect(body.includes(user)).toBe(true);
      }),
    );
  });
  test('goes to the job, whatever characters its id has', () => {
    const job = { servicePrincipalId: 'sp-1', jobId: 'API2AAD.01#23?x' };
    expect(bulkUploadPath(job)).toBe(
      '/v1.0/servicePrincipals/sp-1/synchronization/jobs/API2AAD.01%2323%3Fx/bulkUpload',
    );
    expect(bulkUploadPath(job).startsWith(jobPath(job))).toBe(true);
  });
  test.each(['..', '.', '', 'a/b', 'a\\b', 'a\n'])(
    'is refused for an id that a URL resolves to another path: %j',
    (id) => {
      for (const job of [
        { servicePrincipalId: 'sp-1', jobId: id },
        { servicePrincipalId: id, jobId: 'API2AAD.1' },
      ])
        expect(() => jobPath(job)).toThrow(expect.objectContaining({ code: 'name-unusable' }) as Error);
    },
  );
});

describe('the first page of the log', () => {
  test('asks for one job, strictly after a time', () => {
    const url = new URL(
      firstLogPath("a'b", { after: Date.UTC(2026, 10, 21, 8), before: null }, 1_000),
      'http://localhost',
    );
    expect(url.pathname).toBe('/v1.0/auditLogs/provisioning');
    expect(url.searchParams.get('$filter')).toBe("jobid eq 'a''b' and activityDateTime gt 2026-11-21T08:00:00.000Z");
    expect(url.searchParams.get('$top')).toBe('1000');
  });
  test('and strictly before another, if the stretch has an end', () => {
    const after = Date.UTC(2026, 10, 21, 8);
    const url = new URL(firstLogPath('a', { after, before: after + 1 }, 1_000), 'http://localhost');
    expect(url.searchParams.get('$filter')).toBe(
      "jobid eq 'a' and activityDateTime gt 2026-11-21T08:00:00.000Z and activityDateTime lt 2026-11-21T08:00:00.001Z",
    );
  });
});

describe('the size of a page', () => {
  const path = firstLogPath('a', { after: 0, before: null }, 1_000);
  test('is taken back from our own request', () => {
    expect(withoutSize(path, 1_000)).toBe(firstLogPath('a', { after: 0, before: null }, null));
  });
  test.each([
    ['one without a size', firstLogPath('a', { after: 0, before: null }, null)],
    ['another size', path.replace('1000', '500')],
    ['a link of the service', `${path}&$skiptoken=x`],
  ])('is not there to be taken back from %s', (_, other) => expect(withoutSize(other, 1_000)).toBeNull());
});

describe('a page of the log', () => {
  const ORIGIN = 'https://graph.microsoft.com';
  const page = (value: readonly unknown[], next?: string): string =>
    JSON.stringify({ value, ...(next === undefined ? {} : { '@odata.nextLink': next }) });

  test('returns the entries that have the documented shape and counts the others', () => {
    const strange = [
      null,
      7,
      {},
      { ...created, id: '' },
      { ...created, provisioningAction: 5 },
      { ...created, sourceIdentity: 'x' },
    ];
    const read = parseLogPage(page([created, ...strange, redundant]), ORIGIN);
    expect(read.entries.map((entry) => entry.provisioningAction)).toEqual(['create', 'other']);
    expect(read).toMatchObject({ unreadable: strange.length, next: null });
  });
  test.each([
    { id: undefined },
    { activityDateTime: '' },
    { activityDateTime: undefined },
    { changeId: 5 },
    { jobId: 5 },
    { provisioningAction: undefined },
    { sourceIdentity: undefined },
    { sourceIdentity: { id: 5 } },
    { provisioningStatusInfo: undefined },
    { provisioningStatusInfo: 'success' },
    { provisioningStatusInfo: {} },
    { provisioningStatusInfo: { status: 'failure', errorInformation: 'text' } },
    { provisioningStatusInfo: { status: 'failure', errorInformation: { errorCode: 5 } } },
    { provisioningStatusInfo: { status: 'failure', errorInformation: { reason: 5 } } },
    { provisioningSteps: 'text' },
    { provisioningSteps: ['text'] },
    { provisioningSteps: [{ provisioningStepType: 5 }] },
    { provisioningSteps: [{ status: 5 }] },
  ])('an entry with %j is no evidence', (wrong) => {
    expect(parseLogPage(page([{ ...created, ...wrong }]), ORIGIN)).toEqual({ entries: [], unreadable: 1, next: null });
  });
  test.each([
    { changeId: null, jobId: null },
    { changeId: undefined, jobId: undefined },
    { sourceIdentity: null },
    { sourceIdentity: {} },
    { sourceIdentity: { id: null, more: true } },
    { provisioningStatusInfo: null },
    { provisioningStatusInfo: { status: 'success', errorInformation: null, more: true } },
    { provisioningStatusInfo: { status: 'success', errorInformation: { errorCode: null, reason: null, more: true } } },
    { provisioningStatusInfo: { status: 'success', errorInformation: {} } },
    { provisioningSteps: null },
    { provisioningSteps: undefined },
    { provisioningSteps: [{}] },
    { provisioningSteps: [{ provisioningStepType: null, status: null, details: 5, more: true }] },
  ])('an entry with %j is evidence', (more) => {
    expect(parseLogPage(page([{ ...created, ...more }]), ORIGIN)).toMatchObject({
      entries: [{ id: created.id }],
      unreadable: 0,
    });
  });
  test('a page may have unknown members; with a next page that is not a string it is not a page', () => {
    expect(parseLogPage('{"value":[],"brandNew":1}', ORIGIN)).toEqual({ entries: [], unreadable: 0, next: null });
    expect(() => parseLogPage('{"value":[],"@odata.nextLink":5}', ORIGIN)).toThrow('unknown shape');
  });
  test.each([
    ['has 262,144 characters', 262_144, 1],
    ['is longer', 262_145, 0],
  ])('an entry that %s', (_, chars, readable) => {
    const entry = { ...created, more: '' };
    entry.more = 'x'.repeat(chars - JSON.stringify(entry).length);
    expect(parseLogPage(page([entry]), ORIGIN)).toMatchObject({ unreadable: 1 - readable });
  });
  test.each([
    ['objects', '{}'],
    ['lists', '[]'],
    ['numbers', '1'],
  ])('a page of millions of %s is not read, and one of 100,000 is', (_, part) => {
    const of = (parts: number): string => `{"value":[${Array<string>(parts).fill(part).join()}]}`;
    expect(() => parseLogPage(of(2_000_000), ORIGIN)).toThrow('too many parts');
    expect(parseLogPage(of(100_000), ORIGIN)).toMatchObject({ unreadable: 100_000 });
  });
  test('an entry that is nested too deep to be written again is no evidence', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const body = page([{ ...created, details: '@' }, created]).replace('"@"', deep);
    expect(parseLogPage(body, ORIGIN)).toMatchObject({ entries: [{ id: created.id }], unreadable: 1 });
  });
  test('names the next one, on the same origin', () => {
    const next = `${ORIGIN}/v1.0/auditLogs/provisioning?$skiptoken=x`;
    expect(parseLogPage(page([], next), ORIGIN).next).toBe('/v1.0/auditLogs/provisioning?$skiptoken=x');
    expect(() => parseLogPage(page([], next), 'http://127.0.0.1:80')).toThrow(
      expect.objectContaining({ code: 'graph-log-misleading' }),
    );
  });
  test('accepts unknown members and enum values', () => {
    expect(
      parseLogPage(page([{ ...created, brandNew: { x: 1 }, provisioningAction: 'teleport' }]), ORIGIN).entries,
    ).toHaveLength(1);
  });
  test.each(['<html>', '[]', '{}', 'null', '{"value":5}'])('%j cannot be read now', (body) => {
    expect(() => parseLogPage(body, ORIGIN)).toThrow(
      expect.objectContaining({ code: 'graph-log-unavailable', disposition: 'retry' }),
    );
  });
});

describe('reading a page', () => {
  const NOW = Date.UTC(2026, 10, 21, 8);
  const graphThat = (reply: GraphReply): ScriptedGraph => {
    const graph = new ScriptedGraph(new HandClock());
    graph.reads.push(reply);
    return graph;
  };
  const answer = (status: number, more: { retryAfter?: string; body?: string } = {}): GraphReply => ({
    kind: 'answer',
    status,
    requestId: null,
    retryAfter: more.retryAfter ?? null,
    contentType: '',
    body: more.body ?? '',
  });
  test('200 is the page', async () => {
    const graph = graphThat(answer(200, { body: '{"value":[]}' }));
    expect(await readLogPage(graph, '/x?y', NOW)).toEqual({ entries: [], unreadable: 0, next: null });
    expect(graph.requests).toMatchObject([{ method: 'GET', path: '/x?y' }]);
  });
  test.each([
    [answer(429, { retryAfter: '30' }), { code: 'graph-log-unavailable', disposition: 'retry', retryAfterMs: 30_000 }],
    [answer(429, { retryAfter: '30 seconds' }), { code: 'graph-log-unavailable', retryAfterMs: null }],
    [answer(429, { retryAfter: 'in 30' }), { code: 'graph-log-unavailable', retryAfterMs: null }],
    [answer(429, { retryAfter: '5' }), { message: 'the provisioning log answered 429', retryAfterMs: 5_000 }],
    [{ kind: 'silence', reason: 'timeout' } as const, { message: 'the provisioning log answered nothing' }],
    [answer(201, { body: '{"value":[]}' }), { code: 'graph-log-unavailable', disposition: 'retry' }],
    [answer(503), { code: 'graph-log-unavailable', disposition: 'retry', retryAfterMs: null }],
    [answer(401), { code: 'graph-log-unavailable', disposition: 'retry' }],
    [answer(403), { code: 'graph-log-forbidden', disposition: 'halt' }],
    [{ kind: 'silence', reason: 'cut' } as const, { code: 'graph-log-unavailable', disposition: 'retry' }],
  ])('%j is never an empty page', async (reply, error) => {
    const graph = graphThat(reply);
    await expect(readLogPage(graph, '/x', NOW)).rejects.toMatchObject(error);
  });
});
