// Batches of a staged run: a hundred in one go, each once, with heartbeats if it takes long.
import { startHeartbeat } from '../../../../shared/pipeline/intake/heartbeat';
import type { BatchRules } from '../../../../shared/pipeline/intake/make-batches';
import { makeBatches } from '../../../../shared/pipeline/intake/make-batches';
import { newBatch } from '../../../../shared/run/batch';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { putRun, runOf, staged } from '../contoso';

const RUN = runOf('r1', { state: 'staged' });
/** Nobody is kept back, and there are no candidates. */
const RULES: BatchRules = { holdList: new Map(), sent: null };
const packed = (number: number) =>
  ({
    batch: String(number).padStart(6, '0'),
    leavers: number === 1,
    candidates: false,
    rows: [[number, `p${number}`, 0, 10]],
  }) as const;

/** A staged run that was packed into this many batches. */
async function packedInto(count: number): Promise<MemoryPipeline> {
  const pipeline = await memoryPipeline();
  putRun(pipeline, 'r1', { state: 'staged' });
  const lines = Array.from({ length: count }, (_, i) => `${JSON.stringify(packed(i + 1))}\n`);
  pipeline.files.put(RUN, 'batches.jsonl', lines.join(''));
  return pipeline;
}

async function* countChunks(bytes: AsyncIterable<Uint8Array> | null, count: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes ?? []) {
    count();
    yield chunk;
  }
}

test.each([
  [0, 0],
  [1, 1],
  [99, 1],
  [100, 1],
  [101, 2],
  [250, 3],
])('%i batches are made in %i goes', async (count, goes) => {
  const pipeline = await packedInto(count);
  await makeBatches(pipeline, RUN, RULES);
  const made = pipeline.ledger.batches.peekAll('r1');
  expect(made).toEqual(Array.from({ length: count }, (_, i) => newBatch(RUN, packed(i + 1))));
  expect(pipeline.ledger.batches.calls.made).toEqual(
    Array.from({ length: goes }, () => ({ method: 'insertNew', key: 'r1' })),
  );
});
test('an existing batch is left as it is', async () => {
  const pipeline = await packedInto(2);
  const sent = { ...staged(1, { state: 'sent', delivery: 4 }), run: 'r1' };
  pipeline.ledger.batches.put(sent);
  await makeBatches(pipeline, RUN, RULES);
  expect(pipeline.ledger.batches.peek('r1', '000001')).toEqual(sent);
  expect(pipeline.ledger.batches.peek('r1', '000002')).not.toBeNull();
});
describe('candidates for `unchanged`', () => {
  const candidate = (number: number) => ({ ...packed(number), candidates: true });
  async function withCandidates(): Promise<MemoryPipeline> {
    const pipeline = await packedInto(0);
    const lines = [packed(1), candidate(2), candidate(3)].map((one) => `${JSON.stringify(one)}\n`);
    pipeline.files.put(RUN, 'batches.jsonl', lines.join(''));
    return pipeline;
  }
  test('only those who are to be sent get a batch, at its own number', async () => {
    const pipeline = await withCandidates();
    await makeBatches(pipeline, RUN, { ...RULES, sent: new Set([3]) });
    const made = pipeline.ledger.batches.peekAll('r1').map(({ batch, rows }) => [batch, rows.map(({ id }) => id)]);
    expect(made).toEqual([
      ['000001', ['p1']],
      ['000003', ['p3']],
    ]);
  });
  test('if nobody of them is to be sent, the packing is read no further than to the first of them', async () => {
    const pipeline = await withCandidates();
    const own = [packed(1), candidate(2)].map((one) => `${JSON.stringify(one)}\n`).join('');
    const rest = Array.from({ length: 1_000 }, (_, i) => `${JSON.stringify(candidate(i + 3))}\n`).join('');
    pipeline.files.put(RUN, 'batches.jsonl', own + rest);
    let chunks = 0;
    const read = async (...args: Parameters<typeof pipeline.files.read>) =>
      countChunks(await pipeline.files.read(...args), () => chunks++);
    const files = Object.assign(Object.create(pipeline.files) as typeof pipeline.files, { read });
    await makeBatches({ ...pipeline, files }, RUN, { ...RULES, sent: new Set() });
    expect(pipeline.ledger.batches.peekAll('r1').map(({ batch }) => batch)).toEqual(['000001']);
    // Of a hundred bytes; there are some hundreds.
    expect(chunks).toBe(2);
  });
  test('a missing decision is a fault with a retry: nobody is sent, and nobody left out, by guess', async () => {
    const pipeline = await withCandidates();
    await expect(makeBatches(pipeline, RUN, RULES)).rejects.toMatchObject({
      code: 'run-file-missing',
      disposition: 'retry',
    });
  });
});
test('where a run is restarted after a shorter silence, its heartbeats are as much faster', async () => {
  const pipeline = await memoryPipeline({ delays: { intakeSilenceMs: 30_000 } });
  putRun(pipeline, 'r1', { state: 'staged' });
  const beat = startHeartbeat(pipeline, RUN);
  for (const ms of [999, 1]) {
    pipeline.clock.pass(ms);
    await beat();
  }
  expect(pipeline.ledger.runs.calls.count('beat')).toBe(1);
  expect(pipeline.ledger.runs.peek(RUN)?.heartbeatAt).toBe(pipeline.clock.now());
});
test('a missing packing is a fault with a retry', async () => {
  const pipeline = await memoryPipeline();
  await expect(makeBatches(pipeline, RUN, RULES)).rejects.toMatchObject({
    code: 'run-file-missing',
    disposition: 'retry',
  });
});
test('with many batches, there is a heartbeat after each hundred that took half a minute', async () => {
  const pipeline = await packedInto(450);
  const began = pipeline.clock.now();
  const beats: number[] = [];
  pipeline.ledger.batches.calls.before = () => pipeline.clock.pass(18_000);
  pipeline.ledger.runs.calls.before = ({ method }) => {
    if (method === 'beat') beats.push(pipeline.clock.now() - began);
  };
  await makeBatches(pipeline, RUN, RULES);
  expect(beats).toEqual([36_000, 72_000]);
  expect(pipeline.ledger.runs.peek(RUN)?.heartbeatAt).toBe(began + 72_000);
});

test('the first heartbeat is half a minute after the start, then half a minute after each beat', async () => {
  const pipeline = await packedInto(0);
  const began = pipeline.clock.now();
  const beat = startHeartbeat(pipeline, RUN);
  const beatsAt: number[] = [];
  for (const at of [0, 29_999, 30_000, 30_001, 59_999, 60_500, 90_499, 90_500]) {
    pipeline.clock.pass(began + at - pipeline.clock.now());
    await beat();
    if (pipeline.ledger.runs.peek(RUN)?.heartbeatAt === pipeline.clock.now()) beatsAt.push(at);
  }
  expect(beatsAt).toEqual([30_000, 60_500, 90_500]);
  expect(pipeline.ledger.runs.calls.count('beat')).toBe(3);
  expect(pipeline.ledger.runs.peek(RUN)).toEqual({ ...RUN, heartbeatAt: began + 90_500 });
});
