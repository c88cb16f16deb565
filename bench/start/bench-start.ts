// `bench start`: how long the app takes to load, as it is compiled and as it is deployed; a fresh process for each load.
import { mkdtemp, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startMeasured } from '../measured-process';
import type { LoadFigures, LoadOrder } from './load-pass';
import type { LoadResult, StartReport } from './start-report';

const ROOT = resolve(__dirname, '..', '..', '..');
const PACKAGE_SCRIPT = join(ROOT, 'dist/local/package/write-package.js');

const load = (main: string): Promise<LoadResult> =>
  startMeasured<LoadFigures>(join(__dirname, 'load-pass.js'), { main } satisfies LoadOrder);

/** Packs the app and loads both, `runs` times each. */
export async function benchStart(runs: number): Promise<StartReport> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  try {
    await promisify(execFile)(process.execPath, [PACKAGE_SCRIPT, '--out', folder]);
    const mains = { compiled: join(ROOT, 'dist/functions/main.js'), packed: join(folder, 'package/main.js') };
    // Once for the disk cache: a cold disk would be measured once, and for whoever comes first.
    await load(mains.compiled);
    await load(mains.packed);
    const compiled: LoadResult[] = [];
    const packed: LoadResult[] = [];
    // In turns, so that a busy neighbour meets both.
    for (let run = 0; run < runs; run++) {
      compiled.push(await load(mains.compiled));
      packed.push(await load(mains.packed));
    }
    return { node: process.version, compiled, packed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
