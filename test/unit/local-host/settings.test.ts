// App settings, %NAME% expressions and connections.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppSettings, readLocalSettings } from '../../../local/host/settings';

const settings = new AppSettings({
  AzureWebJobsStorage: 'host',
  AzureWebJobsFeed: 'prefixed',
  Feed: 'plain',
  Other: 'other',
  Queue: 'arrivals',
  Empty: '',
  Nested__Name: 'nested',
  Wait: '00:00:02',
});

test.each([
  ['%Queue%', 'arrivals'],
  ['%queue%-%Queue%', 'arrivals-arrivals'],
  ['inbound/{source}/{name}', 'inbound/{source}/{name}'],
  ['100 % of it', '100 % of it'],
])('%s resolves to %s', (text, expected) => expect(settings.resolve(text, 'a test')).toBe(expected));

test.each(['%Nothing%', '%Empty%'])('%s is a fault that names the setting', (text) => {
  expect(() => settings.resolve(text, 'the function x')).toThrow(`'${text}' of the function x`);
});

test.each([
  [undefined, 'host'],
  ['', 'host'],
  ['AzureWebJobsStorage', 'host'],
  ['Storage', 'host'],
  ['Feed', 'prefixed'],
  ['Other', 'other'],
])('the connection %p is %p', (name, connectionString) =>
  expect(settings.connection(name, 'a test')).toEqual({ kind: 'string', connectionString }),
);

test('a connection that is not set is a fault', () => {
  expect(() => settings.connection('Unknown', 'a test')).toThrow(/'Unknown' of a test/);
});

describe('a connection by identity', () => {
  const byIdentity = {
    AzureWebJobsStorage__blobServiceUri: 'https://a.blob.example/',
    AzureWebJobsStorage__queueServiceUri: 'https://a.queue.example/',
    AzureWebJobsStorage__credential: 'managedidentity',
  };
  const connectionOf = (more: Readonly<Record<string, string>>) =>
    new AppSettings({ ...byIdentity, ...more }).connection(undefined, 'a test');
  const expected = { kind: 'identity', blobUrl: 'https://a.blob.example/', queueUrl: 'https://a.queue.example/' };

  test('has the addresses and the client id', () => {
    expect(connectionOf({})).toEqual({ ...expected, clientId: null });
    expect(connectionOf({ AzureWebJobsStorage__clientId: 'b' })).toEqual({ ...expected, clientId: 'b' });
  });

  test('gives way to a setting with exactly its name', () => {
    expect(connectionOf({ AzureWebJobsStorage: 'x' })).toEqual({ kind: 'string', connectionString: 'x' });
  });

  test.each(Object.keys(byIdentity))('without %s is a fault', (name) => {
    expect(() => connectionOf({ [name]: '' })).toThrow(/'AzureWebJobsStorage' of a test/);
  });
});

test('__ and : are the same in names', () => expect(settings.find('nested:name')).toBe('nested'));

test('a duration is read in ms, and a wrong one is a fault', () => {
  expect(settings.duration('Wait', 1)).toBe(2_000);
  expect(settings.duration('Nothing', 1)).toBe(1);
  expect(() => settings.duration('Queue', 1)).toThrow(/time span/);
});

describe('local.settings.json', () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-settings-'));
  const path = join(folder, 'local.settings.json');
  afterAll(() => rmSync(folder, { recursive: true }));

  test('gives the values, and what to create at start', () => {
    const content = {
      IsEncrypted: false,
      Values: { A: '1' },
      Host: { LocalHttpPort: 7000, Containers: ['inbound'], Queues: ['arrivals'], CORS: '*' },
      ConnectionStrings: {},
    };
    writeFileSync(path, JSON.stringify(content));
    expect(readLocalSettings(path, true)).toEqual({
      values: { A: '1' },
      port: 7000,
      containers: ['inbound'],
      queues: ['arrivals'],
    });
  });

  test.each([
    ['encrypted', { IsEncrypted: true }],
    ['a value that is not a string', { Values: { A: 1 } }],
    ['containers that are not a list', { Host: { Containers: 'inbound' } }],
  ])('%s is a fault', (_name, content) => {
    writeFileSync(path, JSON.stringify(content));
    expect(() => readLocalSettings(path, false)).toThrow(/local\.settings\.json: /);
  });

  test('a missing file means no settings, unless it was named explicitly', () => {
    expect(readLocalSettings(join(folder, 'none.json'), false).values).toEqual({});
    expect(() => readLocalSettings(join(folder, 'none.json'), true)).toThrow(/cannot be read/);
  });
});
