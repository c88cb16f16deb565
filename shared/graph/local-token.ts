// A token that is worthless outside this machine: unsigned, so a simulator reads its claims, and any real service refuses it.
import type { GraphToken } from './graph-credential';

/** How long a local token claims to be valid, ms. */
const LOCAL_TOKEN_MS = 3_600_000;

/** `permissions`: `roles` of an application, or `scp` and `wids` of a person who signed in: permissions, and template ids of roles in Entra. `now`: ms since the epoch. */
export function localToken(
  permissions: { readonly roles: readonly string[] } | { readonly scp: string; readonly wids: readonly string[] },
  now: number,
): GraphToken {
  const expiresOnTimestamp = now + LOCAL_TOKEN_MS;
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { aud: 'https://graph.microsoft.com', exp: Math.floor(expiresOnTimestamp / 1_000), ...permissions };
  return { token: `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`, expiresOnTimestamp };
}
