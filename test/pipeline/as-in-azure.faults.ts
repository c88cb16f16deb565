// The story with what a deployment gives the app, and a laptop does not: the settings of the template, tokens of a managed identity for storage
// and for Graph, and HTTPS. A connection string would hide all of it.
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { CONNECTOR_ROLES } from '../../local/entra/entra';
import { dropExport, putSource } from '../../local/drop-files';
import type { HostProcess } from '../../local/host/host-process';
import { lookAtRuns } from '../../local/watch-runs';
import type { Run } from '../../shared/run/run';
import {
  factsOf,
  newestRecords,
  PLAIN_BATCHES,
  PLAIN_WORLD,
  SOURCE,
  SOURCE_TEXT,
  writeFile,
} from '../faults/small-world';
import { limitTests, until } from '../faults/until';
import { storageRoles } from '../azure-template';
import { blobCreated, EventGrid } from '../event-grid';
import { APP_DIR, readVerdicts } from './machine-under-test';
import { readGates } from '../../shared/delivery/azure-gate-table';
import { startKeyVault, VAULT, VAULT_HOST } from '../contract/credential/key-vault';
import { SIGN_IN_HOST, startSignIn } from '../contract/credential/sign-in-server';
import { startAzure, CLIENT_ID, TENANT_ID, type Azure } from './azure/azure-under-test';
import { GRAPH, MONITOR, STORAGE } from './azure/identity-endpoint';
import { makePackage, type Packed } from '../contract/app/app-under-test';
import { makeSigner } from './azure/tokens';

limitTests(120_000);

/** Storage Table Data Contributor. */
const TABLE_ROLE = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3';

let azure: Azure;
let packed: Packed;
beforeAll(async () => {
  [azure, packed] = await Promise.all([startAzure(), makePackage()]);
});
afterEach(async () => {
  await azure.end();
});
afterAll(async () => {
  packed.remove();
  await azure.stop();
});

const drop = async (): Promise<void> => {
  await putSource(azure.storage, SOURCE, Buffer.from(SOURCE_TEXT));
  await dropExport(azure.storage, SOURCE, 'people.csv', writeFile(PLAIN_WORLD.files[0]!));
};

/** The template's timer is five minutes, so a test asks for each tick; resolves when it has ended. */
async function tick(host: HostProcess): Promise<void> {
  const ended = (): number =>
    host
      .events()
      .filter(
        ({ event, functionName }) => /^invocation-(succeeded|failed)$/.test(event) && functionName === 'reconcile',
      ).length;
  const before = ended();
  // 409: the host does not hold the timer's lock yet.
  await until(
    async () =>
      (await fetch(`${host.url}/admin/functions/reconcile`, { method: 'POST', body: '{}' })).status === 202 || null,
    20_000,
    () => 'the timer does not take the call',
  );
  await host.waitFor(() => ended() > before);
}

const theRun = async (): Promise<Run | undefined> => (await lookAtRuns(azure.storage)).runs[0];

/** Ticks until the run is in that state. */
const untilRunIs = (host: HostProcess, state: Run['state']): Promise<Run> =>
  until(
    async () => {
      await tick(host);
      const run = await theRun();
      return run?.state === state ? run : null;
    },
    60_000,
    async () =>
      `${JSON.stringify(await theRun())}\n${host
        .events()
        .map(({ message }) => message)
        .join('\n')}`,
  );

test.each([
  ['as it is compiled', (): string => APP_DIR],
  ['as it is deployed', (): string => packed.folder],
])("with Azure's settings and tokens alone, the app %s gives a file its verdicts", async (_, appDir) => {
  azure.identity.grant(CONNECTOR_ROLES);
  const graph = await azure.begin();
  const host = await azure.startHost(graph, {}, appDir());
  await drop();
  const run = await untilRunIs(host, 'settled');

  expect(run).toMatchObject({ rows: 70, verdicts: { created: 69, rejected: 1 } });
  expect(await readVerdicts(azure, run)).toHaveLength(70);
  expect(factsOf(graph.directory())).toEqual(newestRecords(PLAIN_WORLD));
  // Nobody was asked without the right token, or with a wrong one.
  expect(azure.guard.refusals()).toEqual([]);
  expect(graph.stats().refusals).toEqual([]);
  const { blob, queue, table } = azure.guard.passed();
  expect(Math.min(blob, queue, table)).toBeGreaterThan(0);
  const requests = azure.identity.requests();
  expect(new Set(requests.map(({ resource }) => resource))).toEqual(new Set([STORAGE, GRAPH, MONITOR]));
  expect(requests.filter(({ clientId, status }) => clientId !== CLIENT_ID || status !== 200)).toEqual([]);
});

