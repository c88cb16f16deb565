// The storage side fails too: the small world is played through a fault proxy in front of Azurite.
import type { FaultScript } from '../../local/entra/faults';
import { expectNewestRecords, expectVerdicts, expectWithinLimits } from './check-promise';
import { dropWorld } from './drop-world';
import type { Ground } from './ground';
import { startGround } from './ground';
import { countRepeated } from './repeated-calls';
import { untilRest } from './rest';
import { idOf, rulesOf, SMALL_WORLD } from './small-world';
import type { AimedFault, FaultShares, StorageFault } from './storage-proxy';
import { startStorageProxy } from './storage-proxy';
import { isConditionalWrite, isTransaction } from './storage-request';
import { limitTests } from './until';

/** Decides which request gets which fault; set ROLLCALL_SEED to repeat it. */
const SEED = Number(process.env.ROLLCALL_SEED ?? Date.now() % 1_000_000);

limitTests(240_000);

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

/** Faults by chance, and aimed ones. */
interface StorageLine {
  readonly shares?: FaultShares;
  readonly aimed?: readonly AimedFault[];
  /** A fault of the service, so that something is split at all. */
  readonly faults?: readonly FaultScript[];
}

const LINES: readonly (readonly [sentence: string, line: StorageLine])[] = [
  ['a storage account that is busy and breaks now and then', { shares: { busy: 0.04, broken: 0.03 } }],
  ['conditional writes that find a newer ETag, one in four', { shares: { conflict: 0.25 } }],
  ['answers that come late', { shares: { slow: 0.15 } }],
  [
    'connections that are cut before a request and after it was carried out',
    { shares: { cutBefore: 0.02, cutAfter: 0.02 } },
  ],
  [
    'all of it together',
    { shares: { busy: 0.02, broken: 0.01, conflict: 0.08, slow: 0.05, cutBefore: 0.01, cutAfter: 0.02 } },
  ],
  [
    'a split finds a newer ETag in the middle of its transaction, or is throttled there or as a whole',
    {
      // Twice each, for people in different large batches: a request of a single row that is too large would rightly be rejected.
      faults: [
        {
          on: 'bulkUpload',
          answers: [10, 60].map((person) => ({ status: 413, onlyIfContains: idOf(person), times: 2 })),
        },
      ],
      aimed: (['conflict', 'throttledWithin', 'throttled', 'conflict'] as const).map((fault) => ({
        fits: (request) => isTransaction(request) && isConditionalWrite(request),
        fault,
      })),
    },
  ],
  [
    'new batches are throttled within their transaction, as a whole, and their answer is lost',
    {
      aimed: (['throttledWithin', 'throttled', 'cutAfter'] as const).map((fault) => ({
        fits: (request) => isTransaction(request) && !isConditionalWrite(request),
        fault,
      })),
    },
  ],
];

describe(`with seed ${SEED}`, () => {
  test.each(LINES)('%s', async (_, { shares = {}, aimed = [], faults = [] }) => {
    const one = await ground.begin({ rules: rulesOf(SMALL_WORLD) });
    const proxy = await startStorageProxy(one.connectionString, SEED);
    try {
      one.entra.script(faults);
      await one.startHost({ AzureWebJobsStorage: proxy.connectionString });
      proxy.play(shares);
      proxy.aim(...aimed);
      // No event arrives: the sweep finds both.
      await dropWorld(one, SMALL_WORLD);
      const runs = await untilRest(one, SMALL_WORLD.files.length);
      const struck = proxy.struck();
      for (const fault of Object.keys(shares) as StorageFault[]) expect(struck[fault]).toBeGreaterThan(0);
      for (const { fault } of aimed) expect(struck[fault]).toBe(aimed.filter((each) => each.fault === fault).length);
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
