// What can be wrong with the credential for Graph: the vault, the secret in it, the sign-in. The English is in credential-messages.ts.
import type { CodeOf } from '../core/codes';
import { halt } from '../core/codes';

/** Codes of azure-key-vault.ts, azure-application.ts and vault-credential.ts. */
export const credentialCodes = {
  'vault-unreachable': halt(),
  'vault-refused': halt(),
  'vault-secret-missing': halt(),
  'vault-secret-disabled': halt(),
  'vault-secret-empty': halt(),
  'vault-certificate-unreadable': halt(),
  'credential-expired': halt(),
  'credential-refused': halt(),
  'application-unknown': halt(),
};

/** One of them. */
export type CredentialCode = CodeOf<typeof credentialCodes>;
