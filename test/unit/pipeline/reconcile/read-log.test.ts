// Reading a log that was not read for long: what was read stays read, whatever happens later.
import { LogTurns } from '../../../../shared/graph/log-turns';
import type { Pipeline } from '../../../../shared/pipeline/pipeline';
import { readLog } from '../../../../shared/pipeline/reconcile/read-log';

const NOW = Date.UTC(2026, 10, 21, 8);
const TEN_MINUTES = 600_000;
const job = { servicePrincipalId: 'sp', jobId: 'job' };

/** A log of which each page is empty and takes `pageMs`, read up to half an hour ago; the `failing`th request is refused. */
function world(options: { readonly pageMs: number; readonly failing?: number }) {
  let time = NOW;
  const moves: number[] = [];
  const requests: string[] = [];
  const clock = { now: () => time, sleep: (ms: number) => Promise.resolve(void (time += ms)) };
  const pipeline: Pick<Pipeline, 'delays' | 'emit'> & Record<string, unknown> = {
    delays: { logOverlapMs: 60_000, clockSkewMs: 0 } as Pipeline['delays'],
    emit: () => undefined,
    clock,
    gate: { now: () => time },
    logTurns: new LogTurns(clock),
    watermark: {
      read: () => Promise.resolve(NOW - 3 * TEN_MINUTES),
      write: (_job: unknown, at: number) => Promise.resolve(void moves.push(at)),
    },
    graph: {
      get: (path: string) => {
        requests.push(new URL(path, 'http://localhost').searchParams.get('$filter') ?? '');
        time += options.pageMs;
        return Promise.resolve(
          requests.length === options.failing
            ? { kind: 'answer', status: 503, body: '', requestId: null, retryAfter: null }
            : { kind: 'answer', status: 200, body: '{"value":[]}', requestId: null, retryAfter: null },
        );
      },
    },
  };
  return { read: () => readLog(pipeline as unknown as Pipeline, job, [], () => Promise.resolve(0)), moves, requests };
}

test('the watermark moves behind each stretch, and the reading tells when it began', async () => {
  const { read, moves, requests } = world({ pageMs: 10 });
  expect(await read()).toBe(NOW);
  expect(moves).toEqual([NOW - 2 * TEN_MINUTES, NOW - TEN_MINUTES]);
  expect(requests).toHaveLength(3);
  expect(requests[0]).toContain('gt 2026-11-21T07:29:00.000Z and activityDateTime lt 2026-11-21T07:40:00.000Z');
  expect(requests[2]).not.toContain('lt');
});
test('a log that breaks off keeps what was read before', async () => {
  const { read, moves } = world({ pageMs: 10, failing: 2 });
  await expect(read()).rejects.toMatchObject({ code: 'graph-log-unavailable' });
  expect(moves).toEqual([NOW - 2 * TEN_MINUTES]);
});
test('a reading that takes long ends in good time and says that it is not at the end: nothing is called silent', async () => {
  const { read, moves } = world({ pageMs: 200_000 });
  expect(await read()).toBeNull();
  expect(moves).toEqual([NOW - 2 * TEN_MINUTES, NOW - TEN_MINUTES]);
});
