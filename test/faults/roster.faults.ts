// The roster while others write it: two processes settle the same runs at once, and storage refuses the pointer to a new roster. Nothing is
// lost from it, and whoever is confirmed costs no call.
import type { HostProcess } from '../../local/host/host-process';
import type { Case, Ground } from './ground';
import { startGround } from './ground';
import { NIGHTS, Nights } from './nights';
import type { StorageFault, StorageProxy } from './storage-proxy';
import { startStorageProxy } from './storage-proxy';
import type { StorageRequest } from './storage-request';
import { isRosterPointer } from './storage-request';
import { limitTests } from './until';

limitTests(240_000);

/** Which pointer a write replaces: its ETag, or `*` for the first. */
const replacedBy = ({ headers }: StorageRequest): string => headers['if-match'] ?? headers['if-none-match'] ?? 'any';

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

/** Plays all nights through a proxy, with the hosts that `begin` starts. */
async function playThrough(
  begin: (one: Case, proxy: StorageProxy) => Promise<HostProcess>,
  expectAlso: (proxy: StorageProxy, pointerWrites: readonly string[]) => void,
): Promise<void> {
  const one = await ground.begin();
  const proxy = await startStorageProxy(one.connectionString, 0);
  const pointerWrites: string[] = [];
  try {
    proxy.watch((request) => {
      if (isRosterPointer(request)) pointerWrites.push(replacedBy(request));
    });
    const host = await begin(one, proxy);
    const nights = await Nights.begin(one);
    for (let night = 0; night < NIGHTS.files.length; night++) {
      await nights.drop(host);
      await nights.expectPromise(0);
    }
    expectAlso(proxy, pointerWrites);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${one.story()}`, { cause: error });
  } finally {
    await one.end();
    await proxy.stop();
  }
}

test('two processes that settle a run at once write one roster after the other', async () => {
  await playThrough(
    async (one, proxy) => {
      // Meanwhile the other process, which reconciles each second, has read the same roster.
      proxy.aim({ fits: isRosterPointer, fault: 'late', times: 3 });
      const both = { AzureWebJobsStorage: proxy.connectionString };
      await one.startHost(both);
      return one.startHost(both);
    },
    (_, pointerWrites) => {
      // Two that replace the same roster: one of them was refused.
      expect(new Set(pointerWrites).size).toBeLessThan(pointerWrites.length);
    },
  );
});

test.each<readonly [StorageFault, string]>([
  ['conflict', 'is refused because another one is current (412)'],
  ['broken', 'fails (500)'],
  ['cutBefore', 'is cut off before it arrives'],
  ['cutAfter', 'is carried out, and its answer is lost'],
])('%s: the pointer to a new roster %s, once in each of two nights', async (fault) => {
  await playThrough(
    (one, proxy) => {
      proxy.aim({ fits: isRosterPointer, fault });
      // One write passes: the repetition of the first.
      proxy.aim({ fits: isRosterPointer, fault, passing: 1 });
      return one.startHost({ AzureWebJobsStorage: proxy.connectionString });
    },
    (proxy) => expect(proxy.struck()).toEqual({ [fault]: 2 }),
  );
});
