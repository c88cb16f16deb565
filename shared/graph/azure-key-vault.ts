// A secret in Key Vault. What the vault answers beside the secret is not passed on: its messages name identities and addresses.
import type { TokenCredential } from '@azure/identity';
import type { KeyVaultSecret, SecretClientOptions } from '@azure/keyvault-secrets';
import { KnownContentType, SecretClient } from '@azure/keyvault-secrets';
import { RollcallError } from '../core/errors';
import type { VaultSecret } from './vault-credential';

/** Where the secret is. */
export interface SecretAddress {
  readonly vaultUrl: string;
  /** Name of the secret, or of the certificate: Key Vault keeps the key of a certificate as a secret of the same name. */
  readonly name: string;
}

const halt = (code: string, message: string): RollcallError => new RollcallError(code, 'halt', message);

/** Form of a secret: as it is, or a certificate with its key, as PEM. */
export type SecretForm = 'text' | 'pem';

/**
 * Reads the newest version. Rejects with `RollcallError` (halt): `vault-unreachable`, `vault-refused`, `vault-secret-missing`,
 * `vault-secret-disabled`.
 */
export function vaultSecret(
  { vaultUrl, name }: SecretAddress,
  form: SecretForm,
  identity: TokenCredential,
  options: SecretClientOptions = {},
): () => Promise<VaultSecret> {
  const client = new SecretClient(vaultUrl, identity, options);
  const read = async (): Promise<KeyVaultSecret> => {
    const found = await client.getSecret(name);
    const { version, contentType } = found.properties;
    if (form !== 'pem' || version === undefined || contentType !== KnownContentType.PFX) return found;
    // PKCS #12 is the default for a certificate, and Node has nothing that takes it apart. The vault converts it (Learn, "Get Secret", 2025-07-01).
    return client.getSecret(name, { version, outContentType: KnownContentType.PEM });
  };
  return async () => {
    try {
      const { value = '', properties } = await read();
      return { version: properties.version ?? '', value, endsAt: properties.expiresOn?.getTime() ?? null };
    } catch (error) {
      throw troubleOf(error);
    }
  };
}

/** Source of the statuses: Learn, "Azure Key Vault REST API error codes" (2024): 401 unauthenticated, 403 no permission, firewall, or disabled. */
function troubleOf(error: unknown): RollcallError {
  const { statusCode, details } = error as { readonly statusCode?: unknown; readonly details?: unknown };
  if (statusCode === 404) return halt('vault-secret-missing', 'Key Vault has no secret of this name');
  if (statusCode === 403 && /"SecretDisabled"/.test(JSON.stringify(details ?? null)))
    return halt('vault-secret-disabled', 'Key Vault has the secret, but it is disabled');
  if (statusCode === 401 || statusCode === 403)
    return halt('vault-refused', `Key Vault answered ${statusCode}: the identity may not read the secret`);
  return halt(
    'vault-unreachable',
    typeof statusCode === 'number' ? `Key Vault answered ${statusCode}` : 'Key Vault gave no answer',
  );
}
