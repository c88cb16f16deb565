// The machine at a glance: the newest runs of each source, the gate, the queues. Everything is read, nothing written.
import { freshPace } from '../../../../shared/delivery/pace';
import { openJobGate, pauseJob } from '../../../../shared/delivery/job-gate';
import type { MachinePorts } from '../../../../shared/pipeline/status/machine-status';
import { lookAtMachine } from '../../../../shared/pipeline/status/machine-status';
import { newestRuns } from '../../../../shared/run/newest-runs';
import { runStampOf } from '../../../../shared/run/run';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { batchOf, HOUR, JOB, MINUTE, NOW, OTHER_JOB, putRun, rowOf, runOf, SOURCE } from '../told-ledger';

const DAY = 24 * HOUR;

const portsOf = (pipeline: MemoryPipeline): MachinePorts => ({
  runs: pipeline.ledger.runs,
  batches: pipeline.ledger.batches,
  rosters: pipeline.rosters,
  sources: pipeline.sources,
  gates: () => pipeline.gateStore.gates(),
  watermarkOf: () => pipeline.watermark,
  queues: { arrivals: pipeline.arrivals, deliveries: pipeline.deliveries },
  evidence: pipeline.evidence,
});
const look = (pipeline: MemoryPipeline, most = 10) => lookAtMachine(portsOf(pipeline), most, NOW);

describe('the newest runs of a source', () => {
  const arrived = (ms: number): string => `${runStampOf(ms)}-0123456789`;

  test('are the newest ones, newest first, however long ago they came', async () => {
    const { ledger } = await memoryPipeline();
    const ages = [0.5, 2, 5, 20, 300, 2_000].map((days) => arrived(NOW - days * DAY));
    for (const run of ages) ledger.runs.put(runOf(run));
    ledger.runs.put(runOf(arrived(NOW), { source: 'other' }));
    const newest = async (most: number) => (await newestRuns(ledger.runs, SOURCE, most, NOW)).map(({ run }) => run);
    for (let most = 1; most <= ages.length; most++) expect(await newest(most)).toEqual(ages.slice(0, most));
    expect(await newest(99)).toEqual(ages);
  });
  test('are found by one query if enough came today, and by at most four', async () => {
    const { ledger } = await memoryPipeline();
    ledger.runs.put(runOf(arrived(NOW - HOUR)));
    ledger.runs.put(runOf(arrived(NOW - 900 * DAY)));
    await newestRuns(ledger.runs, SOURCE, 1, NOW);
    expect(ledger.runs.calls.count('ofSource')).toBe(1);
    await newestRuns(ledger.runs, SOURCE, 3, NOW);
    expect(ledger.runs.calls.count('ofSource')).toBe(5);
  });
});

test('an empty storage is told as such', async () => {
  expect(await look(await memoryPipeline())).toEqual({
    at: NOW,
    sources: [],
    gates: [],
    queues: { arrivals: 0, deliveries: 0 },
    needs: [],
  });
});

test('each source has its newest runs; batches are counted for open runs only', async () => {
  const pipeline = await memoryPipeline();
  const batches = [batchOf([rowOf(1)]), batchOf([rowOf(2)], { batch: '000002', state: 'settled' })];
  putRun(pipeline, runOf('r1', { state: 'settled' }), ...batches);
  putRun(pipeline, runOf('r2', { state: 'sending' }), ...batches);
  putRun(pipeline, runOf('r3', { source: 'fabrikam-hr', state: 'checking', heartbeatAt: NOW }));
  const { sources } = await look(pipeline);
  expect(
    sources.map(({ source, runs }) => [source, runs.map(({ run, batches: counts }) => [run.run, counts])]),
  ).toEqual([
    [
      SOURCE,
      [
        ['r2', { staged: 1, sending: 0, sent: 0, settled: 1 }],
        ['r1', null],
      ],
    ],
    ['fabrikam-hr', [['r3', null]]],
  ]);
  expect((await look(pipeline, 1)).sources[0]?.runs.map(({ run }) => run.run)).toEqual(['r2']);
});

