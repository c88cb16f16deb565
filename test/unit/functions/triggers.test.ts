// The thin files of the triggers: the input reaches its story unchanged, and no failure is swallowed.
import type { InvocationContext } from '@azure/functions';
import { RollcallError } from '../../../shared/core/errors';
import { receivedRun } from '../../../shared/run/run-moves';
import { onArrival } from '../../../functions/on-arrival';
import { onDelivery } from '../../../functions/on-delivery';
import { onEvent } from '../../../functions/on-event';
import { onExport } from '../../../functions/on-export';
import {
  onPoisonArrival,
  onPoisonDelivery,
  onPoisonEvent,
  onPoisonExport,
  untilDone,
} from '../../../functions/on-poison';
import { onTimer } from '../../../functions/on-timer';
import type { Story } from '../../../functions/with-pipeline';
import { blobCreated, blobRenamed } from '../../event-grid';
import type { MemoryPipeline } from '../memory/memory-pipeline';
import { memoryPipeline } from '../memory/memory-pipeline';
import { csvOf, DAY, person, putRun, runOf, settingsOf, SOURCE, staged } from '../pipeline/contoso';

const BLOB = `${SOURCE}/people.csv`;
const context: InvocationContext = Object.create(null) as InvocationContext;
const RUN = '20261121T080000Z-0123456789';
const pointer = { version: 1, run: RUN, batch: '000001', delivery: 1 };

/** A file, and its run in a state, not yet in the ledger. */
async function world(state: 'received' | 'checking' = 'checking') {
  const pipeline = await memoryPipeline();
  pipeline.sources.put(SOURCE, settingsOf());
  const version = pipeline.exports.drop(BLOB, csvOf(person('p1')));
  const run = { ...receivedRun({ ...version, source: SOURCE }, DAY), state };
  return { pipeline, version, run, read: () => pipeline.ledger.runs.peek(run) };
}

describe('a file that HR dropped', () => {
  test('becomes a message on `arrivals`, and nothing else happens', async () => {
    const { pipeline } = await world();
    await onExport(pipeline, { name: BLOB }, context);
    expect(pipeline.arrivals.history).toMatchObject([{ message: { version: 1, blob: BLOB }, delayMs: 0 }]);
    expect(pipeline.exports.calls.made).toEqual([]);
    expect(pipeline.ledger.runs.calls.made).toEqual([]);
  });
  test('under a name that no path can hold is left to the sweep', async () => {
    const { pipeline } = await world();
    await onExport(pipeline, { name: `${SOURCE}/../x.csv` }, context);
    expect(pipeline.arrivals.history).toEqual([]);
  });
});

describe('a file that is still being uploaded, by its name,', () => {
  test.each(['people.csv.filepart', 'people.csv.PART', '.tmp', 'a.part/people.tmp'])(
    '%s, is no file yet',
    async (name) => {
      const { pipeline } = await world();
      const blob = `${SOURCE}/${name}`;
      pipeline.exports.drop(blob, csvOf(person('p1')));
      await onExport(pipeline, { name: blob }, context);
      await onEvent(pipeline, blobCreated(blob), context);
      expect(pipeline.arrivals.history).toEqual([]);
      await onArrival(pipeline, { version: 1, blob }, context);
      expect(pipeline.ledger.runs.calls.made).toEqual([]);
    },
  );
  test('is one under any other name', async () => {
    const { pipeline } = await world();
    for (const name of ['people.part.csv', 'a.tmp/people.csv', 'part', 'people.tmpl'])
      await onExport(pipeline, { name: `${SOURCE}/${name}` }, context);
    expect(pipeline.arrivals.history).toHaveLength(4);
  });
});

describe('an event of Event Grid', () => {
  test('becomes a message on `arrivals`, and nothing else happens', async () => {
    const { pipeline } = await world();
    await onEvent(pipeline, JSON.stringify(blobCreated(BLOB)), context);
    expect(pipeline.arrivals.history).toMatchObject([{ message: { version: 1, blob: BLOB }, delayMs: 0 }]);
    expect(pipeline.exports.calls.made).toEqual([]);
    expect(pipeline.ledger.runs.calls.made).toEqual([]);
  });
  test('may come in a list', async () => {
    const { pipeline } = await world();
    await onEvent(pipeline, [blobCreated(BLOB), blobRenamed('x.part', `${SOURCE}/b.csv`), blobCreated(BLOB)], context);
    expect(pipeline.arrivals.history.map(({ message }) => message.blob)).toEqual([BLOB, `${SOURCE}/b.csv`]);
  });
  test('that cannot be read fails, so that it reaches the poison queue', async () => {
    const { pipeline } = await world();
    await expect((async () => onEvent(pipeline, { eventType: 7 }, context))()).rejects.toMatchObject({
      code: 'message-invalid',
    });
  });
});

