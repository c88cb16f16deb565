// The credential of an application whose secret or certificate is in Key Vault: the real clients against a vault and a sign-in on this machine,
// with the real managed identity between them.
import { graphCredential } from '../../../functions/azure-credential';
import { parseAppSettings } from '../../../functions/settings';
import type { RollcallError } from '../../../shared/core/errors';
import type { GraphCredential } from '../../../shared/graph/graph-credential';
import { SECRET_GOOD_FOR_MS } from '../../../shared/graph/vault-credential';
import { makeCertificate, type Certificate } from '../../pipeline/azure/certificate';
import { GRAPH, startIdentityEndpoint, type IdentityEndpoint } from '../../pipeline/azure/identity-endpoint';
import { makeSigner } from '../../pipeline/azure/tokens';
import { startKeyVault, VAULT, VAULT_HOST, type KeyVault, type StoredSecret } from './key-vault';
import { startSignIn, type SignInServer } from './sign-in-server';

const TENANT = '11111111-2222-4333-8444-555555555555';
const APPLICATION = '66666666-7777-4888-8999-aaaaaaaaaaaa';
const IDENTITY = '0b1c2d3e-4f50-4162-8374-95a6b7c8d9e0';
const NAME = 'rollcall-credential';
const SCOPE = `${GRAPH}/.default`;
const DAY_S = 86_400;

const signer = makeSigner();
const application = {
  tenantId: TENANT,
  clientId: APPLICATION,
  secrets: new Set<string>(),
  expired: new Set<string>(),
  certificates: new Set<string>(),
};
let tls: Certificate;
let identity: IdentityEndpoint;
let signIn: SignInServer;
let vault: KeyVault;
let now: number;

beforeAll(async () => {
  tls = await makeCertificate([VAULT_HOST]);
  identity = await startIdentityEndpoint(signer, { tenantId: TENANT, clientId: IDENTITY }, [VAULT]);
  Object.assign(process.env, identity.environment);
  signIn = await startSignIn(tls, signer, application);
});
beforeEach(async () => {
  now = Date.now();
  vault = await startKeyVault(tls, (token) => signer.read(token)?.aud === VAULT);
  for (const known of [application.secrets, application.expired, application.certificates]) known.clear();
});
afterEach(() => vault.stop());
afterAll(async () => {
  await Promise.all([identity.stop(), signIn.stop()]);
  await tls.remove();
});

/** The credential as the app makes it of its settings. */
function credential(kind: string, more: Readonly<Record<string, string>> = {}): GraphCredential {
  const settings = parseAppSettings({
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    ROLLCALL_CREDENTIAL: kind,
    ROLLCALL_IDENTITY_CLIENT_ID: IDENTITY,
    ROLLCALL_TENANT_ID: TENANT,
    ROLLCALL_APPLICATION_ID: APPLICATION,
    ROLLCALL_KEY_VAULT_URL: vault.url,
    ROLLCALL_KEY_VAULT_SECRET: NAME,
    ...more,
  });
  const address = { url: new URL(GRAPH), scope: SCOPE, authority: signIn.authority };
  return graphCredential(settings, address, () => now, {
    vault: { agent: vault.agent, retryOptions: { maxRetries: 0 } },
    signIn: { disableInstanceDiscovery: true, tlsOptions: { ca: tls.cert }, retryOptions: { maxRetries: 0 } },
  });
}
const ask = (from: GraphCredential, isRefused = false) => from.getToken(SCOPE, isRefused);
const claimsOf = async (from: GraphCredential, isRefused = false) => signer.read((await ask(from, isRefused))!.token);
const versionsRead = (): readonly number[] => vault.requests.map(({ status }) => status).filter((one) => one !== 401);
const codeOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'a token',
    (error: unknown) => (error as RollcallError).code,
  );

const secret = (version: string, value: string, more: Partial<StoredSecret> = {}): void => {
  vault.put(NAME, { version, value, ...more });
};

