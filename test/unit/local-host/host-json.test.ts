// host.json: defaults and limits of the platform.
import { join } from 'node:path';
import { readHostJson, toHostJson } from '../../../local/host/host-json';
import { AppSettings } from '../../../local/host/settings';

test('an empty host.json has the defaults of the platform', () => {
  expect(toHostJson({ version: '2.0' }, 2)).toEqual({
    queues: {
      batchSize: 16,
      newBatchThreshold: 16,
      maxDequeueCount: 5,
      visibilityTimeoutMs: 0,
      maxPollingIntervalMs: 60_000,
      messageEncoding: 'base64',
    },
    blobs: {
      batchSize: 9,
      newBatchThreshold: 7,
      maxDequeueCount: 5,
      visibilityTimeoutMs: 0,
      maxPollingIntervalMs: 60_000,
      messageEncoding: 'base64',
    },
    routePrefix: 'api',
  });
});

// The table of SharedBlobQueueListenerFactoryTests in the real host.
test.each([
  [100, 32, 68],
  [64, 32, 32],
  [63, 32, 31],
  [62, 32, 30],
  [16, 9, 7],
  [3, 2, 1],
  [2, 2, 0],
  [1, 1, 0],
])('maxDegreeOfParallelism %i is a batch of %i and a threshold of %i', (maxDegreeOfParallelism, size, threshold) => {
  const { blobs } = toHostJson({ version: '2.0', extensions: { blobs: { maxDegreeOfParallelism } } }, 1);
  expect(blobs).toMatchObject({ batchSize: size, newBatchThreshold: threshold });
});

const refused: readonly [string, unknown][] = [
  ['a batch above 32', { batchSize: 33 }],
  ['a batch of 0', { batchSize: 0 }],
  ['no try', { maxDequeueCount: 0 }],
  ['a duration in seconds', { visibilityTimeout: '30' }],
  ['a poll more often than every 100 ms', { maxPollingInterval: '00:00:00.0500000' }],
  ['an unknown encoding', { messageEncoding: 'utf8' }],
];
test.each(refused)('%s is refused', (_name, queues) => {
  expect(() => toHostJson({ version: '2.0', extensions: { queues } }, 1)).toThrow(/host\.json/);
});

test('all mistakes are reported at once', () => {
  const queues = { batchSize: 99, maxDequeueCount: 0 };
  expect(() => toHostJson({ version: '2.0', extensions: { queues } }, 1)).toThrow(/batchSize.*maxDequeueCount/);
});

test('members that the local host does not use are ignored', () => {
  expect(() => toHostJson({ version: '2.0', logging: {}, extensions: { durableTask: {} } }, 1)).not.toThrow();
});

describe('app settings of AzureFunctionsJobHost', () => {
  const fixture = join(__dirname, '../../host-app/queues/host.json');

  test('override host.json, without case, whatever the type', () => {
    const settings = new AppSettings({
      AzureFunctionsJobHost__Extensions__queues__BATCHSIZE: '7',
      'AzureFunctionsJobHost:extensions:queues:visibilityTimeout': '00:00:09',
      AzureFunctionsJobHost__extensions__blobs__poisonBlobThreshold: '3',
      AzureFunctionsJobHost__logging__logLevel__default: 'Warning',
      Unrelated__extensions__queues__batchSize: '1',
    });
    const { queues, blobs } = readHostJson(fixture, settings);
    expect(queues).toMatchObject({ batchSize: 7, visibilityTimeoutMs: 9_000, maxDequeueCount: 3 });
    expect(blobs.maxDequeueCount).toBe(3);
  });

  test('are checked like host.json itself', () => {
    const settings = new AppSettings({ AzureFunctionsJobHost__extensions__queues__batchSize: 'many' });
    expect(() => readHostJson(fixture, settings)).toThrow(/batchSize/);
  });
});
