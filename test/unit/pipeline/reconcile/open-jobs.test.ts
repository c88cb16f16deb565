// Which logs are read, and which runs may own what is read there: open ones, unanswered ones, and ended ones within the overlap.
import { openJobs, runsOfJob } from '../../../../shared/pipeline/reconcile/open-jobs';
import type { Run } from '../../../../shared/run/run';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { HOUR, JOB, NOW, OTHER_JOB, runOf } from '../told-ledger';

const DAY = 24 * HOUR;
const OVERLAP = 2 * HOUR;
const SKEW = 5_000;
/** The logs of both jobs were read until an hour ago. */
const READ_UNTIL = NOW - HOUR;
const IN_VIEW_SINCE = READ_UNTIL - OVERLAP - SKEW;

async function pipelineWith(runs: readonly Run[]) {
  const pipeline = await memoryPipeline({ delays: { logOverlapMs: OVERLAP, clockSkewMs: SKEW } });
  runs.forEach((run) => pipeline.ledger.runs.put(run));
  for (const job of [JOB, OTHER_JOB]) await pipeline.watermark.write(job, READ_UNTIL);
  return pipeline;
}
/** The open jobs by id, each with the ids of its runs. */
async function jobsOf(...runs: readonly Run[]): Promise<unknown> {
  const found = await openJobs(await pipelineWith(runs));
  return Object.fromEntries(found.map(([job, own]) => [job.jobId, own.map(({ run }) => run).sort()]));
}
const settled = (run: string, settledAt: number, more: Partial<Run> = {}): Run =>
  runOf(run, { state: 'settled', settledAt, ...more });

describe('a job is open', () => {
  test.each(['sending', 'confirming'] as const)('while a run of it is %s', async (state) => {
    expect(await jobsOf(runOf('r1', { state }))).toEqual({ job: ['r1'] });
  });
  test.each(['received', 'checking', 'held', 'refused', 'staged'] as const)('not for one that is %s', async (state) => {
    expect(await jobsOf(runOf('r1', { state }))).toEqual({});
  });
  test('for a week after a run with unanswered rows has ended, and no longer', async () => {
    const unanswered = { unanswered: 1 };
    expect(await jobsOf(settled('r1', NOW - 7 * DAY + 1, unanswered))).toEqual({ job: ['r1'] });
    expect(await jobsOf(settled('r1', NOW - 7 * DAY, unanswered))).toEqual({});
    expect(await jobsOf(settled('r1', NOW - DAY, { ...unanswered, state: 'parked' }))).toEqual({ job: ['r1'] });
  });
  test('not for runs that have ended with every answer', async () => {
    expect(await jobsOf(settled('r1', NOW))).toEqual({});
  });
  test('not without a job', async () => {
    expect(await jobsOf(runOf('r1', { job: null }))).toEqual({});
  });
  test('each with its own runs', async () => {
    const runs = [runOf('r1'), runOf('r2', { job: OTHER_JOB }), runOf('r3'), settled('r4', NOW, { job: OTHER_JOB })];
    expect(await jobsOf(...runs)).toEqual({ job: ['r1', 'r3'], other: ['r2', 'r4'] });
  });
});

describe('in view', () => {
  test('are ended runs within the overlap of the log, by a clock that may be slow', async () => {
    const runs = [runOf('r1'), settled('r2', IN_VIEW_SINCE + 1), settled('r3', IN_VIEW_SINCE)];
    expect(await jobsOf(...runs)).toEqual({ job: ['r1', 'r2'] });
  });
  test('and unanswered ones, however long ago they ended', async () => {
    expect(await jobsOf(runOf('r1'), settled('r2', NOW - 6 * DAY, { unanswered: 1 }))).toEqual({ job: ['r1', 'r2'] });
  });
});

test('the current runs of a job: one that was staged meanwhile is included, those of other jobs are not', async () => {
  const pipeline = await pipelineWith([
    runOf('r1'),
    runOf('r2', { job: OTHER_JOB }),
    runOf('r3', { job: null }),
    settled('r4', NOW),
    settled('r5', IN_VIEW_SINCE),
    settled('r6', NOW - DAY, { unanswered: 2 }),
    runOf('r7', { state: 'held' }),
  ]);
  const [, known = []] = (await openJobs(pipeline)).find(([job]) => job.jobId === JOB.jobId) ?? [];
  const now = async (): Promise<readonly string[]> =>
    (await runsOfJob(pipeline, { ...JOB }, known)).map(({ run }) => run).sort();
  expect(await now()).toEqual(['r1', 'r4', 'r6']);
  pipeline.ledger.runs.put(runOf('r8', { state: 'sending' }));
  expect(await now()).toEqual(['r1', 'r4', 'r6', 'r8']);
});
