// Tokens of the managed identity. `ManagedIdentityCredential` of `@azure/identity` keeps them for the whole process, drops `claims` on the way to
// MSAL, and a new one finds the same copy; MSAL itself can be told to ask the platform again (ADR 0045).
import { ManagedIdentityApplication } from '@azure/msal-node';
import type { GraphCredential } from './graph-credential';

/** `clientId`: of the user-assigned identity; null: the system-assigned one. */
export function managedIdentityTokens(clientId: string | null): GraphCredential {
  const identity = new ManagedIdentityApplication(
    clientId === null ? {} : { managedIdentityIdParams: { userAssignedClientId: clientId } },
  );
  return {
    async getToken(scope, isRefused) {
      // The platform may still give the same token, for up to a day: nothing that it documents makes it renew its own copy.
      const { accessToken, expiresOn } = await identity.acquireToken({
        resource: scope.replace(/\/\.default$/, ''),
        forceRefresh: isRefused,
      });
      return expiresOn === null ? null : { token: accessToken, expiresOnTimestamp: expiresOn.getTime() };
    },
    endsAt: () => Promise.resolve(null),
  };
}
