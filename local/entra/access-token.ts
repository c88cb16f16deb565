// Bearer tokens shaped like Entra's but unsigned: the caller, its application permissions, and the expiry.
import { GraphRefusal } from './graph-answer';

/** The content of a token. */
export interface Caller {
  readonly appId: string;
  readonly roles: readonly string[];
}

/** What to put into a token. */
export interface TokenRequest {
  /** Application permissions, `SynchronizationData-User.Upload` and the like. */
  readonly roles: readonly string[];
  readonly appId?: string;
  /** Lifetime from now; negative for a token that has expired. Unit: ms. Default one hour. */
  readonly expiresInMs?: number;
}

/** The application used where callers need not be told apart. */
export const ANY_APP = '00000000-0000-4000-8000-00000000a99a';

/** Graph's audiences, as tokens of either version name them; a slash at the end does not matter. */
const GRAPH = new Set(['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000']);

/** Makes a token that is valid from `now` (ms since 1970). */
export function issueToken(request: TokenRequest, tenantId: string, now: number): string {
  const claims = {
    aud: 'https://graph.microsoft.com',
    tid: tenantId,
    appid: request.appId ?? ANY_APP,
    roles: request.roles,
    iat: Math.floor(now / 1_000),
    exp: Math.floor((now + (request.expiresInMs ?? 3_600_000)) / 1_000),
  };
  return [{ alg: 'none', typ: 'JWT' }, claims].map((part) => encodePart(part)).join('.') + '.';
}

/** Reads the header Authorization. Throws a GraphRefusal (401) with the message that Graph gives. */
export function readCaller(authorization: string | undefined, acceptAny: boolean, now: number): Caller | 'anyone' {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]?.trim() ?? '';
  if (token === '') throw refuseToken('Access token is empty.');
  if (acceptAny) return 'anyone';
  const claims = decodeClaims(token);
  if (!claims || typeof claims.exp !== 'number')
    throw refuseToken('CompactToken parsing failed with error code: 80049217');
  if (claims.exp * 1_000 <= now) throw refuseToken('Access token has expired or is not yet valid.');
  if (typeof claims.aud !== 'string' || !GRAPH.has(claims.aud.replace(/\/$/, '')))
    throw refuseToken('Access token validation failure. Invalid audience.');
  const roles = Array.isArray(claims.roles) ? claims.roles.filter((role) => typeof role === 'string') : [];
  return { appId: typeof claims.appid === 'string' ? claims.appid : ANY_APP, roles };
}

/** Throws a GraphRefusal (403) unless the caller has one of the permissions. */
export function requireRole(caller: Caller | 'anyone', permissions: readonly string[]): void {
  if (caller === 'anyone' || permissions.some((permission) => caller.roles.includes(permission))) return;
  throw refusePrivilege(`none of ${permissions.join(', ')}`);
}

/** A 403 as Graph words it. */
export function refusePrivilege(reason: string): GraphRefusal {
  const message = 'Insufficient privileges to complete the operation.';
  return new GraphRefusal(403, 'Authorization_RequestDenied', message, reason);
}

function refuseToken(message: string): GraphRefusal {
  return new GraphRefusal(401, 'InvalidAuthenticationToken', message);
}

function encodePart(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function decodeClaims(token: string): Record<string, unknown> | undefined {
  const part = token.split('.')[1];
  if (part === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    // Not a token: the caller gets the same 401 as for any other text.
    return undefined;
  }
}
