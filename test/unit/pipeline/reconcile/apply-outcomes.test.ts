// Entries → rows: which run an entry belongs to, that it counts once, and that it is kept before a verdict rests on it.
import { ServedRuns } from '../../../../shared/pipeline/serve/served-runs';
import type { ProvisioningEntry } from '../../../../shared/graph/provisioning-log';
import { applyOutcomes } from '../../../../shared/pipeline/reconcile/apply-outcomes';
import type { Run } from '../../../../shared/run/run';
import { readOutcome } from '../../../../shared/verdict/outcome';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { batchOf, doneRow, entryOf, MINUTE, NOW, putRun, recordWrites, rowOf, runOf, sentRow } from '../told-ledger';

const SKEW = 5_000;
const OLDER = runOf('r1');
const NEWER = runOf('r2');

const start = (): Promise<MemoryPipeline> => memoryPipeline({ delays: { clockSkewMs: SKEW } });
const rowIn = (pipeline: MemoryPipeline, run: string, batch = '000001', at = 0) =>
  pipeline.ledger.batches.peek(run, batch)?.rows[at];
const verdicts = (pipeline: MemoryPipeline, run: string) =>
  pipeline.ledger.batches.peekAll(run).flatMap(({ rows }) => rows.map((row) => row.verdict));
const changeOf = (entry: ProvisioningEntry): string => readOutcome(entry)?.change ?? '';

describe('ownEntries: an entry belongs to the last run that delivered the person before it', () => {
  /** Sent in the older run ten minutes ago, in the newer one five minutes ago. */
  async function ownerOf(at: number, runs: readonly Run[] = [OLDER, NEWER]): Promise<string> {
    const pipeline = await start();
    putRun(pipeline, OLDER, batchOf([sentRow(1, NOW - 10 * MINUTE)]));
    putRun(pipeline, NEWER, batchOf([sentRow(1, NOW - 5 * MINUTE)]));
    const counted = await applyOutcomes(pipeline, runs, [entryOf('p1', at)], new ServedRuns(pipeline), new Set());
    const owners = ['r1', 'r2'].filter((run) => verdicts(pipeline, run)[0] === 'created');
    expect(counted).toBe(owners.length);
    expect(owners).toEqual(['r1', 'r2'].filter((run) => pipeline.evidence.peek(runOf(run)).length > 0));
    return owners.join();
  }
  test.each([
    ['after both: the newer one', NOW, 'r2'],
    ['between: the older one', NOW - 5 * MINUTE - SKEW - 1, 'r1'],
    ['just before the newer one, by a clock that may be slow: the newer one', NOW - 5 * MINUTE - SKEW, 'r2'],
    ['before both: neither', NOW - 10 * MINUTE - SKEW - 1, ''],
    ['just before both, by a clock that may be slow: the older one', NOW - 10 * MINUTE - SKEW, 'r1'],
  ])('%s', async (_, at, owner) => {
    expect(await ownerOf(at)).toBe(owner);
    expect(await ownerOf(at, [NEWER, OLDER])).toBe(owner);
  });
  test('a run that is not in view owns nothing', async () => {
    expect(await ownerOf(NOW, [OLDER])).toBe('r1');
  });

  test('an older run that sent the person again later owns the entries after that', async () => {
    const pipeline = await start();
    const sentAt = [NOW - 10 * MINUTE, NOW - MINUTE, NOW + MINUTE];
    putRun(pipeline, OLDER, batchOf([sentRow(1, 0, { deliveries: 3, sentAt })]));
    putRun(pipeline, NEWER, batchOf([sentRow(1, NOW - 5 * MINUTE)]));
    await applyOutcomes(pipeline, [OLDER, NEWER], [entryOf('p1', NOW)], new ServedRuns(pipeline), new Set());
    expect([verdicts(pipeline, 'r1'), verdicts(pipeline, 'r2')]).toEqual([['created'], [null]]);
  });
  test('of two deliveries noted at one time the newer run owns the entry', async () => {
    const pipeline = await start();
    putRun(pipeline, OLDER, batchOf([sentRow(1, NOW)]));
    putRun(pipeline, NEWER, batchOf([sentRow(1, NOW)]));
    await applyOutcomes(pipeline, [OLDER, NEWER], [entryOf('p1', NOW)], new ServedRuns(pipeline), new Set());
    expect([verdicts(pipeline, 'r1'), verdicts(pipeline, 'r2')]).toEqual([[null], ['created']]);
  });
  test('earlier entries that a newer run counted give it no claim to an entry from before its delivery', async () => {
    const pipeline = await start();
    putRun(pipeline, OLDER, batchOf([sentRow(1, NOW - 10 * MINUTE)]));
    putRun(pipeline, NEWER, batchOf([doneRow(1, { sentAt: [NOW], changes: [['another', 'created', false]] })]));
    await applyOutcomes(pipeline, [OLDER, NEWER], [entryOf('p1', NOW - MINUTE)], new ServedRuns(pipeline), new Set());
    expect(verdicts(pipeline, 'r1')).toEqual(['created']);
    expect(rowIn(pipeline, 'r2')?.changes).toHaveLength(1);
  });
  test('a row that was never sent owns nothing', async () => {
    const pipeline = await start();
    putRun(pipeline, OLDER, batchOf([rowOf(1)]));
    expect(await applyOutcomes(pipeline, [OLDER], [entryOf('p1', NOW)], new ServedRuns(pipeline), new Set())).toBe(0);
  });
});