test('the gate: calls of the day, closure, and each job with its pause and how far its log is read', async () => {
  const pipeline = await memoryPipeline();
  putRun(pipeline, runOf('r1'));
  putRun(pipeline, runOf('r2', { source: 'fabrikam-hr', job: OTHER_JOB }));
  putRun(pipeline, runOf('r3', { source: 'northwind', job: OTHER_JOB }));
  const hour = Math.floor(NOW / HOUR);
  pipeline.gateStore.putPace({
    ...freshPace,
    closedUntil: NOW + MINUTE,
    closedFor: 'throttled',
    closedBy: 'r1/000001',
    strikes: 2,
    usedPerHour: { [hour]: 5, [hour - 24]: 7, [hour - 25]: 1_000 },
  });
  pipeline.gateStore.putJob(JOB, pauseJob(openJobGate, NOW - 1, 'graph-conflict', 'r1/000001'));
  pipeline.gateStore.putJob(OTHER_JOB, {
    ...pauseJob(openJobGate, NOW + 1, 'graph-conflict', 'r2/000001'),
    refusals: 3,
  });
  await pipeline.watermark.write(OTHER_JOB, NOW - MINUTE);
  expect((await look(pipeline)).gates).toEqual([
    {
      tenant: 'default',
      closure: { until: NOW + MINUTE, code: 'throttled' },
      closedBy: 'r1/000001',
      usedToday: 12,
      strikes: 2,
      credentialEndsAt: null,
      jobs: [
        { job: JOB, sources: [SOURCE], pause: null, pausedBy: null, refusals: 0, logReadUntil: null },
        {
          job: OTHER_JOB,
          sources: ['fabrikam-hr', 'northwind'],
          pause: { until: NOW + 1, code: 'graph-conflict' },
          pausedBy: 'r2/000001',
          refusals: 3,
          logReadUntil: NOW - MINUTE,
        },
      ],
    },
  ]);
});

test('with several tenants, a job is shown where something was noted about it', async () => {
  const pipeline = await memoryPipeline();
  putRun(pipeline, runOf('r1'));
  putRun(pipeline, runOf('r2', { job: OTHER_JOB }));
  const gate = (tenant: string, noted: string | null) => ({
    tenant,
    pace: freshPace,
    jobOf: ({ jobId }: { jobId: string }) => (jobId === noted ? openJobGate : null),
    credentialEndsAt: null,
  });
  const ports = {
    ...portsOf(pipeline),
    gates: () => Promise.resolve([gate('one', JOB.jobId), gate('two', null)]),
    watermarkOf: (tenant: string) => ({
      read: ({ jobId }: { jobId: string }) => Promise.resolve(tenant === 'two' && jobId === OTHER_JOB.jobId ? NOW : 0),
    }),
  };
  const { gates } = await lookAtMachine(ports, 10, NOW);
  expect(gates.map(({ tenant, jobs }) => [tenant, jobs.map(({ job }) => job)])).toEqual([
    ['one', [JOB]],
    ['two', [OTHER_JOB]],
  ]);
});

test('a credential that ends soon is told with its day, once the app has noted it, also before anything was sent', async () => {
  const pipeline = await memoryPipeline();
  expect((await look(pipeline)).needs).toEqual([]);
  await pipeline.gateStore.credential.write(NOW + 30 * DAY);
  const { gates, needs } = await look(pipeline);
  expect(gates).toMatchObject([{ tenant: 'default', closure: null, credentialEndsAt: NOW + 30 * DAY }]);
  expect(needs).toEqual([{ kind: 'credential', tenant: 'default', endsAt: NOW + 30 * DAY }]);
});

test('what it costs: two calls per source and job, one per open run and queue, and no writes', async () => {
  const pipeline = await memoryPipeline();
  for (let i = 0; i < 50; i++) pipeline.ledger.runs.put(runOf(`r${String(i).padStart(2, '0')}`, { state: 'settled' }));
  putRun(pipeline, runOf('r99'));
  pipeline.gateStore.putPace(freshPace);
  await look(pipeline);
  const { ledger, gateStore, watermark, arrivals, deliveries, files } = pipeline;
  const made = [ledger.runs, ledger.batches, gateStore, watermark, arrivals, deliveries, files].flatMap(({ calls }) =>
    calls.made.map(({ method }) => method),
  );
  expect(made).toEqual(['sources', 'ofSource', 'countStates', 'gates', 'read', 'depth', 'depth']);
});
