// Bearer tokens shaped like Entra's but unsigned: an application in its own name, or with a user who has signed in.
import { DIRECTORY_ROLES, nameRole } from './directory-roles';
import { GraphRefusal } from './graph-answer';

/** The content of a token. */
export interface Caller {
  readonly appId: string;
  /** Application permissions of an application's own token, scopes of one with a user. */
  readonly permissions: readonly string[];
  /** The signed-in user; undefined: the application calls in its own name. */
  readonly userId: string | undefined;
  /** Names of the user's directory roles. */
  readonly directoryRoles: readonly string[];
}

/** What to put into a token. With `scopes` or `userId` it is a delegated one: a user has signed in. */
export interface TokenRequest {
  /** Application permissions, `SynchronizationData-User.Upload` and the like. */
  readonly roles?: readonly string[];
  /** Delegated scopes. */
  readonly scopes?: readonly string[];
  /** The user of a delegated token. Default: an administrator who is not in the directory. */
  readonly userId?: string;
  /** The user's directory roles, by name. Default: Global Administrator. */
  readonly directoryRoles?: readonly string[];
  readonly appId?: string;
  /** Lifetime from now; negative for a token that has expired. Unit: ms. Default one hour. */
  readonly expiresInMs?: number;
}

/** The application used where callers need not be told apart. */
export const ANY_APP = '00000000-0000-4000-8000-00000000a99a';

/** The user of a delegated token where users need not be told apart. */
export const ANY_USER = '00000000-0000-4000-8000-00000000ad14';

/** Graph's audiences, as tokens of either version name them; a slash at the end does not matter. */
const GRAPH = new Set(['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000']);

/** Makes a token that is valid from `now` (ms since 1970). */
export function issueToken(request: TokenRequest, tenantId: string, now: number): string {
  const claims = {
    aud: 'https://graph.microsoft.com',
    tid: tenantId,
    appid: request.appId ?? ANY_APP,
    ...((request.scopes ?? request.userId) ? claimUser(request) : { idtyp: 'app', roles: request.roles ?? [] }),
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
  return readClaims(claims);
}

/** The claim `scp` makes a token a delegated one; `wids` holds the template ids of the user's roles. */
function readClaims(claims: Record<string, unknown>): Caller {
  const appId = typeof claims.appid === 'string' ? claims.appid : ANY_APP;
  if (typeof claims.scp !== 'string')
    return { appId, permissions: listTexts(claims.roles), userId: undefined, directoryRoles: [] };
  return {
    appId,
    permissions: claims.scp.split(' ').filter((scope) => scope !== ''),
    userId: typeof claims.oid === 'string' ? claims.oid : ANY_USER,
    directoryRoles: listTexts(claims.wids).map((id) => nameRole(id) ?? id),
  };
}

function claimUser({ scopes = [], userId = ANY_USER, directoryRoles = ['Global Administrator'] }: TokenRequest) {
  const wids = directoryRoles.map((name) => DIRECTORY_ROLES[name] ?? name);
  return { idtyp: 'user', scp: scopes.join(' '), oid: userId, wids };
}

function listTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
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
