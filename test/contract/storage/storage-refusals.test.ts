// What the commands say when storage refuses: each answer goes through the real clients and adapters, and ends in one sentence.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withStorage } from '../../../cli/open-storage';
import { sentenceOf } from '../../../cli/sentences';
import { FileHold } from '../../../shared/core/errors';
import { azureWorkQueue } from '../../../shared/delivery/azure-work-queue';
import { azureRunFiles } from '../../../shared/run/azure-run-files';
import { azureRunTable } from '../../../shared/run/azure-run-table';
import type { Storage } from '../../../shared/storage/azure-storage';

let answer: { readonly status: number; readonly code: string };
let server: Server;
let connectionString: string;
const KEY = 'c2VjcmV0';
beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(answer.status, { 'x-ms-error-code': answer.code, 'Content-Type': 'application/xml' });
    response.end(`<?xml version="1.0"?><Error><Code>${answer.code}</Code><Message>m</Message></Error>`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/contosohr`;
  connectionString = `DefaultEndpointsProtocol=http;AccountName=contosohr;AccountKey=${KEY};BlobEndpoint=${url};QueueEndpoint=${url};TableEndpoint=${url};`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const run = { source: 'contoso-hr', run: 'r1' };
const calls = {
  Table: (storage: Storage) => azureRunTable(storage.table('runs')).all(),
  Queue: (storage: Storage) => azureWorkQueue(storage.queues.getQueueClient('arrivals')).depth(),
  Blob: (storage: Storage) => azureRunFiles(storage.blobs, 'inbound', 'runs').readWhole(run, 'people.idx'),
};

async function holdOf(storage: string | null, call: (storage: Storage) => Promise<unknown>): Promise<FileHold> {
  const error: unknown = await withStorage({ storage, data: null }, call).catch((one: unknown) => one);
  if (!(error instanceof FileHold)) throw new Error('no hold', { cause: error });
  return error;
}

const refused = [
  [403, 'AuthorizationPermissionMismatch', 'role', 'lacks the role Storage SERVICE Data Reader'],
  [403, 'SomethingNew', 'role', 'lacks the role'],
  [403, 'AuthorizationFailure', 'network', 'firewall'],
  [403, 'AuthenticationFailed', 'key', 'does not accept the key'],
  [403, 'KeyBasedAuthenticationNotPermitted', 'keys-off', 'accepts no keys'],
  [401, 'InvalidAuthenticationInfo', 'sign-in', 'does not accept your sign-in'],
] as const;

describe.each(['Table', 'Queue', 'Blob'] as const)('the %s service', (service) => {
  test.each(refused)('answers %d %s: %s', async (status, code, refusal, words) => {
    answer = { status, code };
    const hold = await holdOf(connectionString, calls[service]);
    expect([hold.code, hold.values]).toEqual(['storage-not-permitted', { refusal, service }]);
    expect(sentenceOf(hold)).toContain(words.replace('SERVICE', service));
    expect(`${sentenceOf(hold)} ${String(hold.stack)}`).not.toContain(KEY);
  });
  test('answers something else', async () => {
    answer = { status: 400, code: 'InvalidQueryParameterValue' };
    const hold = await holdOf(connectionString, calls[service]);
    expect([hold.code, hold.values]).toEqual(['storage-refused', { service, status: 400 }]);
  });
});

test('a table that does not exist', async () => {
  answer = { status: 404, code: 'TableNotFound' };
  expect((await holdOf(connectionString, calls.Table)).code).toBe('storage-not-prepared');
});

test('nobody listens', async () => {
  const nobody = connectionString.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:1');
  expect((await holdOf(nobody, calls.Table)).code).toBe('storage-unreachable');
});

test('a string that the clients cannot read is not repeated', async () => {
  const hold = await holdOf(`AccountKey=${KEY};x`, calls.Table);
  expect([hold.code, hold.values]).toEqual(['storage-malformed', { trouble: 'connection-string' }]);
  expect(String(hold.stack)).not.toContain(KEY);
});

test('no storage was named', async () => {
  expect((await holdOf(null, calls.Table)).code).toBe('storage-not-named');
});

test('a fault that is not of storage is left as it is', async () => {
  const fault = new Error('something else');
  await expect(withStorage({ storage: connectionString, data: null }, () => Promise.reject(fault))).rejects.toBe(fault);
});
