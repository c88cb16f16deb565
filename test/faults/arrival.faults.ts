// Faults on the way in and between the functions: events and messages that are lost, doubled, late, malformed, or always fail.
import { azureBatchTable } from '../../shared/run/azure-batch-table';
import { changeBatch } from '../../shared/run/ledger';
import type { BatchState } from '../../shared/run/batch';
import { azureRunTable } from '../../shared/run/azure-run-table';
import { readVerdicts } from './check-promise';
import type { Case, Ground } from './ground';
import { startGround } from './ground';
import { STEP_WITHIN_MS, untilEvents } from './host-watch';
import { fireEvent, givePlainFile, playFault } from './plain-life';
import { queueOf, untilDepth } from './queue-watch';
import { PLAIN_BATCHES, PLAIN_WORLD } from './small-world';
import { limitTests, until } from './until';

limitTests(120_000);

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

async function put(one: Case, queue: string, message: unknown): Promise<void> {
  const text = typeof message === 'string' ? message : Buffer.from(JSON.stringify(message)).toString('base64');
  await queueOf(one, queue).sendMessage(text);
}

/** All batches of the one run, once there are any. */
const batchesOf = (one: Case) =>
  until(
    async () => {
      const run = (await azureRunTable(one.storage.table('runs')).all())[0]?.value;
      if (run === undefined) return null;
      for await (const page of azureBatchTable(one.storage.table('batches')).all(run.run))
        return page.length >= PLAIN_BATCHES ? page.map(({ value }) => value) : null;
      return null;
    },
    STEP_WITHIN_MS,
    () => 'no batches',
  );

const expectNoMoreCalls = (one: Case): void => expect(one.entra.stats().uploads.calls).toBe(PLAIN_BATCHES);

test('a doubled blob event: one run, no extra call', () =>
  playFault(ground, {
    meanwhile: async (one, host) => {
      await Promise.all([fireEvent(one, host), fireEvent(one, host), fireEvent(one, host)]);
    },
    expectAlso: expectNoMoreCalls,
  }));

test('a lost blob event: the sweep finds the file', () =>
  playFault(ground, { meanwhile: () => Promise.resolve(), expectAlso: expectNoMoreCalls }));

test('doubled messages send nothing, even while the sender is at work', () =>
  playFault(ground, {
    // The answer to each call is late, so that the doubles meet a sender at work.
    faults: [{ on: 'bulkUpload', answers: [{ delayMs: 1_200, times: PLAIN_BATCHES }] }],
    meanwhile: async (one, host) => {
      await fireEvent(one, host);
      for (const { run, batch } of await batchesOf(one)) {
        // Before that they are as good as the first: the sender that notes the call sends, the others end silently.
        await untilLeft(one, run, batch, 'staged');
        for (let copies = 0; copies < 2; copies++)
          await put(one, 'deliveries', { version: 1, run, batch, delivery: 1 });
      }
      await untilEvents(host, 'rollcall.deliver.skipped', 2 * PLAIN_BATCHES);
    },
    expectAlso: expectNoMoreCalls,
  }));

test('if messages are doubled before any is received, one of them sends', () =>
  playFault(ground, {
    faults: [{ on: 'bulkUpload', answers: [{ delayMs: 1_200, times: PLAIN_BATCHES }] }],
    meanwhile: async (one, host) => {
      await fireEvent(one, host);
      for (const { run, batch } of await batchesOf(one))
        for (let copies = 0; copies < 2; copies++)
          await put(one, 'deliveries', { version: 1, run, batch, delivery: 1 });
    },
    expectAlso: expectNoMoreCalls,
  }));

/** Waits until the batch has left `state`. */
const untilLeft = (one: Case, run: string, batch: string, state: BatchState): Promise<unknown> =>
  until(
    async () => (await azureBatchTable(one.storage.table('batches')).read(run, batch))?.value.state !== state || null,
    STEP_WITHIN_MS,
    () => `batch ${batch} stays ${state}`,
  );