describe('a client secret', () => {
  test('signs the application in, for the scope of Graph; the vault is asked after its challenge, with the identity', async () => {
    application.secrets.add('first');
    secret('v1', 'first');
    expect(await claimsOf(credential('client-secret'))).toMatchObject({ aud: GRAPH, appid: APPLICATION, tid: TENANT });
    expect(vault.requests.map(({ status }) => status)).toEqual([401, 200]);
    expect(identity.requests().at(-1)).toMatchObject({ resource: VAULT, clientId: IDENTITY, status: 200 });
  });
  test('is kept with its tokens: neither vault nor sign-in is asked again', async () => {
    application.secrets.add('first');
    secret('v1', 'first');
    const one = credential('client-secret');
    const before = signIn.statuses.length;
    expect(await claimsOf(one)).toEqual(await claimsOf(one));
    expect(versionsRead()).toEqual([200]);
    expect(signIn.statuses.length - before).toBe(1);
  });
  test('of a new version is taken once the old one was used for ten minutes, without a restart', async () => {
    application.secrets.add('first').add('second');
    secret('v1', 'first');
    const one = credential('client-secret');
    const first = await claimsOf(one);
    secret('v2', 'second');
    application.secrets.delete('first');
    now += SECRET_GOOD_FOR_MS - 1;
    expect(await claimsOf(one)).toEqual(first);
    now += 1;
    expect(await claimsOf(one)).not.toEqual(first);
    expect(versionsRead()).toEqual([200, 200]);
  });
  test('that has not changed since keeps its tokens', async () => {
    application.secrets.add('first');
    secret('v1', 'first');
    const one = credential('client-secret');
    const first = await claimsOf(one);
    now += SECRET_GOOD_FOR_MS;
    expect(await claimsOf(one)).toEqual(first);
    expect(versionsRead()).toEqual([200, 200]);
  });
  test('that the sign-in refuses is read again at once', async () => {
    application.secrets.add('second');
    secret('v1', 'first');
    const one = credential('client-secret');
    await one.endsAt();
    secret('v2', 'second');
    expect(await claimsOf(one)).toMatchObject({ appid: APPLICATION });
    expect(versionsRead()).toEqual([200, 200]);
  });
  test('gives a new token after Graph refused the last one', async () => {
    application.secrets.add('first');
    secret('v1', 'first');
    const one = credential('client-secret');
    const first = await claimsOf(one);
    expect(await claimsOf(one, true)).not.toEqual(first);
  });
  test('goes on while the vault does not answer, and not when the vault says no', async () => {
    application.secrets.add('first');
    secret('v1', 'first');
    const one = credential('client-secret');
    await ask(one);
    now += SECRET_GOOD_FOR_MS;
    vault.answerWith(503);
    expect(await codeOf(ask(one, true))).toBe('a token');
    vault.answerWith(403);
    expect(await codeOf(ask(one))).toBe('vault-refused');
    await vault.stop();
    expect(await codeOf(ask(one))).toBe('a token');
  });
  test('has the end that the vault says, and none if it says none', async () => {
    application.secrets.add('first');
    const exp = Math.floor(now / 1_000) + 10 * DAY_S;
    secret('v1', 'first', { exp });
    expect(await credential('client-secret').endsAt()).toBe(exp * 1_000);
    secret('v2', 'first');
    expect(await credential('client-secret').endsAt()).toBeNull();
  });
});

