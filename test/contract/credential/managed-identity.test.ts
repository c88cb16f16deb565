// Tokens of the managed identity, with an endpoint of our own in place of the platform's: what makes MSAL ask it again, and what does not (ADR 0045).
import { ManagedIdentityCredential } from '@azure/identity';
import { managedIdentityTokens } from '../../../shared/graph/azure-managed-identity';
import { GRAPH, startIdentityEndpoint, type IdentityEndpoint } from '../../pipeline/azure/identity-endpoint';
import { makeSigner } from '../../pipeline/azure/tokens';

const CLIENT_ID = '0b1c2d3e-4f50-4162-8374-95a6b7c8d9e0';
const SCOPE = `${GRAPH}/.default`;
const signer = makeSigner();
let endpoint: IdentityEndpoint;

beforeAll(async () => {
  endpoint = await startIdentityEndpoint(signer, {
    tenantId: '11111111-2222-4333-8444-555555555555',
    clientId: CLIENT_ID,
  });
  Object.assign(process.env, endpoint.environment);
});
afterAll(() => endpoint.stop());

/** How often the endpoint is asked meanwhile. */
async function asked(act: () => Promise<unknown>): Promise<number> {
  const before = endpoint.requests().length;
  await act();
  return endpoint.requests().length - before;
}

test('a token is kept until Graph refuses it; then the platform is asked again, for a token that the next one finds', async () => {
  const identity = managedIdentityTokens(CLIENT_ID);
  const rolesOf = async (isRefused: boolean) =>
    signer.read((await identity.getToken(SCOPE, isRefused))!.token)?.['roles'];
  expect(await rolesOf(false)).toBeUndefined();
  endpoint.grant(['SynchronizationData-User.Upload']);
  expect(await asked(() => identity.getToken(SCOPE, false))).toBe(0);
  expect(await rolesOf(false)).toBeUndefined();
  expect(await asked(() => identity.getToken(SCOPE, true))).toBe(1);
  expect(await asked(() => identity.getToken(SCOPE, false))).toBe(0);
  expect(await rolesOf(false)).toEqual(['SynchronizationData-User.Upload']);
  expect(await identity.endsAt()).toBeNull();
});

test('the platform is asked in its documented form, with nothing else in the query', async () => {
  await managedIdentityTokens(CLIENT_ID).getToken(SCOPE, true);
  expect(endpoint.requests().at(-1)).toEqual({
    resource: GRAPH,
    clientId: CLIENT_ID,
    status: 200,
    query: ['api-version', 'client_id', 'resource'],
  });
});

test('it is not enough to ask ManagedIdentityCredential with claims, nor to make a new one', async () => {
  const options = { clientId: CLIENT_ID };
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';
  await new ManagedIdentityCredential(options).getToken(SCOPE);
  expect(await asked(() => new ManagedIdentityCredential(options).getToken(SCOPE))).toBe(0);
  expect(await asked(() => new ManagedIdentityCredential(options).getToken(SCOPE, { claims }))).toBe(0);
});

test('an identity that the app does not have gives no token', async () => {
  await expect(managedIdentityTokens('99999999-9999-4999-8999-999999999999').getToken(SCOPE, false)).rejects.toThrow();
});
