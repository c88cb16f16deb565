// Attacks of somebody who can put messages on the queues.
import { receivedRun } from '../../shared/run/run-moves';
import { csvOf, person } from '../unit/pipeline/contoso';
import { blobCreated, blobRenamed } from '../event-grid';
import { attacksBy } from './attack';
import type { AttackedWorld } from './attacked-world';
import { ATTACKED, BYSTANDER } from './attacked-world';

const RUN = '20261121T080000Z-0123456789';
/** As often as the sweep starts an intake again before it may be given up. */
const A_DAY = 25;

/** Puts messages while a file of the attacked source is in intake, whose own message was lost. `restarts`: how often the sweep has begun again. */
const duringIntake =
  (restarts: number, queue: Parameters<AttackedWorld['put']>[0], forge: (blob: string, run: string) => unknown) =>
  (world: AttackedWorld): void => {
    const blob = `${ATTACKED}/people.csv`;
    const version = world.pipeline.exports.drop(blob, csvOf(person('p1'), person('p2')));
    const run = receivedRun({ ...version, source: ATTACKED }, world.pipeline.clock.now());
    world.pipeline.ledger.runs.put({ ...run, state: 'checking', restarts });
    world.put(queue, forge(blob, run.run));
  };

const isSent = async (world: AttackedWorld): Promise<void> => {
  expect(await world.attackedRuns()).toMatchObject([{ state: 'settled', reason: null, verdicts: { created: 2 } }]);
};

/** Nothing was made of it, and it is kept as evidence. */
const isKept = async (world: AttackedWorld): Promise<void> => {
  expect(await world.attackedRuns()).toEqual([]);
  expect(world.pipeline.evidence.messages.size).toBe(1);
  const own = world.pipeline.exports.calls.made.filter(({ key }) => !key.startsWith(`${BYSTANDER}/`) && key !== '');
  expect(own).toEqual([]);
};

const poisonBlob = (more: object) => ({ Type: 'BlobTrigger', FunctionId: 'Host.Functions.intake', ...more });

attacksBy('queue-writer', [
  ...[
    `${ATTACKED}/../../runs/${BYSTANDER}/${RUN}/export`,
    `${ATTACKED}/../${BYSTANDER}/f1.csv`,
    `${ATTACKED}/./../../sources/${BYSTANDER}/source.json`,
    `${ATTACKED}\\..\\..\\runs\\x`,
    `${ATTACKED}/a\u0001b.csv`,
    `${ATTACKED}/\ud800.csv`,
  ].map((blob) => ({
    does: `names ${JSON.stringify(blob)} on arrivals`,
    holds: 'nothing is read',
    attack: (world: AttackedWorld) => world.put('arrivals', { version: 1, blob }),
    expect: isKept,
  })),
  ...[`../${BYSTANDER}/${RUN}`, `${RUN}/../${RUN}`, '..', 'r1'].map((run) => ({
    does: `names the run ${run} on arrivals`,
    holds: 'nothing is read',
    attack: (world: AttackedWorld) => world.put('arrivals', { version: 1, blob: `${ATTACKED}/people.csv`, run }),
    expect: isKept,
  })),
  {
    does: 'names a run of another source on arrivals',
    holds: 'there is no such run',
    attack: (world) => world.put('arrivals', { version: 1, blob: `${ATTACKED}/people.csv`, run: RUN }),
    expect: async (world) => {
      expect(await world.attackedRuns()).toEqual([]);
    },
  },
  ...['runs', 'inbound'].map((ContainerName) => ({
    does: `forges the note of a blob trigger that gave up a file of ${ContainerName} in intake`,
    holds: 'the file is sent all the same',
    attack: duringIntake(A_DAY, 'webjobs-blobtrigger-poison', (BlobName) => poisonBlob({ ContainerName, BlobName })),
    expect: isSent,
  })),
  {
    does: 'forges the note of a blob trigger with a name that leads elsewhere',
    holds: 'nothing is read',
    attack: (world) =>
      world.put(
        'webjobs-blobtrigger-poison',
        poisonBlob({ ContainerName: 'inbound', BlobName: `${ATTACKED}/../../runs/${BYSTANDER}/${RUN}/export` }),
      ),
    expect: async (world) => {
      expect(await world.attackedRuns()).toEqual([]);
      expect(world.faults).toEqual([]);
    },
  },
  ...[
    blobCreated(`${ATTACKED}/../../runs/${BYSTANDER}/${RUN}/export`),
    { ...blobCreated('x'), data: { api: 'PutBlob', url: `https://x/inbound/${ATTACKED}/..%2F..%2Fruns%2Fx` } },
    blobCreated(`${BYSTANDER}/${RUN}/export`, 'PutBlob', 'runs'),
    blobRenamed('x', `${BYSTANDER}/source.json`, 'SftpRename', 'sources'),
    { ...blobCreated('x'), data: { api: 'PutBlob', url: `https://x/inbound/${ATTACKED}/../${BYSTANDER}/f1.csv` } },
  ].map((event) => ({
    does: `forges an event of ${JSON.stringify(event.data.url ?? event.data.destinationUrl)}`,
    holds: 'nothing is read',
    attack: (world: AttackedWorld) => world.put('events', event),
    expect: async (world: AttackedWorld) => {
      expect(await world.attackedRuns()).toEqual([]);
      expect(world.faults).toEqual([]);
      expect(world.pipeline.evidence.messages.size).toBe(0);
    },
  })),
  {
    does: 'puts an event on `events` that is none',
    holds: 'nothing is read',
    attack: (world) =>
      world.put('events', { eventType: 'Microsoft.Storage.BlobCreated', data: { url: `${ATTACKED}/x` } }),
    expect: isKept,
  },
  {
    does: 'puts a pointer to a batch that waits for the answer to an older record',
    holds: 'nothing is sent before its release, and the newer record wins',
    attack: async (world) => {
      // Taken now, processed in an hour.
      world.tenant.nextOperations = ['slow'];
      world.dropPeople('p1');
      await world.tick();
      world.drop(`${ATTACKED}/newer.csv`, csvOf(person('p1', 'Active', 'newer@contoso.example')));
      await world.tick();
      const { run } = (await world.attackedRuns()).at(-1)!;
      expect(world.pipeline.ledger.batches.peek(run, '000001')).toMatchObject({ state: 'staged', delivery: 1 });
      world.put('deliveries', { version: 1, run, batch: '000001', delivery: 1 });
    },
    expect: async (world) => {
      expect(await world.attackedRuns()).toMatchObject([
        { state: 'settled', verdicts: { created: 1 } },
        { state: 'settled', verdicts: { updated: 1 } },
      ]);
      expect(world.tenant.directory.get('p1')).toContain('newer@contoso.example');
    },
  },
  {
    does: 'forges a note that the platform gave up a delivery',
    holds: 'the batch is sent all the same',
    attack: (world) => {
      world.dropPeople('p1', 'p2');
      // Whenever a message is released, the note is there first.
      world.pipeline.deliveries.calls.before = async ({ method }) => {
        if (method !== 'put') return;
        for (const { run } of await world.attackedRuns())
          world.put('deliveries-poison', { version: 1, run, batch: '000001', delivery: 1 });
      };
    },
    expect: isSent,
  },
  {
    does: 'forges a note that the platform gave up an intake',
    holds: 'the file is sent all the same',
    attack: duringIntake(A_DAY - 1, 'arrivals-poison', (blob, run) => ({ version: 1, blob, run })),
    expect: isSent,
  },
]);
