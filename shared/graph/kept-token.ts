// The token for Graph as it is kept in memory: one for all calls, until it is about to expire or Graph refuses it.
import { RollcallError } from '../core/errors';
import type { GraphCredential, GraphToken } from './graph-credential';

/** A token is renewed so long before it expires, ms: a call that begins now must still be taken. Ours, 2026-11. */
const RENEW_BEFORE_MS = 120_000;

/** Asks the credential once for all that wait. */
export class KeptToken {
  private kept: GraphToken | null = null;
  private isRefused = false;
  private asked: Promise<GraphToken> | null = null;

  constructor(
    private readonly credential: GraphCredential,
    private readonly scope: string,
  ) {}

  /** The token. Rejects with `RollcallError` (halt): `graph-no-token`, or a code of the credential. */
  async get(): Promise<string> {
    if (this.kept !== null && this.kept.expiresOnTimestamp - Date.now() >= RENEW_BEFORE_MS) return this.kept.token;
    this.asked ??= this.ask().finally(() => {
      this.asked = null;
    });
    return (await this.asked).token;
  }

  /** Graph refused this token. Nothing happens if another one has been obtained since. */
  refuse(token: string): void {
    if (this.kept?.token !== token) return;
    this.kept = null;
    this.isRefused = true;
  }

  private async ask(): Promise<GraphToken> {
    const token = await this.askCredential();
    if (token === null) throw new RollcallError('graph-no-token', 'halt', 'the credential gave no token for Graph');
    this.kept = token;
    this.isRefused = false;
    return token;
  }

  private async askCredential(): Promise<GraphToken | null> {
    try {
      return await this.credential.getToken(this.scope, this.isRefused);
    } catch (cause) {
      if (cause instanceof RollcallError) throw cause;
      throw new RollcallError('graph-no-token', 'halt', 'the credential gave no token for Graph', { cause });
    }
  }
}
