// Signs the application in with a secret or a certificate. Of what the sign-in answers, only the number of its error is passed on.
import { X509Certificate, createPrivateKey } from 'node:crypto';
import type { ClientSecretCredentialOptions, TokenCredential } from '@azure/identity';
import { ClientCertificateCredential, ClientSecretCredential } from '@azure/identity';
import { RollcallError } from '../core/errors';
import type { SignIn, VaultSecret } from './vault-credential';

/** The application whose permissions count. */
export interface Application {
  readonly tenantId: string;
  readonly clientId: string;
  /** Where it signs in. */
  readonly authority: string;
}

/** What the SDK of sign-in takes beside that; empty but for tests. */
export type SignInOptions = Pick<ClientSecretCredentialOptions, 'disableInstanceDiscovery' | 'retryOptions'> & {
  readonly tlsOptions?: { readonly ca?: string };
};

const halt = (code: string, message: string): RollcallError => new RollcallError(code, 'halt', message);

/** Signs in with a client secret. Throws `vault-secret-empty` (halt). */
export function secretSignIn(application: Application, options: SignInOptions = {}): (secret: VaultSecret) => SignIn {
  const { tenantId, clientId, authority } = application;
  return ({ value, endsAt }) => {
    if (value === '') throw halt('vault-secret-empty', 'the secret in Key Vault is empty');
    const credential = new ClientSecretCredential(tenantId, clientId, value, { ...options, authorityHost: authority });
    return signInBy(credential, endsAt);
  };
}

/** Signs in with a certificate and its key, as PEM. Throws `vault-certificate-unreadable` (halt). */
export function certificateSignIn(
  application: Application,
  options: SignInOptions = {},
): (secret: VaultSecret) => SignIn {
  const { tenantId, clientId, authority } = application;
  return ({ value, endsAt }) => {
    const validTo = endOfCertificate(value);
    if (validTo === null)
      throw halt('vault-certificate-unreadable', 'what Key Vault has is no certificate with its private key');
    const credential = new ClientCertificateCredential(
      tenantId,
      clientId,
      { certificate: value },
      { ...options, authorityHost: authority },
    );
    return signInBy(credential, endsAt === null ? validTo : Math.min(endsAt, validTo));
  };
}

/** When the first certificate of a PEM ends, ms; null if the text is not a certificate and its key. */
function endOfCertificate(pem: string): number | null {
  try {
    const certificate = new X509Certificate(pem);
    return certificate.checkPrivateKey(createPrivateKey(pem)) ? Date.parse(certificate.validTo) : null;
  } catch {
    return null;
  }
}

function signInBy(credential: TokenCredential, endsAt: number | null): SignIn {
  return {
    endsAt,
    async getToken(scope) {
      try {
        return await credential.getToken(scope);
      } catch (error) {
        throw refusalOf(error, endsAt);
      }
    },
  };
}

/**
 * Numbers of the sign-in's errors. They may change, says their page; one that is unknown makes the code less telling, and nothing else depends on
 * them. Source: Learn, "Microsoft Entra authentication & authorization error codes" (2025).
 */
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['7000222', 'credential-expired'],
  ['7000215', 'credential-refused'],
  ['7000216', 'credential-refused'],
  ['700027', 'credential-refused'],
  ['700016', 'application-unknown'],
  ['7000112', 'application-unknown'],
  ['7000229', 'application-unknown'],
  ['90002', 'application-unknown'],
  ['900023', 'application-unknown'],
]);

/** The error itself is not passed on: it repeats what the service says, with ids of tenant, application and key. */
function refusalOf(error: unknown, endsAt: number | null): RollcallError {
  const number = /AADSTS(\d{3,12})/.exec(error instanceof Error ? error.message : '')?.[1];
  if (number === undefined) return halt('graph-no-token', 'the sign-in of the application gave no token');
  const code = NUMBERS.get(number) ?? 'graph-no-token';
  const isOver = code === 'credential-refused' && endsAt !== null && endsAt <= Date.now();
  return halt(isOver ? 'credential-expired' : code, `the sign-in of the application was refused: AADSTS${number}`);
}