describe('a certificate', () => {
  let pair: Certificate;
  beforeAll(async () => {
    pair = await makeCertificate();
  });
  afterAll(() => pair.remove());
  const pem = (): string => `${pair.key}\n${pair.cert}`;

  test('as PEM signs the application in', async () => {
    application.certificates.add(pair.cert);
    secret('v1', pem(), { contentType: 'application/x-pem-file' });
    const one = credential('client-certificate');
    expect(await claimsOf(one)).toMatchObject({ aud: GRAPH, appid: APPLICATION });
    expect(vault.requests.map(({ outContentType }) => outContentType)).toEqual([null, null]);
  });
  test('as PKCS #12, the default of Key Vault, is converted by the vault', async () => {
    application.certificates.add(pair.cert);
    secret('v1', 'MIIKbAIBAzCC', { contentType: 'application/x-pkcs12', pem: pem() });
    expect(await claimsOf(credential('client-certificate'))).toMatchObject({ appid: APPLICATION });
    expect(vault.requests.at(-1)).toEqual({
      path: `/secrets/${NAME}/v1`,
      outContentType: 'application/x-pem-file',
      status: 200,
    });
  });
  test('ends when it says, or when the vault says, whichever is first', async () => {
    secret('v1', pem());
    const end = await credential('client-certificate').endsAt();
    expect(end).toBeGreaterThan(now);
    expect(end).toBeLessThanOrEqual(now + DAY_S * 1_000);
    const exp = Math.floor(now / 1_000) + 60;
    secret('v2', pem(), { exp });
    expect(await credential('client-certificate').endsAt()).toBe(exp * 1_000);
  });
  test.each<readonly [string, () => string]>([
    ['a secret', () => 'a secret'],
    ['nothing', () => ''],
    ['no key', () => pair.cert],
    ['no certificate', () => pair.key],
    ["somebody else's key", () => `${tls.key}\n${pair.cert}`],
  ])('of which the vault has %s is said to be unreadable', async (_, value) => {
    secret('v1', value());
    expect(await codeOf(ask(credential('client-certificate')))).toBe('vault-certificate-unreadable');
  });
  test('that the application does not know is refused', async () => {
    secret('v1', pem());
    expect(await codeOf(ask(credential('client-certificate')))).toBe('credential-refused');
  });
});

describe('what is wrong is said by its code:', () => {
  const past = Math.floor(Date.now() / 1_000) - DAY_S;
  test.each<readonly [string, string, () => void, Readonly<Record<string, string>>]>([
    ['there is no such secret', 'vault-secret-missing', () => undefined, {}],
    ['the secret is disabled', 'vault-secret-disabled', () => secret('v1', 'x', { isDisabled: true }), {}],
    ['the secret is empty', 'vault-secret-empty', () => secret('v1', ''), {}],
    ['the role is missing', 'vault-refused', () => vault.answerWith(403), {}],
    ['the vault has a fault', 'vault-unreachable', () => vault.answerWith(500), {}],
    [
      'there is no such vault',
      'vault-unreachable',
      () => undefined,
      { ROLLCALL_KEY_VAULT_URL: `https://${VAULT_HOST}:1` },
    ],
    ['the secret is wrong', 'credential-refused', () => secret('v1', 'wrong'), {}],
    [
      'the secret has expired',
      'credential-expired',
      () => {
        application.expired.add('old');
        secret('v1', 'old');
      },
      {},
    ],
    ['the secret is refused after its end', 'credential-expired', () => secret('v1', 'wrong', { exp: past }), {}],
    [
      'there is no such application',
      'application-unknown',
      () => secret('v1', 'first'),
      { ROLLCALL_APPLICATION_ID: IDENTITY },
    ],
    ['there is no such tenant', 'application-unknown', () => secret('v1', 'first'), { ROLLCALL_TENANT_ID: IDENTITY }],
  ])('%s: %s', async (_, code, arrange, more) => {
    application.secrets.add('first');
    arrange();
    const asked = ask(credential('client-secret', more));
    await expect(asked).rejects.toMatchObject({ code, disposition: 'halt' });
    const error = await asked.catch((thrown: unknown) => thrown as RollcallError);
    // What is thrown may be logged: neither secret nor the words of vault and sign-in are in it.
    const { message, stack, cause } = error as RollcallError;
    expect(cause).toBeUndefined();
    for (const text of [message, stack ?? ''])
      expect(text).not.toMatch(/wrong|\bold\b|first|Caller|Trace ID|eyJ|66666666|0b1c2d3e/);
  });
  test('the sign-in does not answer: no token', async () => {
    secret('v1', 'first');
    await signIn.stop();
    expect(await codeOf(ask(credential('client-secret')))).toBe('graph-no-token');
  });
});