describe('distinct: an entry counts once', () => {
  test('read again, it changes nothing and is not kept again', async () => {
    const pipeline = await start();
    putRun(pipeline, OLDER, batchOf([sentRow(1, NOW - MINUTE, { deliveries: 2 })]));
    expect(await applyOutcomes(pipeline, [OLDER], [entryOf('p1', NOW)], new ServedRuns(pipeline), new Set())).toBe(1);
    const writes = recordWrites(pipeline);
    expect(await applyOutcomes(pipeline, [OLDER], [entryOf('p1', NOW)], new ServedRuns(pipeline), new Set())).toBe(0);
    expect(writes).toEqual([]);
    expect(rowIn(pipeline, 'r1')).toMatchObject({ work: 'open', changes: [[expect.any(String), 'created', false]] });
  });
  test('twice on one page, it is one change', async () => {
    const pipeline = await start();
    putRun(pipeline, OLDER, batchOf([sentRow(1, NOW - MINUTE, { deliveries: 2 })]));
    await applyOutcomes(
      pipeline,
      [OLDER],
      [entryOf('p1', NOW), entryOf('p1', NOW)],
      new ServedRuns(pipeline),
      new Set(),
    );
    expect(rowIn(pipeline, 'r1')).toMatchObject({ work: 'open', changes: [{}] });
  });
  test('counted in the newer run, it is not counted in the older one too, whenever that sent the person', async () => {
    const pipeline = await start();
    const entry = entryOf('p1', NOW);
    putRun(pipeline, OLDER, batchOf([sentRow(1, NOW)]));
    putRun(
      pipeline,
      NEWER,
      batchOf([doneRow(1, { sentAt: [NOW - MINUTE], changes: [[changeOf(entry), 'created', false]] })]),
    );
    expect(await applyOutcomes(pipeline, [OLDER, NEWER], [entry], new ServedRuns(pipeline), new Set())).toBe(0);
    expect(verdicts(pipeline, 'r1')).toEqual([null]);
  });
  test('counted in the older run, it stays there even though the newer run had sent the person before it', async () => {
    const pipeline = await start();
    const entry = entryOf('p1', NOW);
    putRun(pipeline, OLDER, batchOf([doneRow(1, { changes: [[changeOf(entry), 'created', false]] })]));
    putRun(pipeline, NEWER, batchOf([sentRow(1, NOW - MINUTE)]));
    expect(await applyOutcomes(pipeline, [OLDER, NEWER], [entry], new ServedRuns(pipeline), new Set())).toBe(0);
    expect(verdicts(pipeline, 'r2')).toEqual([null]);
  });
  test('a second entry of a counted change goes where the change was counted', async () => {
    const pipeline = await start();
    const entry = entryOf('p1', NOW, { change: 'c' });
    putRun(pipeline, OLDER, batchOf([doneRow(1, { changes: [[changeOf(entry), 'failed', true]], verdict: 'failed' })]));
    putRun(pipeline, NEWER, batchOf([sentRow(1, NOW - MINUTE)]));
    expect(await applyOutcomes(pipeline, [OLDER, NEWER], [entry], new ServedRuns(pipeline), new Set())).toBe(1);
    expect([verdicts(pipeline, 'r1'), verdicts(pipeline, 'r2')]).toEqual([['created'], [null]]);
  });
});

describe('ids', () => {
  test.each([
    ['0042', '42'],
    ['42', '0042'],
    ['ab-1', 'AB-1'],
  ])('%s in the export is %s in the log', async (id, logged) => {
    const pipeline = await start();
    putRun(pipeline, OLDER, batchOf([sentRow(1, NOW - MINUTE, { id }), sentRow(2, NOW - MINUTE)]));
    expect(await applyOutcomes(pipeline, [OLDER], [entryOf(logged, NOW)], new ServedRuns(pipeline), new Set())).toBe(1);
    expect(verdicts(pipeline, 'r1')).toEqual(['created', null]);
  });
  test('of people whom no run carries are skipped, as are entries that say nothing', async () => {
    const pipeline = await start();
    putRun(pipeline, OLDER, batchOf([sentRow(1, NOW - MINUTE)]));
    const entries = [entryOf('p9', NOW), { ...entryOf('p1', NOW), sourceIdentity: null }, entryOf('p1', NOW)];
    expect(await applyOutcomes(pipeline, [OLDER], entries, new ServedRuns(pipeline), new Set())).toBe(1);
    expect(pipeline.evidence.peek(OLDER).map((entry) => entry.id)).toEqual([entryOf('p1', NOW).id]);
  });
});

