// Who asks for tokens on behalf of the app. The implementations are in files named for their technology; functions/azure-credential.ts chooses.

/** A token as it is kept: what goes into the header, and until when, ms since the epoch. */
export interface GraphToken {
  readonly token: string;
  readonly expiresOnTimestamp: number;
}

/** A source of tokens for Graph. */
export interface GraphCredential {
  /**
   * `isRefused`: Graph has refused the last token (401, 403), so a copy of it that is kept anywhere is of no use. Null if there is no token. Rejects
   * with `RollcallError` (halt) where it is known what a person must do.
   */
  getToken(scope: string, isRefused: boolean): Promise<GraphToken | null>;
  /** When it ends for good, ms since the epoch, unless somebody renews it; null if it does not end. May read Key Vault, and reject as `getToken` does. */
  endsAt(): Promise<number | null>;
}