test('messages out of order, of deliveries that are over or never existed, send nothing', () =>
  playFault(ground, {
    faults: [{ on: 'bulkUpload', answers: [{ status: 429, retryAfter: 1, times: 2 }] }],
    meanwhile: async (one, host) => {
      await fireEvent(one, host);
      const batches = await batchesOf(one);
      for (const { run, batch } of batches)
        for (const delivery of [7, 99]) await put(one, 'deliveries', { version: 1, run, batch, delivery });
      await put(one, 'deliveries', { version: 1, run: 'no-such-run', batch: '000001', delivery: 1 });
      await untilAccepted(one, PLAIN_BATCHES);
      for (const { run, batch } of batches)
        for (const delivery of [3, 2, 1]) await put(one, 'deliveries', { version: 1, run, batch, delivery });
      await untilDepth(one, 'deliveries', 0);
    },
    expectAlso: (one) => expect(one.entra.stats().uploads.accepted).toBe(PLAIN_BATCHES),
  }));

const untilAccepted = (one: Case, uploads: number): Promise<unknown> =>
  until(
    () => Promise.resolve(one.entra.stats().uploads.accepted >= uploads || null),
    STEP_WITHIN_MS,
    () => `fewer than ${uploads} uploads were accepted`,
  );

test('malformed messages are reported and kept by the poison functions, base64 or not, and disturb nothing else', () =>
  playFault(ground, {
    meanwhile: async (one, host) => {
      await put(one, 'deliveries', { version: 2, run: 'x' });
      await put(one, 'deliveries', 'no base64 at all!');
      await put(one, 'arrivals', { version: 1 });
      await fireEvent(one, host);
      await untilEvents(host, 'rollcall.poison.parked', 3);
      await untilDepth(one, 'deliveries-poison', 0);
      await untilDepth(one, 'arrivals-poison', 0);
    },
    expectAlso: expectNoMoreCalls,
  }));

test('lost messages: what was released is released again', () =>
  playFault(ground, {
    // Three deliveries of three batches; the queue is emptied as soon as it holds them, be the gate open or closed.
    faults: [{ on: 'bulkUpload', answers: [{ status: 429, retryAfter: 1 }] }],
    meanwhile: async (one, host) => {
      await fireEvent(one, host);
      await batchesOf(one);
      await queueOf(one, 'deliveries').clearMessages();
    },
  }));

test('a delivery that fails at every try of a day is parked with its run, and its rows are reported as held', async () => {
  const one = await ground.begin();
  try {
    await givePlainFile(one);
    // Deleted from outside: every attempt to build a request fails.
    one.entra.script([{ on: 'bulkUpload', answers: [{ status: 429, retryAfter: 2, times: PLAIN_BATCHES }] }]);
    const host = await one.startHost();
    await fireEvent(one, host);
    const [first] = await batchesOf(one);
    await one.storage.blobs
      .getContainerClient('runs')
      .getBlobClient(`people/${first!.run}/users.jsonl`)
      .deleteIfExists();
    await untilEvents(host, 'rollcall.poison.returned', 1);
    // So it went on for a day: the next note parks it.
    const batches = azureBatchTable(one.storage.table('batches'));
    for (const batch of await batchesOf(one)) await changeBatch(batches, batch, (now) => ({ ...now, releases: 96 }));
    const run = await until(
      async () => {
        const found = (await azureRunTable(one.storage.table('runs')).all())[0]?.value;
        return found?.state === 'parked' && found.settledAt > 0 ? found : null;
      },
      60_000,
      () => `the run was not parked\n${one.story()}`,
    );
    expect(run.reason?.code).toBe('delivery-poisoned');
    const verdicts = await readVerdicts(one, run);
    expect(verdicts).toHaveLength(PLAIN_WORLD.files[0]!.length);
    expect(new Set(verdicts.map((line) => line.verdict))).toEqual(new Set(['held', 'rejected']));
    expect(one.entra.stats().uploads.accepted).toBe(0);
  } finally {
    await one.end();
  }
});
