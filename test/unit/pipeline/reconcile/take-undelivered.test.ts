// What Event Grid gave up: each file is announced, an operator is told, and nothing is left or lost.
import { reconcile } from '../../../../shared/pipeline/reconcile/reconcile';
import { takeUndelivered } from '../../../../shared/pipeline/reconcile/take-undelivered';
import { blobCreated, blobRenamed, deadLetter, deadLetterName } from '../../../event-grid';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { SOURCE } from '../contoso';
import { eventsOf } from '../told-ledger';

const A = `${SOURCE}/a.csv`;
const B = `${SOURCE}/b.csv`;
const announced = (pipeline: MemoryPipeline): readonly string[] =>
  pipeline.arrivals.history.map(({ message }) => message.blob);
const told = (pipeline: MemoryPipeline) => eventsOf(pipeline, 'rollcall.sweep.undelivered');

test('nothing there costs one call', async () => {
  const pipeline = await memoryPipeline();
  await takeUndelivered(pipeline);
  expect(pipeline.undelivered.calls.made).toEqual([{ method: 'list', key: '' }]);
  expect(told(pipeline)).toEqual([]);
});

test('each tick takes what is there', async () => {
  const pipeline = await memoryPipeline();
  pipeline.undelivered.put(deadLetterName(), deadLetter([blobCreated(A)]));
  await reconcile(pipeline);
  expect(announced(pipeline)).toEqual([A]);
  expect(told(pipeline)).toEqual([{ events: 1, exports: 1, attempts: 1 }]);
});

test('each file is announced once, an operator is told in numbers, and the blob is deleted last', async () => {
  const pipeline = await memoryPipeline();
  const events = [
    blobCreated(A),
    blobCreated(A, 'PutBlockList'),
    blobRenamed(`${B}.part`, B),
    blobCreated(B, 'SftpCreate'),
  ];
  pipeline.undelivered.put(deadLetterName(), deadLetter(events, 30));
  let before: readonly string[] = [];
  pipeline.undelivered.calls.before = ({ method }) => {
    if (method === 'remove') before = announced(pipeline);
  };
  await takeUndelivered(pipeline);
  expect(before).toEqual([A, B]);
  expect(announced(pipeline)).toEqual([A, B]);
  expect(pipeline.undelivered.names()).toEqual([]);
  expect(told(pipeline)).toEqual([{ events: 4, exports: 2, attempts: 30 }]);
});

test.each(['', '{', '[1]', '{"a":1}', `[${'['.repeat(100_000)}`, deadLetter([blobCreated(A)]).slice(0, -1)])(
  'what cannot be read is kept as evidence, told of, and no longer in the way (%#)',
  async (text) => {
    const pipeline = await memoryPipeline();
    pipeline.undelivered.put(deadLetterName(), text);
    await takeUndelivered(pipeline);
    expect([...pipeline.evidence.messages.values()]).toEqual([text]);
    expect(told(pipeline)).toEqual([{ events: 0, exports: 0, attempts: 0, kept: expect.stringMatching(/^_poison\//) }]);
    expect(pipeline.undelivered.names()).toEqual([]);
    expect(pipeline.arrivals.history).toEqual([]);
  },
);

test('one that cannot be announced stays for the next tick, and the others have their turn', async () => {
  const pipeline = await memoryPipeline();
  pipeline.undelivered.put('X/1.json', deadLetter([blobCreated(A)]));
  pipeline.undelivered.put('X/2.json', deadLetter([blobCreated(B)]));
  let puts = 0;
  pipeline.arrivals.calls.before = () => {
    if (++puts === 1) throw new Error('storage is away');
  };
  await expect(takeUndelivered(pipeline)).rejects.toThrow('storage is away');
  expect(announced(pipeline)).toEqual([B]);
  expect(pipeline.undelivered.names()).toEqual(['X/1.json']);
  await takeUndelivered(pipeline);
  expect(announced(pipeline)).toEqual([B, A]);
  expect(pipeline.undelivered.names()).toEqual([]);
});

test('a blob that another process has taken meanwhile is none', async () => {
  const pipeline = await memoryPipeline();
  pipeline.undelivered.put('X/1.json', deadLetter([blobCreated(A)]));
  pipeline.undelivered.calls.before = ({ method }) => {
    if (method === 'readText') pipeline.undelivered.forget('X/1.json');
  };
  await takeUndelivered(pipeline);
  expect(told(pipeline)).toEqual([]);
  expect(announced(pipeline)).toEqual([]);
});

test('a tick takes so many and leaves the rest to the next one', async () => {
  const pipeline = await memoryPipeline();
  for (let at = 0; at < 60; at++) pipeline.undelivered.put(`X/${100 + at}.json`, deadLetter([blobCreated(A)]));
  await takeUndelivered(pipeline);
  expect(pipeline.undelivered.names()).toHaveLength(10);
  await takeUndelivered(pipeline);
  expect(pipeline.undelivered.names()).toEqual([]);
});
