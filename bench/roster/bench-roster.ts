// `bench roster`: comparing a file with the roster, and merging a run into it; one process per pass, the emulator in processes of its own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import { startAzurite } from '../../local/azurite';
import { openStorage } from '../../functions/compose';
import { parseAppSettings } from '../../functions/settings';
import { putSource } from '../../local/drop-files';
import { writePeopleFile } from '../intake/people-file';
import { BENCH_SOURCE, peopleSource } from '../intake/people-source';
import { benchSettings } from '../intake/whole-intake';
import { startMeasured } from '../measured-process';
import type { RosterFigures, RosterOrder, RosterResult, RosterSizes } from './roster-pass';
import type { RosterReport } from './roster-report';

/** How often each timed pass is made: the fastest counts, because neighbours only make a pass slower. */
const REPEATS = 3;
/** Of the compared file, one of so many has changed: 0.2 %, a usual night. */
const CHANGED_EVERY = 500;

const runPass = (order: RosterOrder): Promise<RosterResult> =>
  startMeasured<RosterFigures>(join(__dirname, 'run-pass.js'), order);

/** Measures everything. */
export async function benchRoster(sizes: RosterSizes): Promise<RosterReport> {
  return {
    sizes,
    compare: await benchCompare(sizes.compared),
    night: await benchNight(sizes.compared),
    merge: await benchMerge(sizes),
  };
}

async function benchCompare(rows: number): Promise<RosterReport['compare']> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const files = { people: join(folder, 'people.csv'), roster: join(folder, 'roster') };
  try {
    await writePeopleFile(files.people, rows);
    const made = await runPass({ pass: 'make', ...files, changedEvery: 1 });
    const stage: RosterResult[] = [];
    const compare: RosterResult[] = [];
    // In turns, so that a busy neighbour meets both.
    for (let turn = 0; turn < REPEATS; turn++) {
      stage.push(await runPass({ pass: 'stage', ...files, changedEvery: 1 }));
      compare.push(await runPass({ pass: 'compare', ...files, changedEvery: CHANGED_EVERY }));
    }
    const everybody = await runPass({ pass: 'compare', ...files, changedEvery: 1 });
    return { made, stage: fastest(stage), compare: fastest(compare), everybody };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Intake of a file of people who are all in the roster, of whom a few have changed. */
export async function benchNight(rows: number): Promise<RosterResult> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const azurite = await startAzurite();
  try {
    const files = { before: join(folder, 'before.csv'), now: join(folder, 'now.csv') };
    await writePeopleFile(files.before, rows);
    await writePeopleFile(files.now, rows, CHANGED_EVERY);
    const storage = openStorage(parseAppSettings(benchSettings(azurite.connectionString, 'http://127.0.0.1:9')));
    await storage.create();
    await putSource(storage, BENCH_SOURCE, Buffer.from(peopleSource(BENCH_SOURCE)));
    const order = { storage: azurite.connectionString, file: files.before, blob: `${BENCH_SOURCE}/people.csv` };
    await runPass({ pass: 'seed-night', ...order });
    await storage.blobs.getContainerClient('inbound').getBlockBlobClient(order.blob).uploadFile(files.now);
    return await runPass({ pass: 'night', ...order });
  } finally {
    await azurite.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchMerge({ merged, changes }: RosterSizes): Promise<RosterReport['merge']> {
  const azurite = await startAzurite();
  try {
    const order = { storage: azurite.connectionString, people: merged, changes };
    await BlobServiceClient.fromConnectionString(azurite.connectionString).createContainer('rosters');
    const seed = await runPass({ pass: 'seed', ...order });
    const copy = await runPass({ pass: 'copy', ...order });
    return { seed, copy, merge: await runPass({ pass: 'merge', ...order }) };
  } finally {
    await azurite.stop();
  }
}

const fastest = (results: readonly RosterResult[]): RosterResult =>
  results.reduce((best, one) => (one.cpuSeconds < best.cpuSeconds ? one : best));
