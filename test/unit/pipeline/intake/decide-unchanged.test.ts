// Which roster a run compares with, who is a candidate, and who of them is `unchanged`: pinned and decided once, and in doubt sent.
import { decideUnchanged } from '../../../../shared/pipeline/intake/decide-unchanged';
import { intake } from '../../../../shared/pipeline/intake/intake';
import { pinRoster } from '../../../../shared/pipeline/read/pin-roster';
import { pinsOf } from '../../../../shared/pipeline/read/run-pins';
import { noteInRoster } from '../../../../shared/pipeline/reconcile/note-in-roster';
import { RollcallError } from '../../../../shared/core/errors';
import { readDecision } from '../../../../shared/run/decision';
import type { Run } from '../../../../shared/run/run';
import { runIdOf } from '../../../../shared/run/run';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { batchOf, rowOf } from '../../run/made-batch';
import { csvOf, person, putRun, SOURCE } from '../contoso';
import type { Nights } from '../nights';
import { nights } from '../nights';

const DAY_MS = 86_400_000;
const FILE = csvOf(person('p1'), person('p2'), person('p3'));

/** Two nights: everybody of the first is confirmed, the file of the second is dropped and not read. */
async function secondNight(content = FILE): Promise<{ readonly all: Nights; readonly run: Run }> {
  const all = await nights();
  const { pipeline } = all;
  await all.drop(FILE);
  await all.rest();
  pipeline.clock.pass(DAY_MS / 2);
  const name = `${SOURCE}/second.csv`;
  const { etag, lastModified } = pipeline.exports.drop(name, `${content}\n`);
  return { all, run: { source: SOURCE, run: runIdOf(name, etag, lastModified), approvals: 0 } as Run };
}
const arrive = (pipeline: MemoryPipeline): Promise<void> =>
  intake(pipeline, { version: 1, blob: `${SOURCE}/second.csv` });
/** Reads the file until the users are committed, then stops as if the process had died. */
async function stageOnly({ pipeline }: Nights, run: Run): Promise<Run> {
  const fault = new RollcallError('storage-table', 'retry', 'no');
  pipeline.ledger.batches.calls.before = ({ method }) => (method === 'insertNew' ? Promise.reject(fault) : undefined);
  pipeline.files.calls.before = ({ key }) => (key.endsWith('/decision.json') ? Promise.reject(fault) : undefined);
  await expect(arrive(pipeline)).rejects.toBe(fault);
  pipeline.ledger.batches.calls.before = () => undefined;
  pipeline.files.calls.before = () => undefined;
  return pipeline.ledger.runs.peek(run) as Run;
}
/** As another attempt at a run that is staged. */
const decide = ({ pipeline }: Nights, run: Run) => decideUnchanged(pipeline, run, pinsOf(pipeline, run));
const sentRows = async (pipeline: MemoryPipeline, run: Run) => [...((await readDecision(pipeline.files, run)) ?? [])];

describe('the roster of a run', () => {
  test('is that of the first attempt, on its day, whatever comes between', async () => {
    const { all, run } = await secondNight();
    const first = await pinRoster(all.pipeline, run);
    expect(first.pin).toEqual((await all.pipeline.rosters.current(SOURCE))?.value);
    all.pass(DAY_MS);
    await all.drop(csvOf(person('p9')));
    await all.rest();
    expect((await all.pipeline.rosters.current(SOURCE))?.value).not.toEqual(first.pin);
    expect(await pinRoster(all.pipeline, run)).toEqual(first);
  });
  test('and the runs before it stay those of the first attempt: an older run that ends meanwhile changes no packing', async () => {
    const { all, run } = await secondNight();
    const first = await pinRoster(all.pipeline, run);
    expect(first.previous).toEqual({ last: expect.any(String) as string, fullRows: null, passed: [] });
    const older = putRun(all.pipeline, `${first.previous.last}1`, { state: 'settled', content: 'full', rows: 7 });
    expect(older.run < run.run).toBe(true);
    expect(await pinRoster(all.pipeline, run)).toEqual(first);
    all.pipeline.files.put(run, 'roster.json', JSON.stringify({ pin: null, day: 7 }));
    expect(await pinRoster(all.pipeline, run)).toMatchObject({
      at: 7 * DAY_MS,
      previous: { last: null, fullRows: null, passed: [] },
    });
  });
  test('stays none, if there was none at the first attempt', async () => {
    const all = await nights();
    const run = { source: SOURCE, run: 'r1', approvals: 0 } as Run;
    expect((await pinRoster(all.pipeline, run)).pin).toBeNull();
    await all.drop(FILE);
    await all.rest();
    expect((await pinRoster(all.pipeline, run)).pin).toBeNull();
  });
  test('of two attempts at once is that of the faster one', async () => {
    const { all, run } = await secondNight();
    const { files } = all.pipeline;
    const other = { pin: null, day: 7, at: 7 * DAY_MS + 5, previous: { last: null, fullRows: null, passed: [] } };
    files.calls.before = ({ method }) => {
      if (method === 'commit') files.put(run, 'roster.json', JSON.stringify(other));
    };
    expect(await pinRoster(all.pipeline, run)).toEqual(other);
  });
});

