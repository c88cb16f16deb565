// Many files arrive at once: all are answered, and reading them takes no more memory than reading a few.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropExport, putSource } from '../../local/drop-files';
import { azureRunTable } from '../../shared/run/azure-run-table';
import type { Ground } from './ground';
import { startGround } from './ground';
import { fireEvent } from './plain-life';
import { JOB, SOURCE, SOURCE_TEXT, writeFile } from './small-world';
import { limitTests, until } from './until';

limitTests(900_000);
/** As many messages as the host gives out at once: batchSize + newBatchThreshold of host.json. */
const FILES = 24;
const ROWS = 30_000;
/** The most that the host process may ever have resident, MB: a third of the smallest instance with room for it (2,048 MB, infra/). */
const MOST_MB = 600;
const ANSWERED_WITHIN_MS = 800_000;

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

test(`${FILES} files of ${ROWS} rows at once: each is read to its end, within ${MOST_MB} MB`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-crowd-'));
  const peakFile = join(folder, 'peak');
  const one = await ground.begin({}, { ROLLCALL_LOST_EXPORT_SECONDS: '60', ROLLCALL_INTAKE_SILENCE_SECONDS: '60' });
  try {
    await putSource(one.storage, SOURCE, Buffer.from(JSON.stringify({ ...JSON.parse(SOURCE_TEXT), job: { ...JOB } })));
    const rows = Array.from({ length: ROWS }, (_, i) => ({ person: i, active: true, title: `Clerk ${i}` }));
    const bytes = writeFile(rows);
    const names = Array.from({ length: FILES }, (_, i) => `people-${i}.csv`);
    for (const name of names) {
      // Announced with a row too many: each is read and staged to its end, and then held, so that nothing but intake takes memory.
      await dropExport(one.storage, SOURCE, `${name}.manifest.json`, Buffer.from(JSON.stringify({ rows: ROWS + 1 })));
      await dropExport(one.storage, SOURCE, name, bytes);
    }
    const host = await one.startHost({
      NODE_OPTIONS: `--require ${join(__dirname, 'peak-memory.cjs')}`,
      ROLLCALL_TEST_PEAK: peakFile,
    });
    await Promise.all(names.map((name) => fireEvent(one, host, name)));
    const runs = await until(
      async () => {
        const all = (await azureRunTable(one.storage.table('runs')).all()).map(({ value }) => value);
        return all.length === FILES && all.every(({ settledAt }) => settledAt > 0) ? all : null;
      },
      ANSWERED_WITHIN_MS,
      () => one.story(),
    );
    expect(runs.map(({ state, reason, rows: read }) => [state, reason?.code, read])).toEqual(
      runs.map(() => ['held', 'manifest-differs', ROWS]),
    );
    expect(await host.stop()).toBe(0);
    const peak = Number(readFileSync(peakFile, 'utf8'));
    process.stdout.write(`${JSON.stringify({ peakMb: Math.round(peak) })}\n`);
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThanOrEqual(MOST_MB);
  } finally {
    await one.end();
    rmSync(folder, { recursive: true });
  }
});
