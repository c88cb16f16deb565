// Whether the credential ends soon: looked at once a day, so that somebody renews it in time.
import type { Clock } from '../core/clock';
import { DAY_MS } from '../core/clock';

/** From so many days before its end on, it is told. Ours, 2026-11: enough to find out who may renew it. */
const TOLD_BEFORE_DAYS = 30;

/** Looks at most once a day and process. */
export class CredentialWatch {
  private lookedAt = -Infinity;

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly endsAt: () => Promise<number | null>,
  ) {}

  /**
   * Whole days until the end, negative after it; null if it is far away, unknown, or was looked at less than a day ago. Rejects as the credential does,
   * and looks again the next time.
   */
  async daysLeft(): Promise<number | null> {
    const now = this.clock.now();
    if (now - this.lookedAt < DAY_MS) return null;
    const endsAt = await this.endsAt();
    this.lookedAt = now;
    const days = endsAt === null ? Infinity : Math.floor((endsAt - now) / DAY_MS);
    return days <= TOLD_BEFORE_DAYS ? days : null;
  }
}
