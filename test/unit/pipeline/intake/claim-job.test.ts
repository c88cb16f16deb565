// One job belongs to one source: who is first, who is held and why, how a job is handed over, and that no order of steps gives it to two.
import fc from 'fast-check';
import { claimJob } from '../../../../shared/pipeline/intake/claim-job';
import { intake } from '../../../../shared/pipeline/intake/intake';
import type { Run } from '../../../../shared/run/run';
import { LATE_EVIDENCE_MS } from '../../../../shared/run/run';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { csvOf, JOB, person, runOf, settingsOf } from '../contoso';

const OTHER_JOB = { servicePrincipalId: 'sp', jobId: 'API2AAD.other' };
const namedBy = (source: string, job: object = JOB): object => settingsOf({}, { name: source, job });
const runFrom = (source: string, more: Partial<Run> = {}): Run =>
  runOf(`r-${source}`, { source, state: 'checking', job: null, ...more });

/** Sources `a` and `b` name the job, and `a` owns it. */
async function ownedByA(run: Partial<Run> = { state: 'settled', job: JOB }) {
  const pipeline = await memoryPipeline();
  pipeline.sources.put('a', namedBy('a'));
  pipeline.sources.put('b', namedBy('b'));
  await claimJob(pipeline, runFrom('a'), JOB);
  pipeline.ledger.runs.put(runFrom('a', run));
  return pipeline;
}
const claimOfB = (pipeline: MemoryPipeline) => claimJob(pipeline, runFrom('b'), JOB);
const ownerOf = (pipeline: MemoryPipeline) => pipeline.owners.peek(JOB).value?.source;
const heldFor = (why: string) => ({ code: 'job-of-another-source', values: { owner: { quote: 'a' }, why } });

describe('a job', () => {
  test('that belongs to nobody belongs to the source whose file comes first', async () => {
    const pipeline = await memoryPipeline();
    await claimJob(pipeline, runFrom('a'), JOB);
    expect(pipeline.owners.peek(JOB).value).toEqual({ source: 'a', run: 'r-a' });
    expect(pipeline.sources.calls.made).toEqual([]);
  });
  test('is claimed again by its owner with every run, and each claim is a new version', async () => {
    const pipeline = await ownedByA();
    const before = pipeline.owners.peek(JOB);
    await claimJob(pipeline, runFrom('a'), JOB);
    await claimJob(pipeline, runFrom('a'), JOB);
    const after = pipeline.owners.peek(JOB);
    expect(after.value).toEqual(before.value);
    expect(after.etag).not.toBe(before.etag);
  });
  test('is the same job whatever the case of its ids, another with another id', async () => {
    const pipeline = await ownedByA();
    const shouted = { servicePrincipalId: 'SP', jobId: JOB.jobId.toUpperCase() };
    await expect(claimJob(pipeline, runFrom('b'), shouted)).rejects.toMatchObject(heldFor('named'));
    await claimJob(pipeline, runFrom('b'), OTHER_JOB);
    await claimJob(pipeline, runFrom('b'), { ...JOB, servicePrincipalId: 'sp-2' });
    expect(ownerOf(pipeline)).toBe('a');
  });
  test('that is contended again and again is tried again later', async () => {
    const pipeline = await ownedByA();
    pipeline.owners.calls.before = ({ method }) => {
      if (method === 'replace') pipeline.owners.put(JOB, { source: 'a', run: 'another' });
    };
    await expect(claimJob(pipeline, runFrom('a'), JOB)).rejects.toMatchObject({
      code: 'gate-contended',
      disposition: 'retry',
    });
    expect(pipeline.owners.calls.count('replace')).toBeLessThan(30);
  });
});