test('where Event Grid writes to the queue, the same file gets its verdicts, and no function waits for a call from outside', async () => {
  azure.identity.grant(CONNECTOR_ROLES);
  const graph = await azure.begin();
  const host = await azure.startHost(graph, { ROLLCALL_EVENT_DESTINATION: 'queue' });
  expect(host.functions).toContain('event');
  expect(host.functions).not.toContain('intake');
  await drop();
  await new EventGrid('queue', host.url, azure.connectionString).deliver(blobCreated(`${SOURCE}/people.csv`));
  const run = await untilRunIs(host, 'settled');
  expect(run).toMatchObject({ rows: 70, verdicts: { created: 69, rejected: 1 } });
  expect(azure.guard.refusals()).toEqual([]);
  expect(await poisoned()).toEqual([0, 0, 0, 0]);
});

/** The application that signs in, and the name of its secret. */
const APPLICATION = '66666666-7777-4888-8999-aaaaaaaaaaaa';
const SECRET = 'rollcall-client-secret';
/** Shorter than what the app asks of a token that it goes on using: it signs in for each call. */
const SHORT_TOKEN_S = 60;
test('with a secret in Key Vault, which is renewed half-way: the file gets its verdicts, and nothing is restarted', async () => {
  const none = new Set<string>();
  const secrets = new Set(['first']);
  const application = { tenantId: TENANT_ID, clientId: APPLICATION, secrets, expired: none, certificates: none };
  const { certificate, signer } = azure;
  const signIn = await startSignIn(certificate, signer, { ...application, roles: CONNECTOR_ROLES }, SHORT_TOKEN_S);
  const vault = await startKeyVault(certificate, (token) => signer.read(token)?.aud === VAULT);
  try {
    vault.put(SECRET, { version: 'v1', value: 'first' });
    const graph = await azure.begin();
    const host = await azure.startHost(graph, {
      NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, 'azure', 'own-hosts.cjs'))}`,
      ROLLCALL_TEST_HOSTS: JSON.stringify({
        [VAULT_HOST]: Number(new URL(vault.url).port),
        [SIGN_IN_HOST]: Number(new URL(signIn.authority).port),
      }),
      ROLLCALL_CREDENTIAL: 'client-secret',
      ROLLCALL_APPLICATION_ID: APPLICATION,
      ROLLCALL_KEY_VAULT_URL: vault.url,
      ROLLCALL_KEY_VAULT_SECRET: SECRET,
    });
    const { pid } = host;
    await drop();
    await until(
      () => Promise.resolve(graph.uploads().length > 0 || null),
      60_000,
      () => `nothing was sent: ${signIn.statuses.join(' ')} ${JSON.stringify(vault.requests)}`,
    );
    // No log has been read by then: that is for the ticks, which begin now.
    const ends = Math.floor(Date.now() / 1_000) + 10 * 86_400;
    vault.put(SECRET, { version: 'v2', value: 'second', exp: ends });
    secrets.delete('first');
    secrets.add('second');
    const run = await untilRunIs(host, 'settled');

    expect(run).toMatchObject({ rows: 70, verdicts: { created: 69, rejected: 1 } });
    expect(factsOf(graph.directory())).toEqual(newestRecords(PLAIN_WORLD));
    // The old secret was refused, the new one was read and taken by the same process, and its end is known to whoever asks.
    expect(signIn.statuses).toContain(401);
    expect(signIn.statuses.at(-1)).toBe(200);
    expect(host.pid).toBe(pid);
    expect(await readGates(azure.storage.table('gates'))).toMatchObject([{ credentialEndsAt: ends * 1_000 }]);
    expect(azure.identity.requests().map(({ resource }) => resource)).toContain(VAULT);
    expect([graph.stats().refusals, await poisoned()]).toEqual([[], [0, 0, 0, 0]]);
  } finally {
    await Promise.all([signIn.stop(), vault.stop()]);
  }
});

/** What the runbook says about a code. */
function runbook(code: string): string {
  const text = readFileSync(join(APP_DIR, 'docs/operations.md'), 'utf8');
  return new RegExp(`<a id="${code}"></a>.*?\n\n`, 's').exec(text)?.[0] ?? '';
}
const POISON = ['arrivals-poison', 'deliveries-poison', 'events-poison', 'webjobs-blobtrigger-poison'];
const poisoned = (): Promise<readonly (number | undefined)[]> =>
  Promise.all(
    POISON.map(
      async (name) => (await azure.storage.queues.getQueueClient(name).getProperties()).approximateMessagesCount,
    ),
  );

/** The permissions in the order in which they are missed, each with what is said, and how many requests Graph has accepted by then. */
const MISSED: readonly (readonly [role: string, code: string, acceptedCalls: number])[] = [
  ['Synchronization.Read.All', 'job-not-readable', 0],
  ['SynchronizationData-User.Upload', 'graph-forbidden', 0],
  ['ProvisioningLog.Read.All', 'graph-log-forbidden', PLAIN_BATCHES],
];
// The tokens are valid for a day, as in Azure, and the endpoint gives a new one to whoever asks it: what is granted counts once it is asked.
test('permissions that are granted one by one: each time it says which is missing, loses nothing, and goes on', async () => {
  const granted: string[] = [];
  azure.identity.grant(granted);
  const graph = await azure.begin();
  const host = await azure.startHost(graph, { ROLLCALL_HALT_PAUSE_SECONDS: '1' });
  await drop();
  for (const [role, code, calls] of MISSED) {
    await until(
      async () => {
        await tick(host);
        const isSaid =
          (await theRun())?.waitsFor === code || host.events().some(({ message }) => message.includes(code));
        return (isSaid && graph.uploads().length === calls) || null;
      },
      40_000,
      async () => `${code} is not said: ${JSON.stringify(await theRun())} ${graph.uploads().length}`,
    );
    expect(runbook(code)).toContain(role);
    granted.push(role);
    azure.identity.grant(granted);
  }
  expect(new Set(granted)).toEqual(new Set(CONNECTOR_ROLES));
  await untilRunIs(host, 'settled');
  expect(factsOf(graph.directory())).toEqual(newestRecords(PLAIN_WORLD));
  expect(graph.stats().uploads.repeated).toBe(0);
  expect(await poisoned()).toEqual([0, 0, 0, 0]);
});

test('without the role on tables it says that they answer 403, loses nothing, and goes on once it is assigned', async () => {
  azure.identity.grant(CONNECTOR_ROLES);
  const graph = await azure.begin();
  azure.guard.assign(storageRoles().filter((id) => id !== TABLE_ROLE));
  const host = await azure.startHost(graph, {
    AzureFunctionsJobHost__extensions__queues__visibilityTimeout: '00:00:01',
  });
  await drop();
  await host.waitFor(
    ({ event, functionName, message }) =>
      event === 'invocation-failed' && functionName === 'arrival' && message.includes('table storage answered 403'),
  );
  azure.guard.assign(storageRoles());
  await untilRunIs(host, 'settled');
  expect(factsOf(graph.directory())).toEqual(newestRecords(PLAIN_WORLD));
  expect(await poisoned()).toEqual([0, 0, 0, 0]);
});

describe('the storage account of these tests takes only', () => {
  const claims = (aud: string, lifetimeS: number) => ({ aud, exp: Math.floor(Date.now() / 1_000) + lifetimeS });
  const bearer = (aud = STORAGE, lifetimeS = 60): string => `Bearer ${azure.signer.sign(claims(aud, lifetimeS))}`;
  const ask = (authorization: string | null, version = '2021-12-02'): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = { 'x-ms-version': version, ...(authorization === null ? {} : { authorization }) };
      request(`${azure.guard.endpoints.queue}?comp=list`, { headers, ca: azure.certificate.cert }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .once('error', reject)
        .end();
    });
  beforeAll(() => azure.guard.assign(storageRoles()));

  test('a token for storage', async () => expect(await ask(bearer())).toBe(200));
  test.each<readonly [string, () => string | null, number]>([
    ['nothing', () => null, 403],
    ['a key', () => 'SharedKey devstoreaccount1:c2lnbmF0dXJl', 403],
    ['a token for Graph', () => bearer(GRAPH), 401],
    ['a token that has expired', () => bearer(STORAGE, -1), 401],
    ['a token that somebody else has signed', () => `Bearer ${makeSigner().sign(claims(STORAGE, 60))}`, 401],
  ])('not with %s', async (_, authorization, status) => expect(await ask(authorization())).toBe(status));
  test('not a version of the service that knew no tokens', async () =>
    expect(await ask(bearer(), '2017-07-29')).toBe(403));
  test('not an identity without the role', async () => {
    azure.guard.assign([TABLE_ROLE]);
    expect(await ask(bearer())).toBe(403);
  });
});
