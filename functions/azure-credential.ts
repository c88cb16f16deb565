// The credential for Graph: a union, chosen by one setting (ADR 0045). In Azure the managed identity, or an application whose secret or certificate
// is in Key Vault; locally one whose tokens are worthless outside this machine.
import type { TokenCredential } from '@azure/identity';
import { ManagedIdentityCredential } from '@azure/identity';
import type { SecretClientOptions } from '@azure/keyvault-secrets';
import { RollcallError } from '../shared/core/errors';
import type { SignInOptions } from '../shared/graph/azure-application';
import { certificateSignIn, secretSignIn } from '../shared/graph/azure-application';
import { vaultSecret } from '../shared/graph/azure-key-vault';
import { managedIdentityTokens } from '../shared/graph/azure-managed-identity';
import type { GraphCredential } from '../shared/graph/graph-credential';
import type { GraphAddress } from '../shared/graph/graph-url';
import { isLoopback } from '../shared/graph/graph-url';
import { localToken } from '../shared/graph/local-token';
import { credentialFromVault } from '../shared/graph/vault-credential';
import type { AppSettings } from './settings';

/** The managed identity of a client id; the system-assigned one without any. */
export const identityOf = (clientId: string | null | undefined): TokenCredential =>
  clientId ? new ManagedIdentityCredential({ clientId }) : new ManagedIdentityCredential();

/** The identity that this app runs under in Azure. */
export const managedIdentity = (settings: AppSettings): TokenCredential =>
  identityOf(settings.ROLLCALL_IDENTITY_CLIENT_ID);

/** What the clients of vault and sign-in are told beside the settings: nothing, but for tests. */
export interface CredentialClients {
  readonly vault?: SecretClientOptions;
  readonly signIn?: SignInOptions;
}

/**
 * The credential for Graph; `now` in ms since the epoch. Makes clients, but no call. Throws `RollcallError` `credential-not-for-this-host` (halt) if
 * `local` is set for any host but loopback.
 */
export function graphCredential(
  settings: AppSettings,
  { url, authority }: GraphAddress,
  now: () => number,
  clients: CredentialClients = {},
): GraphCredential {
  const application = {
    tenantId: settings.ROLLCALL_TENANT_ID,
    clientId: settings.ROLLCALL_APPLICATION_ID,
    authority,
  };
  const secret = (form: 'text' | 'pem') =>
    vaultSecret(
      { vaultUrl: settings.ROLLCALL_KEY_VAULT_URL, name: settings.ROLLCALL_KEY_VAULT_SECRET },
      form,
      managedIdentity(settings),
      clients.vault,
    );
  switch (settings.ROLLCALL_CREDENTIAL) {
    case 'managed-identity':
      return managedIdentityTokens(settings.ROLLCALL_IDENTITY_CLIENT_ID || null);
    case 'client-secret':
      return credentialFromVault(secret('text'), secretSignIn(application, clients.signIn), now);
    case 'client-certificate':
      return credentialFromVault(secret('pem'), certificateSignIn(application, clients.signIn), now);
    case 'local':
      if (!isLoopback(url))
        throw new RollcallError(
          'credential-not-for-this-host',
          'halt',
          `ROLLCALL_CREDENTIAL=local serves loopback only, not ${url.hostname}`,
        );
      return {
        getToken: () => Promise.resolve(localToken({ roles: ROLES }, Date.now())),
        endsAt: () => Promise.resolve(null),
      };
  }
}

/** The roles the connector needs (docs/reference/graph-provisioning.md §5). */
const ROLES = ['SynchronizationData-User.Upload', 'ProvisioningLog.Read.All', 'Synchronization.Read.All'];
