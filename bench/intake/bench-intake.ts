// `bench intake`: for each size one file, and one process per pass; the emulator is in processes of its own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAzurite } from '../../local/azurite';
import { openStorage } from '../../functions/compose';
import { parseAppSettings } from '../../functions/settings';
import { putSource } from '../../local/drop-files';
import { startMeasured } from '../measured-process';
import type { SizeReport } from './intake-report';
import { writePeopleFile } from './people-file';
import { BENCH_SOURCE, peopleSource } from './people-source';
import type { PassFigures, PassName, PassOrder, PassResult } from './pass';
import { PASSES } from './pass';
import { benchSettings } from './whole-intake';

/** Measures every size; `tell` is called for each when it is done. */
export async function benchIntake(
  sizes: readonly number[],
  execArgv: readonly string[],
  tell: (report: SizeReport) => void,
): Promise<readonly SizeReport[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  try {
    const reports: SizeReport[] = [];
    for (const rows of sizes) {
      const report = await measureSize(folder, rows, execArgv);
      tell(report);
      reports.push(report);
    }
    return reports;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureSize(folder: string, rows: number, execArgv: readonly string[]): Promise<SizeReport> {
  const path = join(folder, `people-${rows}.csv`);
  await writePeopleFile(path, rows);
  // A fresh emulator for each size: what it holds in memory would slow down the next one.
  const azurite = await startAzurite();
  try {
    const storage = openStorage(parseAppSettings(benchSettings(azurite.connectionString, 'http://127.0.0.1:9')));
    await storage.create();
    await putSource(storage, BENCH_SOURCE, Buffer.from(peopleSource(BENCH_SOURCE)));
    const blob = `${BENCH_SOURCE}/people-${rows}.csv`;
    await storage.blobs.getContainerClient('inbound').getBlockBlobClient(blob).uploadFile(path);
    const results: Partial<Record<PassName, PassResult>> = {};
    for (const pass of PASSES)
      results[pass] = await runPass({ pass, path, blob, storage: azurite.connectionString }, execArgv);
    return { rows, passes: results as Record<PassName, PassResult> };
  } finally {
    await azurite.stop();
    await rm(path);
  }
}

const runPass = (order: PassOrder, execArgv: readonly string[]): Promise<PassResult> =>
  startMeasured<PassFigures>(join(__dirname, 'run-pass.js'), order, execArgv);