describe('an arrival', () => {
  test('of a file is taken in completely', async () => {
    const { pipeline, read } = await world();
    await onArrival(pipeline, { version: 1, blob: BLOB }, context);
    expect(read()?.state).toBe('sending');
    expect(pipeline.exports.calls.made[0]).toEqual({ method: 'head', key: BLOB });
  });
  test('of a run continues that run', async () => {
    const { pipeline, run, read } = await world();
    pipeline.ledger.runs.put(run);
    pipeline.exports.remove(BLOB);
    pipeline.files.put(run, 'export', csvOf(person('p1')));
    await onArrival(pipeline, { version: 1, blob: BLOB, run: run.run }, context);
    expect(read()?.state).toBe('sending');
    expect(pipeline.exports.calls.count('head')).toBe(0);
  });
  test('that cannot be read fails, so that it reaches the poison queue', async () => {
    const { pipeline } = await world();
    await expect((async () => onArrival(pipeline, '{', context))()).rejects.toMatchObject({ code: 'message-invalid' });
    expect(pipeline.ledger.runs.calls.made).toEqual([]);
  });
});

describe('a pointer', () => {
  test('is delivered', async () => {
    const { pipeline } = await world();
    const line = JSON.stringify({ externalId: 'p1', active: true });
    const run = putRun(pipeline, RUN, { people: ['p1'] });
    pipeline.files.put(run, 'users.jsonl', `${line}\n`);
    const [row] = staged(1).rows;
    pipeline.ledger.batches.put({
      ...staged(1, { releasedAt: 1 }),
      run: RUN,
      rows: [{ ...row!, offset: 0, bytes: line.length }],
    });
    await onDelivery(pipeline, pointer, context);
    expect(pipeline.graph.posts).toHaveLength(1);
    expect(pipeline.ledger.batches.peek(RUN, '000001')?.state).toBe('sent');
  });
  test('that cannot be read fails, so that it reaches the poison queue', async () => {
    const { pipeline } = await world();
    await expect((async () => onDelivery(pipeline, { ...pointer, version: 2 }, context))()).rejects.toMatchObject({
      code: 'message-invalid',
    });
    expect(pipeline.graph.requests).toEqual([]);
  });
});

test('the timer reconciles', async () => {
  const { pipeline, run, read } = await world();
  pipeline.ledger.runs.put({ ...run, state: 'received' });
  pipeline.clock.pass(pipeline.delays.intakeSilenceMs + 28_800_001);
  await onTimer(pipeline, null, context);
  expect(read()?.state).toBe('received');
  expect(pipeline.arrivals.history.map(({ message }) => message)).toEqual([{ version: 1, blob: BLOB, run: run.run }]);
});

