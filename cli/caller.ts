// Who gives a command: noted beside what was decided, and nowhere else.
import { hostname, userInfo } from 'node:os';
import type { TokenCredential } from '@azure/identity';

/** Names whoever calls. */
export type Caller = () => Promise<string>;

/** The user of this computer, `name@computer`: with a connection string, storage knows nobody. */
export const userOfComputer: Caller = () => Promise.resolve(`${userInfo().username}@${hostname()}`);

const STORAGE_SCOPE = 'https://storage.azure.com/.default';

/**
 * Claims of an access token that name the account, the most readable one first; those of an application come last.
 * Source: Learn, "Access token claims reference" (2025).
 */
const NAMING_CLAIMS = ['upn', 'preferred_username', 'unique_name', 'email', 'oid', 'appid'] as const;

/** The account that is signed in to Entra, as its access token to storage names it. The token was made for the service: it is not verified here. */
export async function signedInAccount(signIn: TokenCredential): Promise<string> {
  const token = (await signIn.getToken(STORAGE_SCOPE))?.token ?? '';
  return accountOf(token) ?? `an account unknown to ${await userOfComputer()}`;
}

/** The name in an access token; null if it has none. */
export function accountOf(token: string): string | null {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<
      string,
      unknown
    >;
    const named = NAMING_CLAIMS.map((claim) => claims[claim]).find(
      (value) => typeof value === 'string' && value !== '',
    );
    return typeof named === 'string' ? named : null;
  } catch {
    return null;
  }
}
