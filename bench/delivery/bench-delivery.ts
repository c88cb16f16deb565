// `bench delivery`: for each number of sender processes, fresh storage and a fresh simulator; two sources of one tenant are staged, and
// the simulator's clock shows how well the allowed rate was used.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compose, openGraph, openStorage } from '../../functions/compose';
import { parseAppSettings, type AppSettings } from '../../functions/settings';
import { startAzurite } from '../../local/azurite';
import { putSource } from '../../local/drop-files';
import type { EntraStats } from '../../local/entra/statistics';
import { intake } from '../../shared/pipeline/intake/intake';
import { MAX_OPERATIONS_PER_REQUEST } from '../../shared/graph/limits';
import type { RequestCounts } from '../count-requests';
import { writePeopleFile } from '../intake/people-file';
import { peopleSource } from '../intake/people-source';
import { benchSettings } from '../intake/whole-intake';
import type { DeliveryReport } from './delivery-report';
import { startSenders } from './senders';
import { startSimulator, type Simulator } from './simulator';

const SOURCES = ['bench-hr-1', 'bench-hr-2'] as const;
/** How often the simulator is polled for progress, ms. */
const LOOK_EVERY_MS = 500;
/** After this long without an accepted call something is stuck, and the report says how far it got, ms. */
const STUCK_AFTER_MS = 60_000;

/** The settings of all hosts, besides the addresses of storage and simulator. Delays are those of Azure; only the timer is faster. */
const HOST_SETTINGS = {
  ROLLCALL_RECONCILE_SCHEDULE: '*/20 * * * * *',
  AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:00.5',
} as const;

/** Sends `batches` full batches once per number of processes; `tell` is called for each. */
export async function benchDelivery(
  processes: readonly number[],
  batches: number,
  tell: (report: DeliveryReport) => void,
): Promise<readonly DeliveryReport[]> {
  const reports: DeliveryReport[] = [];
  for (const count of processes) {
    const report = await withFolder((folder) => measure(folder, count, batches));
    tell(report);
    reports.push(report);
  }
  return reports;
}

async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string, processes: number, batches: number): Promise<DeliveryReport> {
  const azurite = await startAzurite();
  const simulator = await startSimulator();
  try {
    const values = { ...benchSettings(azurite.connectionString, simulator.url), ...HOST_SETTINGS };
    const settings = parseAppSettings(values);
    await openStorage(settings).create();
    const senders = await startSenders(processes, values, folder);
    let requests: readonly RequestCounts[] = [];
    let stagedAt = 0;
    let stats: EntraStats;
    try {
      stagedAt = await stage(settings, folder, Math.floor(batches / SOURCES.length));
      stats = await untilAccepted(simulator, Math.floor(batches / SOURCES.length) * SOURCES.length);
    } finally {
      requests = await senders.stop();
    }
    return { processes, batches, stagedAt, stats, requests, ...senders.seen };
  } finally {
    await simulator.stop();
    await azurite.stop();
  }
}

/** Takes in one export per source. Resolves to the time when the first one was staged, ms since the epoch. */
async function stage(settings: AppSettings, folder: string, batchesEach: number): Promise<number> {
  const storage = openStorage(settings);
  let stagedAt = 0;
  const pipeline = await compose(settings, storage, openGraph(settings), (name) => {
    if (name === 'rollcall.intake.staged' && stagedAt === 0) stagedAt = Date.now();
  });
  const path = join(folder, 'people.csv');
  // One leaver in 25: leavers and others each fill whole batches if their numbers are multiples of 50.
  await writePeopleFile(path, batchesEach * MAX_OPERATIONS_PER_REQUEST);
  for (const source of SOURCES) {
    await putSource(storage, source, Buffer.from(peopleSource(source)));
    const blob = `${source}/people.csv`;
    await storage.blobs.getContainerClient('inbound').getBlockBlobClient(blob).uploadFile(path);
    await intake(pipeline, { version: 1, blob });
  }
  return stagedAt;
}

async function untilAccepted(simulator: Simulator, calls: number): Promise<EntraStats> {
  let before = -1;
  let movedAt = Date.now();
  for (;;) {
    const stats = await simulator.stats();
    if (stats.uploads.accepted !== before) movedAt = Date.now();
    before = stats.uploads.accepted;
    if (before >= calls || Date.now() - movedAt > STUCK_AFTER_MS) return stats;
    await sleep(LOOK_EVERY_MS);
  }
}
