// What Entra refuses as a user principal name.
import { UPN_LENGTH } from './limits';
import type { ErrorInformation } from './provisioning-log';

/** Characters of the part before the @. Entra ID documentation on user principal names, 2026. */
const LOCAL_PART = /^[A-Za-z0-9'._\-!#^~]+$/;
const DOMAIN = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/;

/** Checks a name; `verifiedDomains` empty means any. Returns the failure, or undefined. */
export function checkUserName(userName: string, verifiedDomains: readonly string[]): ErrorInformation | undefined {
  const at = userName.lastIndexOf('@');
  const local = userName.slice(0, Math.max(at, 0));
  const domain = userName.slice(at + 1);
  const isValid =
    at > 0 &&
    userName.length <= UPN_LENGTH.whole &&
    local.length <= UPN_LENGTH.local &&
    domain.length <= UPN_LENGTH.domain &&
    LOCAL_PART.test(local) &&
    !local.endsWith('.') &&
    DOMAIN.test(domain);
  if (!isValid) return failWith('AzureActiveDirectoryInvalidUserPrincipalName', 'The user principal name is invalid.');
  if (
    verifiedDomains.length > 0 &&
    !verifiedDomains.some((verified) => verified.toLowerCase() === domain.toLowerCase())
  )
    return failWith('InvalidDomain', 'The domain of the user principal name is not a verified domain of the tenant.');
  return undefined;
}

/** A failure caused by the data, not by the service. */
export function failWith(errorCode: string, reason: string): ErrorInformation {
  return { errorCode, reason, errorCategory: 'nonServiceFailure' };
}
