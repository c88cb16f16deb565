// The storage side fails too: the small world is played through a fault proxy in front of Azurite.
import { dropExport, putSource } from '../../local/drop-files';
import { expectNewestRecords, expectVerdicts, expectWithinLimits } from './check-promise';
import type { Ground } from './ground';
import { startGround } from './ground';
import { countRepeated } from './repeated-calls';
import { untilRest } from './rest';
import { rulesOf, SMALL_WORLD, SOURCE, SOURCE_TEXT, writeFile } from './small-world';
import type { StorageFaults } from './storage-proxy';
import { startStorageProxy } from './storage-proxy';
import { until } from './until';

/** Which request meets which fault; set ROLLCALL_SEED to play it again. */
const SEED = Number(process.env.ROLLCALL_SEED ?? Date.now() % 1_000_000);

jest.setTimeout(240_000);

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

const LINES: readonly (readonly [sentence: string, faults: StorageFaults])[] = [
  ['a storage account that is busy and breaks now and then', { busy: 0.04, broken: 0.03 }],
  ['conditional writes that find a newer ETag, one in four', { conflict: 0.25 }],
  ['answers that come late', { slow: 0.15 }],
  ['connections that are cut before a request and after it was carried out', { cutBefore: 0.02, cutAfter: 0.02 }],
  ['all of it together', { busy: 0.02, broken: 0.01, conflict: 0.08, slow: 0.05, cutBefore: 0.01, cutAfter: 0.02 }],
];

describe(`with seed ${SEED}`, () => {
  test.each(LINES)('%s', async (_, faults) => {
    const one = await ground.begin({ rules: rulesOf(SMALL_WORLD) });
    const proxy = await startStorageProxy(one.connectionString, SEED);
    try {
      await putSource(one.storage, SOURCE, Buffer.from(SOURCE_TEXT));
      await one.startHost({ AzureWebJobsStorage: proxy.connectionString });
      proxy.play(faults);
      // No event arrives: the sweep finds both.
      let last = 0;
      for (const [i, file] of SMALL_WORLD.files.entries()) {
        await until(
          () => Promise.resolve(Math.floor(Date.now() / 1_000) * 1_000 > last || null),
          5_000,
          () => 'the second did not end',
        );
        last = await dropExport(one.storage, SOURCE, `people-${i}.csv`, writeFile(file));
      }
      const runs = await untilRest(one, SMALL_WORLD.files.length);
      const struck = proxy.struck();
      for (const fault of Object.keys(faults) as (keyof StorageFaults)[]) expect(struck[fault]).toBeGreaterThan(0);
      await expectVerdicts(one, SMALL_WORLD, runs);
      expectNewestRecords(one, SMALL_WORLD);
      expectWithinLimits(one);
      process.stdout.write(
        `${JSON.stringify({ struck, repeated: countRepeated(SMALL_WORLD, one.entra.uploads()) })}\n`,
      );
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${one.story()}`, { cause: error });
    } finally {
      await one.end();
      await proxy.stop();
    }
  });
});
