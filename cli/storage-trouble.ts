// Why storage did not answer a command, told from the error of the client. Codes of storage: Learn, "Common REST API error codes" and
// "Authorize access to data in Azure Storage" (2025).
import { RollcallError, type FileHold } from '../shared/core/errors';
import { statusOf } from '../shared/storage/status-of';
import type { StorageRefusal, StorageService } from './cli-codes';
import { holdCommand } from './local-file';

const SERVICES: Readonly<Record<string, StorageService>> = {
  'storage-blob': 'Blob',
  'storage-queue': 'Queue',
  'storage-table': 'Table',
};

/** Errors of @azure/identity that mean that nobody is signed in, or no longer. */
const NOT_SIGNED_IN: ReadonlySet<string> = new Set([
  'AggregateAuthenticationError',
  'AuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
]);

const REFUSALS: ReadonlyMap<string, StorageRefusal> = new Map([
  ['AuthorizationPermissionMismatch', 'role'],
  ['AuthorizationFailure', 'network'],
  ['AuthorizationSourceIPMismatch', 'network'],
  ['AuthorizationProtocolMismatch', 'network'],
  ['AuthorizationServiceMismatch', 'network'],
  ['AuthorizationResourceTypeMismatch', 'network'],
  ['InsufficientAccountPermissions', 'role'],
  ['AuthenticationFailed', 'key'],
  ['KeyBasedAuthenticationNotPermitted', 'keys-off'],
]);

/** Everything that commands read, they read by GET and HEAD. */
const WRITING_METHODS: ReadonlySet<string> = new Set(['PUT', 'POST', 'DELETE']);

/** The parts of the clients' errors that tell what happened. */
interface ClientError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly request?: { readonly method?: string };
  readonly response?: { readonly headers?: { get?(name: string): string | undefined } };
}

/** A fault of a storage adapter as a message for whoever called the command; null for any other error. */
export function holdOfStorage(error: unknown): FileHold | null {
  const service = error instanceof RollcallError ? SERVICES[error.code] : undefined;
  if (service === undefined) return null;
  const cause = (error as RollcallError).cause as ClientError | undefined;
  if (NOT_SIGNED_IN.has(String(cause?.name))) return holdCommand('storage-not-signed-in', {});
  const status = statusOf(cause);
  if (status === null) return holdOfConnection(String(cause?.code), service);
  if (status === 404) return holdCommand('storage-not-prepared', {});
  if (status === 401) return holdCommand('storage-not-permitted', { refusal: 'sign-in', service });
  if (status !== 403) return holdCommand('storage-refused', { service, status });
  const code = cause?.response?.headers?.get?.('x-ms-error-code') ?? String(cause?.code);
  const refusal = REFUSALS.get(code) ?? 'role';
  const isWrite = WRITING_METHODS.has(cause?.request?.method ?? '');
  return holdCommand('storage-not-permitted', {
    refusal: refusal === 'role' && isWrite ? 'write-role' : refusal,
    service,
  });
}

function holdOfConnection(code: string, service: StorageService): FileHold {
  if (code === 'ENOTFOUND') return holdCommand('storage-account-missing', {});
  // The system's own codes, and that of the clients for a request that could not be sent.
  return /^E[A-Z]+(?:_[A-Z]+)?$|^REQUEST_SEND_ERROR$/.test(code)
    ? holdCommand('storage-unreachable', {})
    : holdCommand('storage-refused', { service, status: null });
}
