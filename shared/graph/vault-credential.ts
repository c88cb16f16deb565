// A credential whose secret is in Key Vault. It is read again after a while, and at once after a refusal, so a new version is taken without a
// restart; while the vault gives no answer, the secret that is known goes on.
//
//   nothing known ──read──► version 1 ──10 minutes, or a refusal──► read ──► version 1: goes on
//                                                                       └──► version 2: a new sign-in
import { RollcallError } from '../core/errors';
import type { CredentialCode } from './credential-codes';
import type { GraphCredential, GraphToken } from './graph-credential';

/** A version of a secret. */
export interface VaultSecret {
  readonly version: string;
  readonly value: string;
  /** When the vault says that it ends, ms since the epoch; null if it does not say. */
  readonly endsAt: number | null;
}

/** Signs an application in with one version of its secret. It keeps its tokens: a new one has none. */
export interface SignIn {
  /** Rejects with `RollcallError` (halt). */
  getToken(scope: string): Promise<GraphToken | null>;
  /** When the secret ends, ms since the epoch; null if nobody says. */
  readonly endsAt: number | null;
}

/** How long a version is used before the vault is asked for a newer one, ms. Key Vault takes thousands of requests in ten seconds. Ours, 2026-11. */
export const SECRET_GOOD_FOR_MS = 600_000;

/** Answers of the sign-in that may be due to an old secret. */
const MAY_BE_RENEWED: ReadonlySet<string> = new Set<CredentialCode>(['credential-refused', 'credential-expired']);

interface Known {
  readonly secret: VaultSecret;
  readonly signIn: SignIn;
  readonly readAt: number;
}

/** `read` reads the newest version, `signInWith` makes a sign-in of it; both reject or throw with `RollcallError` (halt). `now`: ms since the epoch. */
export function credentialFromVault(
  read: () => Promise<VaultSecret>,
  signInWith: (secret: VaultSecret) => SignIn,
  now: () => number,
): GraphCredential {
  let known: Known | null = null;
  /** Asks the vault. A version that is known already keeps its sign-in, and with it its tokens. */
  const look = async (): Promise<Known> => {
    const before = known;
    try {
      const secret = await read();
      const isKnown =
        before !== null && before.secret.version === secret.version && before.secret.endsAt === secret.endsAt;
      known = { secret, signIn: isKnown ? before.signIn : signInWith(secret), readAt: now() };
    } catch (error) {
      if (before === null || !isUnreachable(error)) throw error;
      return before;
    }
    return known;
  };
  const current = async (): Promise<Known> =>
    known !== null && now() - known.readAt < SECRET_GOOD_FOR_MS ? known : look();
  /** Without the tokens that the sign-in has kept. */
  const afresh = async (): Promise<Known> => {
    const { secret, readAt } = await look();
    return (known = { secret, signIn: signInWith(secret), readAt });
  };
  return {
    async getToken(scope, isRefused) {
      const first = isRefused ? await afresh() : await current();
      try {
        return await first.signIn.getToken(scope);
      } catch (error) {
        if (!(error instanceof RollcallError) || !MAY_BE_RENEWED.has(error.code)) throw error;
        const next = await look();
        if (next.secret.version === first.secret.version) throw error;
        return next.signIn.getToken(scope);
      }
    },
    endsAt: async () => (await current()).signIn.endsAt,
  };
}

const isUnreachable = (error: unknown): boolean =>
  error instanceof RollcallError && error.code === ('vault-unreachable' satisfies CredentialCode);
