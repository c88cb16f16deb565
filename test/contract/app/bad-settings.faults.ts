// What an operator reads when a setting is wrong, for each kind of mistake and both forms of the app: the host says it when it starts, and each
// function says it when it is called. That nothing is lost meanwhile: test/faults/bad-settings.faults.ts.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { limitTests } from '../../faults/until';
import { askApp, makePackage, ROOT, SAMPLE_SETTINGS, type AppAnswer, type Packed } from './app-under-test';

const FUNCTIONS = (
  JSON.parse(readFileSync(join(__dirname, 'functions.json'), 'utf8')) as { readonly name: string }[]
).map(({ name }) => name);
limitTests(60_000);

let packed: Packed;
/** An account of storage in which no queue exists: what a function does with its input is another test's matter. */
const emptyAccount = createServer((_request, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
beforeAll(async () => {
  [packed] = await Promise.all([makePackage(), once(emptyAccount, 'listening')]);
});
afterAll(() => {
  emptyAccount.close();
  packed.remove();
});

/** The connection string of the empty account. */
function emptyStorage(): string {
  const url = `http://127.0.0.1:${(emptyAccount.address() as AddressInfo).port}/contoso`;
  return `DefaultEndpointsProtocol=http;AccountName=contoso;AccountKey=a2V5;BlobEndpoint=${url};QueueEndpoint=${url};TableEndpoint=${url};`;
}

interface Mistake {
  readonly kind: string;
  readonly wrong: Readonly<Record<string, string>>;
  readonly sentence: RegExp;
  /** Without the setting that is wrong the host would have nothing that it could call the others for. */
  readonly called?: readonly string[];
}

const TENANT = { ROLLCALL_GRAPH_URL: 'https://graph.microsoft.com', ROLLCALL_CREDENTIAL: 'managed-identity' };
const ONLY_TIMER = ['reconcile'];
const mistakes: readonly Mistake[] = [
  {
    kind: 'words, numbers and forms',
    wrong: { ROLLCALL_LICENCE: 'free', ROLLCALL_WAITING_SECONDS: 'soon', ROLLCALL_TENANT_ID: 'a tenant' },
    sentence: /ROLLCALL_TENANT_ID must be .*ROLLCALL_LICENCE must be .*ROLLCALL_WAITING_SECONDS must be /,
  },
  {
    kind: 'what is needed to register the functions',
    wrong: { ROLLCALL_BLOB_SOURCE: 'Polling', ROLLCALL_RECONCILE_SCHEDULE: 'now and then' },
    sentence: /ROLLCALL_BLOB_SOURCE must be one of .*ROLLCALL_RECONCILE_SCHEDULE must be six fields/,
  },
  {
    kind: 'a Graph that is no URL',
    wrong: { ROLLCALL_GRAPH_URL: 'graph' },
    sentence: /ROLLCALL_GRAPH_URL is no URL/,
  },
  {
    kind: 'a Graph that is none of the published hosts',
    wrong: { ...TENANT, ROLLCALL_GRAPH_URL: 'https://graph.contoso.example' },
    sentence: /ROLLCALL_GRAPH_URL is not one of the published hosts/,
  },
  {
    kind: 'a credential that is for this machine only',
    wrong: { ...TENANT, ROLLCALL_CREDENTIAL: 'local' },
    sentence: /ROLLCALL_CREDENTIAL=local serves loopback only/,
  },
  { kind: 'no list of jobs', wrong: { ...TENANT, ROLLCALL_JOBS: '' }, sentence: /ROLLCALL_JOBS is empty/ },
  {
    kind: 'no storage',
    wrong: { AzureWebJobsStorage: '' },
    sentence: /AzureWebJobsStorage is missing/,
    called: ONLY_TIMER,
  },
  {
    kind: 'an address of storage that is missing',
    wrong: {
      AzureWebJobsStorage: '',
      AzureWebJobsStorage__blobServiceUri: 'https://contoso.blob.example/',
      AzureWebJobsStorage__queueServiceUri: 'https://contoso.queue.example/',
    },
    sentence: /AzureWebJobsStorage is missing \(a connection string, or .*__tableServiceUri/,
    called: ONLY_TIMER,
  },
  {
    kind: 'a connection string that is none',
    wrong: { AzureWebJobsStorage: 'AccountName=contoso;AccountKey=Zm9v' },
    sentence: /AzureWebJobsStorage is no connection string/,
  },
];

/** The errors that a function logged or ended with. */
const errorsOf = ({ events }: AppAnswer, fn: string): readonly string[] =>
  events.filter(({ level, functionName }) => level === 'error' && functionName === fn).map(({ message }) => message);

describe.each([
  ['as it is compiled', (): string => ROOT],
  ['as it is deployed', (): string => packed.folder],
])('the app %s, with a mistake in', (_, appDir) => {
  test.each(mistakes)('$kind: the host says so, and so does each function', async (mistake) => {
    const { wrong, sentence, called = FUNCTIONS } = mistake;
    const environment = { ...SAMPLE_SETTINGS, AzureWebJobsStorage: emptyStorage(), ...wrong };
    const answer = await askApp({ appDir: appDir(), environment, calls: called });
    expect(answer.refusal).toMatch(sentence);
    expect(answer.notices).toMatch(new RegExp(`^error: the functions refuse to work: .*${sentence.source}`, 'm'));
    expect(answer.functions.map(({ name }) => name)).toEqual(FUNCTIONS);
    const silent = called.filter((fn) => !errorsOf(answer, fn).some((message) => sentence.test(message)));
    expect(silent).toEqual([]);
    expect(JSON.stringify(answer)).not.toContain('Zm9v');
  });
});

test('without a mistake there is nothing to read', async () => {
  const environment = { ...SAMPLE_SETTINGS, AzureWebJobsStorage: emptyStorage(), ROLLCALL_CREATE_STORAGE: 'false' };
  const answer = await askApp({ appDir: packed.folder, environment });
  expect([answer.refusal, answer.notices, answer.events]).toEqual([null, '', []]);
});
