// The storage account is away while a file is being read: nothing is parked, and every row gets its verdict.
//
// How long each outage is: 1 s and 30 s are real. Ten minutes are played by what they do to an intake at Azure's delays: its message is tried
// five times, a minute apart, and given up (the clients try each call for some 16 s, so that is after six to seven minutes), the sweep's ticks fail, and the
// function for poison notes fails too. Here the delays of host and sweep are seconds (ground.ts), those of the clients are real, and the outage
// ends only after the platform has given the message up. The queues stay reachable, or no try would be counted.
import type { Ground } from './ground';
import { startGround } from './ground';
import { countEvents } from './host-watch';
import { fireEvent, playFault } from './plain-life';
import { untilDepth } from './queue-watch';
import type { StorageProxy } from './storage-proxy';
import { startStorageProxy } from './storage-proxy';
import { fileOfRun, isStagedBlock, isWholeFile } from './storage-request';
import type { StorageRequest, StorageService } from './storage-request';
import { limitTests, until } from './until';

limitTests(600_000);
/** Five tries of a message, each as long as the clients try a call. */
const GIVEN_UP_WITHIN_MS = 300_000;

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

/** A file that fits into one block is written by one request. */
const isFirstBlock = (request: StorageRequest): boolean =>
  (isStagedBlock(request) || isWholeFile(request)) && fileOfRun(request) === 'rows.jsonl';

/** From the first block of the file on, every request to these services is cut off, until `end` is called. */
function cutOff(
  proxy: StorageProxy,
  services: readonly StorageService[],
): { readonly begun: Promise<void>; readonly end: () => void } {
  let state: 'before' | 'away' | 'back' = 'before';
  const begun = new Promise<void>((resolve) => {
    proxy.watch((request) => {
      if (state !== 'before' || !isFirstBlock(request)) return;
      state = 'away';
      resolve();
    });
  });
  proxy.aim({
    fits: ({ service }) => state === 'away' && services.includes(service),
    fault: 'cutBefore',
    times: Number.POSITIVE_INFINITY,
  });
  return { begun, end: () => (state = 'back') };
}

const EVERYTHING: readonly StorageService[] = ['Blob', 'Queue', 'Table'];

test.each([1_000, 30_000])('the account is away for %i ms', async (ms) => {
  const proxy = await startStorageProxy(ground.connectionString, 1);
  try {
    await playFault(ground, {
      settings: { AzureWebJobsStorage: proxy.connectionString },
      meanwhile: async (one, host) => {
        const away = cutOff(proxy, EVERYTHING);
        await fireEvent(one, host);
        await away.begun;
        setTimeout(away.end, ms);
      },
      expectAlso: () => expect(proxy.struck().cutBefore).toBeGreaterThan(0),
    });
  } finally {
    await proxy.stop();
  }
});

test('blobs and tables are away until the platform has given the message up, as in an outage of ten minutes', async () => {
  const proxy = await startStorageProxy(ground.connectionString, 1);
  try {
    await playFault(ground, {
      settings: { AzureWebJobsStorage: proxy.connectionString },
      meanwhile: async (one, host) => {
        const away = cutOff(proxy, ['Blob', 'Table']);
        await fireEvent(one, host);
        await away.begun;
        await until(
          () => Promise.resolve(host.events().some(({ event }) => event === 'message-poisoned') || null),
          GIVEN_UP_WITHIN_MS,
          () => `the message is not given up\n${one.story()}`,
        );
        away.end();
      },
      tells: 'rollcall.sweep.restarted',
      expectAlso: (one) => {
        expect(one.story()).not.toContain('rollcall.poison.parked');
      },
    });
  } finally {
    await proxy.stop();
  }
});

test('the pointer to a file cannot be put at any of the five tries of its trigger: it is put by the function for the note', async () => {
  const proxy = await startStorageProxy(ground.connectionString, 1);
  proxy.aim({
    fits: ({ service, method, path }) => service === 'Queue' && method === 'POST' && path === 'arrivals/messages',
    // Not tried again by the client.
    fault: 'conflict',
    times: 5,
  });
  try {
    await playFault(ground, {
      settings: {
        AzureWebJobsStorage: proxy.connectionString,
        LOCAL_HOST_BLOB_EVENTS: 'on',
        // The sweep does not help.
        ROLLCALL_LOST_EXPORT_SECONDS: '3600',
        ROLLCALL_INTAKE_SILENCE_SECONDS: '3600',
      },
      meanwhile: async (one, host) => {
        await until(
          () => Promise.resolve(countEvents(host, 'rollcall.poison.returned') > 0 || null),
          GIVEN_UP_WITHIN_MS,
          () => `no note\n${one.story()}`,
        );
        await untilDepth(one, 'webjobs-blobtrigger-poison', 0);
      },
      expectAlso: () => expect(proxy.struck().conflict).toBe(5),
    });
  } finally {
    await proxy.stop();
  }
});
