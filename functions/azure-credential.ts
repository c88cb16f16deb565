// The credential that gets tokens: a union, chosen by one setting. In Azure the managed identity; a client secret only from Key Vault;
// locally a credential whose tokens are worthless outside this machine.
import type { TokenCredential } from '@azure/identity';
import { AzureAuthorityHosts, ClientSecretCredential, ManagedIdentityCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { RollcallError } from '../shared/core/errors';
import type { GraphCredential } from '../shared/graph/graph-transport';
import { isLoopback } from '../shared/graph/graph-url';
import type { AppSettings } from './settings';

/** The identity that this app runs under in Azure. */
export const managedIdentity = (settings: AppSettings): TokenCredential =>
  settings.ROLLCALL_IDENTITY_CLIENT_ID === ''
    ? new ManagedIdentityCredential()
    : new ManagedIdentityCredential({ clientId: settings.ROLLCALL_IDENTITY_CLIENT_ID });

/** Where applications of the cloud of this Graph sign in. Source: Learn, "Microsoft Graph national cloud deployments" (2025). */
export const authorityOf = (graph: URL): string =>
  graph.hostname.endsWith('.us') ? AzureAuthorityHosts.AzureGovernment : AzureAuthorityHosts.AzurePublicCloud;

/** The credential for Graph. Throws `RollcallError` `credential-not-for-this-host` (halt) if `local` is set for any host but loopback. */
export function graphCredential(settings: AppSettings, graph: URL): GraphCredential {
  switch (settings.ROLLCALL_CREDENTIAL) {
    case 'managed-identity': {
      const identity = managedIdentity(settings);
      return { getToken: (scope) => identity.getToken(scope) };
    }
    case 'client-secret': {
      const vault = new SecretClient(settings.ROLLCALL_KEY_VAULT_URL, managedIdentity(settings));
      let credential: Promise<ClientSecretCredential> | undefined;
      const load = async (): Promise<ClientSecretCredential> => {
        const secret = await vault.getSecret(settings.ROLLCALL_KEY_VAULT_SECRET);
        return new ClientSecretCredential(
          settings.ROLLCALL_TENANT_ID,
          settings.ROLLCALL_APPLICATION_ID,
          secret.value ?? '',
          { authorityHost: authorityOf(graph) },
        );
      };
      return {
        getToken: async (scope) => {
          credential ??= load();
          try {
            return await (await credential).getToken(scope);
          } catch (error) {
            // Next time the secret is read again: it may have been renewed in the vault.
            credential = undefined;
            throw error;
          }
        },
      };
    }
    case 'local':
      if (!isLoopback(graph)) {
        throw new RollcallError(
          'credential-not-for-this-host',
          'halt',
          `ROLLCALL_CREDENTIAL=local serves loopback only, not ${graph.hostname}`,
        );
      }
      return { getToken: () => Promise.resolve(localToken()) };
  }
}

/** How long a local token claims to be valid, ms. */
const LOCAL_TOKEN_MS = 3_600_000;
/** The roles the connector needs (docs/reference/graph-provisioning.md §5). */
const ROLES = ['SynchronizationData-User.Upload', 'ProvisioningLog.Read.All', 'Synchronization.Read.All'];

/** An unsigned token: a simulator reads its claims, any real service refuses it. */
function localToken(): { readonly token: string; readonly expiresOnTimestamp: number } {
  const expiresOnTimestamp = Date.now() + LOCAL_TOKEN_MS;
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { aud: 'https://graph.microsoft.com', exp: Math.floor(expiresOnTimestamp / 1_000), roles: ROLES };
  return { token: `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`, expiresOnTimestamp };
}