describe('the decision', () => {
  test('is not made where no roster was: everybody is sent', async () => {
    const all = await nights();
    const run = await all.drop(FILE);
    expect(await readDecision(all.pipeline.files, run)).toBeNull();
    expect(all.run(run)).toMatchObject({ batches: 1, state: 'sending' });
  });
  test('is that nobody need be sent, without looking at anybody, where no other run matters', async () => {
    const { all, run } = await secondNight();
    await arrive(all.pipeline);
    expect(await sentRows(all.pipeline, run)).toEqual([]);
    expect(all.pipeline.ledger.batches.peekAll(run.run)).toEqual([]);
    const reads = all.pipeline.files.calls.made.filter(({ key }) => key === `${SOURCE}/${run.run}/rows.jsonl`);
    expect(reads.map(({ method }) => method)).toEqual(['commit']);
  });
  test('is made once: a second attempt keeps it, whatever it would say', async () => {
    const { all, run } = await secondNight();
    await arrive(all.pipeline);
    putRun(all.pipeline, '20261120T070000Z-0000000001', {
      people: ['p2'],
      made: [batchOf([rowOf(1, { id: 'p2', work: 'open', deliveries: 1, sentAt: [1] })])],
    });
    expect(await decide(all, all.run(run))).toEqual(new Set());
    expect(await sentRows(all.pipeline, run)).toEqual([]);
  });

  const OLDER = '20261120T070000Z-0000000001';
  const NEWER = '20261201T070000Z-0000000001';
  const p2 = (more: Parameters<typeof rowOf>[1]) => batchOf([rowOf(1, { id: 'p2', ...more })]);
  test.each([
    ['waits for its verdict', OLDER, { made: [p2({ work: 'open', deliveries: 1, sentAt: [1] })] }, [2]],
    [
      'is decided, but the run has not settled',
      OLDER,
      { made: [p2({ work: 'done', deliveries: 1, sentAt: [1], verdict: 'updated' })] },
      [2],
    ],
    ['was closed by time', OLDER, { made: [p2({ work: 'done', sentAt: [1], verdict: 'not-seen' })] }, [2]],
    ['was never sent', OLDER, { made: [p2({})] }, []],
    [
      'went unanswered, and the run has settled',
      OLDER,
      {
        state: 'settled',
        unanswered: 1,
        settledAt: Date.UTC(2026, 10, 20),
        made: [p2({ work: 'done', sentAt: [1], unanswered: true, verdict: 'not-seen' })],
      },
      [2],
    ],
    [
      'went unanswered so long ago that nothing can come of it',
      OLDER,
      {
        state: 'settled',
        unanswered: 1,
        settledAt: Date.UTC(2026, 10, 1),
        made: [p2({ work: 'done', sentAt: [1], unanswered: true, verdict: 'not-seen' })],
      },
      [],
    ],
    ['is carried by a newer run', NEWER, { state: 'staged', made: [] }, [2]],
  ] as const)('sends a candidate whose row in another run %s', async (_, other, told, sent) => {
    const { all, run } = await secondNight();
    const staged = await stageOnly(all, run);
    putRun(all.pipeline, other, { people: ['p2'], ...told });
    await decide(all, staged);
    expect(await sentRows(all.pipeline, run)).toEqual(sent);
  });
  test.each([
    ['newer than', '20261121T100000Z-0000000001', [2]],
    ['older than', OLDER, []],
  ])('about a candidate whom a run that settled since has changed: it is %s the one confirmed', async (_, id, sent) => {
    const { all, run } = await secondNight();
    const staged = await stageOnly(all, run);
    const between = putRun(all.pipeline, id, {
      state: 'settled',
      made: [p2({ work: 'done', deliveries: 1, sentAt: [Date.UTC(2026, 10, 21)], verdict: 'disabled' })],
    });
    const user = JSON.stringify({ schemas: [], externalId: 'p2', active: false });
    const line = { row: 1, line: 2, id: 'p2', user: [0, user.length] };
    all.pipeline.files.put(between, 'rows.jsonl', `${JSON.stringify(line)}\n`);
    all.pipeline.files.put(between, 'users.jsonl', `${user}\n`);
    all.pipeline.files.put(between, 'source.json', (await all.pipeline.sources.read(SOURCE)) ?? '');
    await noteInRoster(all.pipeline, between);
    await decide(all, staged);
    expect(await sentRows(all.pipeline, run)).toEqual(sent);
  });
  test('what was decided to be sent is packed at its place, the rest is not', async () => {
    const { all, run } = await secondNight(csvOf(person('p1'), person('p2'), person('p3'), person('p4')));
    const staged = await stageOnly(all, run);
    putRun(all.pipeline, OLDER, { people: ['p2'], made: [p2({ work: 'open', deliveries: 1, sentAt: [1] })] });
    await intake(all.pipeline, { version: 1, blob: `${SOURCE}/second.csv`, run: staged.run });
    const made = all.pipeline.ledger.batches
      .peekAll(run.run)
      .map(({ batch, rows }) => [batch, rows.map(({ id }) => id)]);
    expect(made).toEqual([
      ['000001', ['p4']],
      ['000002', ['p2']],
    ]);
    expect((await all.pipeline.indexes.of(staged)).find('p2')?.batch).toBe('000002');
  });
});