describe('a page', () => {
  test('is kept batch by batch, each before its verdicts, and each batch is swapped once', async () => {
    const pipeline = await start();
    const sent = NOW - MINUTE;
    putRun(
      pipeline,
      OLDER,
      batchOf([sentRow(1, sent), sentRow(2, sent)]),
      batchOf([sentRow(3, sent)], { batch: '000002' }),
    );
    putRun(pipeline, NEWER, batchOf([sentRow(4, sent)]));
    const writes = recordWrites(pipeline);
    const entries = ['p1', 'p3', 'p2', 'p4'].map((id) => entryOf(id, NOW));
    expect(await applyOutcomes(pipeline, [OLDER, NEWER], entries, new ServedRuns(pipeline), new Set())).toBe(4);
    expect([verdicts(pipeline, 'r1'), verdicts(pipeline, 'r2')]).toEqual([
      ['created', 'created', 'created'],
      ['created'],
    ]);
    const at = (write: string): number => writes.indexOf(write);
    expect([...writes].sort()).toEqual([
      'batch replace r1/000001',
      'batch replace r1/000002',
      'batch replace r2/000001',
      'evidence keep contoso-hr/r1',
      'evidence keep contoso-hr/r1',
      'evidence keep contoso-hr/r2',
    ]);
    expect(at('evidence keep contoso-hr/r1')).toBeLessThan(at('batch replace r1/000001'));
    expect(writes.lastIndexOf('evidence keep contoso-hr/r1')).toBeLessThan(at('batch replace r1/000002'));
    expect(at('evidence keep contoso-hr/r2')).toBeLessThan(at('batch replace r2/000001'));
    expect(
      pipeline.evidence
        .peek(OLDER)
        .map((entry) => entry.sourceIdentity?.id)
        .sort(),
    ).toEqual(['p1', 'p2', 'p3']);
  });
  test('reads the family of a batch once, however many of its people are on it', async () => {
    const pipeline = await start();
    putRun(pipeline, OLDER, batchOf([sentRow(1, NOW - MINUTE), sentRow(2, NOW - MINUTE)]));
    await applyOutcomes(
      pipeline,
      [OLDER],
      [entryOf('p1', NOW), entryOf('p2', NOW)],
      new ServedRuns(pipeline),
      new Set(),
    );
    expect(pipeline.ledger.batches.calls.count('family')).toBe(1);
  });
  test('gives no verdict when the evidence could not be kept', async () => {
    const pipeline = await start();
    putRun(pipeline, OLDER, batchOf([sentRow(1, NOW - MINUTE)]));
    pipeline.evidence.calls.before = () => Promise.reject(new Error('storage is away'));
    const served = new ServedRuns(pipeline);
    expect(await applyOutcomes(pipeline, [OLDER], [entryOf('p1', NOW)], served, new Set())).toBe(0);
    expect(() => served.throwFirst()).toThrow('storage is away');
    expect(verdicts(pipeline, 'r1')).toEqual([null]);
  });
  test('an entry for a part that was split off goes to that part', async () => {
    const pipeline = await start();
    putRun(
      pipeline,
      OLDER,
      batchOf([sentRow(1, NOW - MINUTE)]),
      batchOf([sentRow(2, NOW - MINUTE)], { batch: '000001.1' }),
    );
    await applyOutcomes(pipeline, [OLDER], [entryOf('p2', NOW)], new ServedRuns(pipeline), new Set());
    expect(rowIn(pipeline, 'r1', '000001.1')).toMatchObject({ verdict: 'created' });
    expect(rowIn(pipeline, 'r1')).toMatchObject({ verdict: null });
  });
  test('what failed is not sent again when a newer run carries the person', async () => {
    const pipeline = await start();
    putRun(pipeline, OLDER, batchOf([sentRow(1, NOW - MINUTE)]));
    putRun(pipeline, runOf('r2', { state: 'staged' }), batchOf([rowOf(1)]));
    await applyOutcomes(
      pipeline,
      [OLDER],
      [entryOf('p1', NOW, { error: 'Timeout' })],
      new ServedRuns(pipeline),
      new Set(),
    );
    expect(rowIn(pipeline, 'r1')).toMatchObject({ work: 'done', verdict: 'superseded' });
  });
});
