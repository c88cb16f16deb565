// What is wrong with the credential for Graph, in English, for the operator.
import type { MessagesOf } from '../core/codes';
import type { credentialCodes } from './credential-codes';

/** English. */
export const credentialMessages: MessagesOf<typeof credentialCodes> = {
  'vault-unreachable': {
    sentence: () => 'Key Vault does not answer, so there is no token for Microsoft Graph and sending waits.',
    cause:
      'No connection to `ROLLCALL_KEY_VAULT_URL` could be made, or the vault answered with an error of its own. A secret that was read before goes on being used.',
    cure: 'Check the address, name resolution, and the network of the vault (private endpoint, firewall). Sending resumes by itself.',
  },
  'vault-refused': {
    sentence: () =>
      'The identity of the app may not read the secret in Key Vault, so there is no token for Microsoft Graph and sending waits.',
    cause: 'Key Vault answered 401 or 403: the role is missing, or the firewall of the vault does not let the app in.',
    cure: 'Give the identity the role Key Vault Secrets User on the vault, also for a certificate; check the network rules of the vault and that it is in the same tenant. Sending resumes by itself.',
  },
  'vault-secret-missing': {
    sentence: () => 'Key Vault has no secret of the configured name, so sending waits.',
    cause:
      '`ROLLCALL_KEY_VAULT_SECRET` names a secret or a certificate that is not in `ROLLCALL_KEY_VAULT_URL`, or was deleted.',
    cure: 'Correct the app setting, or create or recover the secret. Sending resumes by itself.',
  },
  'vault-secret-disabled': {
    sentence: () => 'The secret in Key Vault is disabled, so sending waits.',
    cause: 'Somebody disabled the newest version of the secret, or of the certificate.',
    cure: 'Enable it, or create a new version. Sending resumes by itself.',
  },
  'vault-secret-empty': {
    sentence: () => 'The secret in Key Vault is empty, so sending waits.',
    cause: 'The newest version of the secret has no value.',
    cure: 'Create a version with the value of the client secret. Sending resumes by itself.',
  },
  'vault-certificate-unreadable': {
    sentence: () => 'What Key Vault has is not a certificate with its private key, so sending waits.',
    cause:
      '`ROLLCALL_KEY_VAULT_SECRET` names a secret that is no certificate, or a certificate whose private key is not exportable.',
    cure: 'Create a certificate with an exportable private key (RSA) in Key Vault, add its public part to the application, and correct the app setting. Sending resumes by itself.',
  },
  'credential-expired': {
    sentence: () => 'The client secret or certificate of the application has expired, so sending waits.',
    cause:
      'The sign-in refused it, and its end has come. The event `rollcall.credential.expiring` has said so for 30 days.',
    cure: 'Create a new client secret or certificate for the application, and put it into Key Vault as a new version. Sending resumes by itself.',
  },
  'credential-refused': {
    sentence: () =>
      'The sign-in does not accept the client secret or certificate of the application, so sending waits.',
    cause:
      'The secret in Key Vault is not one of the application `ROLLCALL_APPLICATION_ID`: often the id of the secret was copied, not its value, or the certificate was not added to the application.',
    cure: 'Put the value of a valid client secret into Key Vault as a new version, or add the certificate of the vault to the application. Sending resumes by itself.',
  },
  'application-unknown': {
    sentence: () => 'The application or the tenant that signs in is unknown or disabled, so sending waits.',
    cause:
      '`ROLLCALL_APPLICATION_ID` is not the client id of an application in the tenant `ROLLCALL_TENANT_ID`, or there is no such tenant in this cloud, or the application is disabled.',
    cure: 'Correct the app settings, or enable the application in the tenant.',
  },
};