describe('a poisoned', () => {
  test('pointer parks its delivery', async () => {
    const { pipeline } = await world();
    putRun(pipeline, RUN, { made: [staged(1, { releases: 96 })] });
    await onPoisonDelivery(pipeline, JSON.stringify(pointer), context);
    expect(pipeline.ledger.batches.peek(RUN, '000001')?.rows[0]?.verdict).toBe('held');
    expect(pipeline.ledger.runs.peek(runOf(RUN))?.reason?.code).toBe('delivery-poisoned');
    expect(pipeline.evidence.messages.size).toBe(0);
  });
  test('arrival parks the run that it names, once the sweep has started it again for a day', async () => {
    const { pipeline, run, read } = await world();
    pipeline.ledger.runs.put({ ...run, restarts: 25 });
    pipeline.exports.remove(BLOB);
    await onPoisonArrival(pipeline, { version: 1, blob: BLOB, run: run.run }, context);
    expect(read()?.state).toBe('parked');
  });
  test.each([{}, { ETag: 7 }])('blob parks nothing: its pointer goes onto `arrivals` again (%j)', async (more) => {
    const { pipeline, run, read } = await world();
    pipeline.ledger.runs.put({ ...run, restarts: 25 });
    const blob = { Type: 'BlobTrigger', FunctionId: 'intake', BlobType: 'BlockBlob', ContainerName: 'inbound' };
    await onPoisonExport(pipeline, { ...blob, BlobName: BLOB, ...more }, context);
    expect(read()?.state).toBe('checking');
    expect(pipeline.arrivals.history.map(({ message }) => message)).toEqual([{ version: 1, blob: BLOB }]);
  });

  test('event parks nothing: pointers to its files go onto `arrivals` again', async () => {
    const { pipeline, run, read } = await world();
    pipeline.ledger.runs.put({ ...run, restarts: 25 });
    await onPoisonEvent(pipeline, [blobCreated(BLOB), blobCreated('x', 'CreateFile')], context);
    expect(read()?.state).toBe('checking');
    expect(pipeline.arrivals.history.map(({ message }) => message)).toEqual([{ version: 1, blob: BLOB }]);
    expect(pipeline.events).toMatchObject([{ name: 'rollcall.poison.returned', fields: { source: SOURCE } }]);
  });

  const stories: readonly (readonly [string, Story, unknown])[] = [
    ['pointer', onPoisonDelivery, pointer],
    ['arrival', onPoisonArrival, { version: 1, blob: BLOB, run: RUN }],
    ['event', onPoisonEvent, blobCreated(BLOB)],
    ['blob', onPoisonExport, { ContainerName: 'inbound', BlobName: BLOB }],
  ];
  const kept = (pipeline: MemoryPipeline): readonly string[] => [...pipeline.evidence.messages.values()];
  test.each(stories)('%s that cannot be read is kept unchanged, text or not', async (_, story) => {
    const { pipeline } = await world();
    await story(pipeline, 'not { JSON', context);
    await story(pipeline, { some: 'thing' }, context);
    expect(kept(pipeline)).toEqual(['not { JSON', '{"some":"thing"}']);
    expect(pipeline.ledger.runs.calls.made).toEqual([]);
    expect(pipeline.events.map(({ fields }) => fields.code)).toEqual(['message-invalid', 'message-invalid']);
  });
  test.each(stories)('%s whose parking fails is not kept: it fails and is tried again', async (_, story, message) => {
    for (const failure of [new Error('unexpected'), new RollcallError('storage-table', 'retry', 'storage failed')]) {
      const { pipeline } = await world();
      putRun(pipeline, RUN, { made: [staged(1, { releases: 96 })] });
      pipeline.ledger.runs.calls.before = () => {
        throw failure;
      };
      pipeline.arrivals.calls.before = () => {
        throw failure;
      };
      await expect(story(pipeline, message, context)).rejects.toBe(failure);
      expect(kept(pipeline)).toEqual([]);
    }
  });
  test('blob without a name or a container is not a blob', async () => {
    const { pipeline } = await world();
    await onPoisonExport(pipeline, { ContainerName: 'inbound' }, context);
    await onPoisonExport(pipeline, { BlobName: BLOB }, context);
    expect(kept(pipeline)).toHaveLength(2);
  });
});

describe('a message of a poison queue that cannot be parked now', () => {
  const FAULT = new RollcallError('storage-blob', 'retry', 'blob storage did not take a call on evidence');
  async function failing(
    dequeueCount: unknown,
    story: Story = () => Promise.reject(FAULT),
  ): Promise<readonly unknown[]> {
    const { pipeline } = await world();
    const kept: unknown[] = [];
    const keep = (input: unknown): Promise<boolean> => {
      kept.push(input);
      return Promise.resolve(true);
    };
    const tried = { triggerMetadata: { dequeueCount } } as unknown as InvocationContext;
    await expect(untilDone(story, keep)(pipeline, 'not { JSON', tried)).rejects.toBe(FAULT);
    return kept;
  }
  test('is put back as a new one before its last try, and never expires', async () => {
    expect(await failing(1)).toEqual([]);
    expect(await failing(2)).toEqual(['not { JSON']);
    expect(await failing(5)).toEqual(['not { JSON']);
  });
  test('and is still there beside the new one lets the host delete it: its invocation does not fail', async () => {
    const { pipeline } = await world();
    const told: unknown[] = [];
    const error = (text: unknown) => told.push(text);
    const tried = { triggerMetadata: { dequeueCount: 2 }, error } as unknown as InvocationContext;
    await untilDone(
      () => Promise.reject(FAULT),
      () => Promise.resolve(false),
    )(pipeline, 'not { JSON', tried);
    expect(told).toEqual(['storage-blob: blob storage did not take a call on evidence']);
  });
  test('of an invocation without a count is left to the platform', async () => {
    expect(await failing(undefined)).toEqual([]);
  });
  test('is not put back once it is parked', async () => {
    const { pipeline } = await world();
    const keep = (): Promise<boolean> => Promise.reject(new Error('not kept'));
    const tried = { triggerMetadata: { dequeueCount: 5 } } as unknown as InvocationContext;
    await untilDone(onPoisonDelivery, keep)(pipeline, 'not { JSON', tried);
    expect([...pipeline.evidence.messages.values()]).toEqual(['not { JSON']);
  });
});