describe('another source that names the job', () => {
  test('is held while the owner names it', async () => {
    const pipeline = await ownedByA();
    await expect(claimOfB(pipeline)).rejects.toMatchObject(heldFor('named'));
    pipeline.sources.put('a', namedBy('a', { ...JOB, jobId: JOB.jobId.toUpperCase() }));
    await expect(claimOfB(pipeline)).rejects.toMatchObject(heldFor('named'));
    expect(ownerOf(pipeline)).toBe('a');
  });
  test('is held while the settings of the owner cannot be used', async () => {
    const pipeline = await ownedByA();
    pipeline.sources.put('a', '{');
    await expect(claimOfB(pipeline)).rejects.toMatchObject(heldFor('unreadable'));
  });
  test('is tried again if the settings of the owner cannot be fetched', async () => {
    const pipeline = await ownedByA();
    const failure = new Error('storage is away');
    pipeline.sources.calls.before = () => {
      throw failure;
    };
    await expect(claimOfB(pipeline)).rejects.toBe(failure);
  });
  test.each<readonly [string, (pipeline: MemoryPipeline) => void]>([
    ['names another job', (pipeline) => pipeline.sources.put('a', namedBy('a', OTHER_JOB))],
    ['has no settings any more', (pipeline) => pipeline.sources.remove('a')],
  ])('takes it once the owner %s; then the old owner is held', async (_, giveUp) => {
    const pipeline = await ownedByA();
    giveUp(pipeline);
    await claimOfB(pipeline);
    expect(ownerOf(pipeline)).toBe('b');
    await expect(claimJob(pipeline, runFrom('a'), JOB)).rejects.toMatchObject({
      code: 'job-of-another-source',
      values: { owner: { quote: 'b' }, why: 'named' },
    });
  });

  const now = Date.UTC(2026, 10, 21, 8);
  test.each<readonly [string, Partial<Run>, boolean]>([
    ['just received', { state: 'received', job: null }, false],
    ['being read', { state: 'checking', job: null }, false],
    ['staged', { state: 'staged', job: JOB }, false],
    ['sending', { state: 'sending', job: JOB }, false],
    ['confirming', { state: 'confirming', job: JOB }, false],
    ['sending, with the ids in another case', { state: 'sending', job: { ...JOB, servicePrincipalId: 'SP' } }, false],
    ['sending to another job', { state: 'sending', job: OTHER_JOB }, true],
    ['settled', { state: 'settled', job: JOB, settledAt: now }, true],
    ['settled, but may be repaired', { state: 'settled', job: JOB, unanswered: 1, settledAt: now }, false],
    ['parked, but may be repaired', { state: 'parked', job: JOB, unanswered: 1, settledAt: now }, false],
    [
      'settled, and was repairable until now',
      { state: 'settled', job: JOB, unanswered: 1, settledAt: now - LATE_EVIDENCE_MS },
      true,
    ],
    [
      'settled, and is repairable for a moment',
      { state: 'settled', job: JOB, unanswered: 1, settledAt: now - LATE_EVIDENCE_MS + 1 },
      false,
    ],
    ['parked before it was read', { state: 'parked', job: null }, true],
    ['held', { state: 'held', job: null }, true],
    ['refused', { state: 'refused', job: null }, true],
  ])('does not get it from an owner that gave it up while a run of the owner may send: %s', async (_, run, isFree) => {
    const pipeline = await ownedByA(run);
    expect(pipeline.clock.now()).toBe(now);
    pipeline.sources.put('a', namedBy('a', OTHER_JOB));
    if (isFree) await claimOfB(pipeline);
    else await expect(claimOfB(pipeline)).rejects.toMatchObject(heldFor('unfinished'));
    expect(ownerOf(pipeline)).toBe(isFree ? 'b' : 'a');
  });
  test('does not get it if the owner claims it between the look and the swap', async () => {
    const pipeline = await ownedByA();
    pipeline.sources.remove('a');
    pipeline.ledger.runs.calls.before = async () => {
      pipeline.ledger.runs.calls.before = () => undefined;
      // The owner is back, with a file.
      pipeline.sources.put('a', namedBy('a'));
      await claimJob(pipeline, runFrom('a'), JOB);
    };
    await expect(claimOfB(pipeline)).rejects.toMatchObject(heldFor('named'));
    expect(ownerOf(pipeline)).toBe('a');
  });
});

test('of sources that start at once one gets the job, in whatever order their calls take effect', async () => {
  const names = ['a', 'b', 'c'];
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const pipeline = await memoryPipeline();
      for (const name of names) pipeline.sources.put(name, namedBy(name));
      for (const port of [pipeline.owners, pipeline.sources, pipeline.ledger.runs])
        port.calls.before = () => scheduler.schedule(Promise.resolve());
      const claims = Promise.allSettled(names.map((name) => claimJob(pipeline, runFrom(name), JOB)));
      const results = await scheduler.waitFor(claims);
      expect(names.filter((_, i) => results[i]?.status === 'fulfilled')).toEqual([ownerOf(pipeline)]);
    }),
    { numRuns: 100, seed: 7 },
  );
});

test('the file of the second source is held with the owner in its reason, and nothing of it is sent', async () => {
  const pipeline = await memoryPipeline();
  for (const source of ['a', 'b']) {
    pipeline.sources.put(source, namedBy(source));
    pipeline.exports.drop(`${source}/people.csv`, csvOf(person('p1')));
  }
  await intake(pipeline, { version: 1, blob: 'a/people.csv' });
  await intake(pipeline, { version: 1, blob: 'b/people.csv' });
  const [first, second] = (await pipeline.ledger.runs.all()).map(({ value }) => value);
  expect(first).toMatchObject({ source: 'a', state: 'sending' });
  expect(second).toMatchObject({ source: 'b', state: 'held', batches: 0, reason: heldFor('named') });
  expect(pipeline.files.peek(second!, 'users.jsonl')).toBeNull();
  expect(pipeline.deliveries.history.map(({ message }) => message.run)).toEqual([first!.run]);
});
