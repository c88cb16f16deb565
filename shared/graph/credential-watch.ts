// Whether the credential ends soon: looked at once a day, so that somebody renews it in time. What was seen is noted, so that whoever looks at the
// machine sees it too; once the end is near, every tick looks, so that a renewal is seen within minutes.
import type { Clock } from '../core/clock';
import { DAY_MS } from '../core/clock';
import type { CredentialNote } from './credential-note';

/** From so many days before its end on, it is told. Ours, 2026-11: enough to find out who may renew it. */
const TOLD_BEFORE_DAYS = 30;

/** Whole days until the end, negative after it; times in ms since the epoch. */
const daysUntil = (endsAt: number, now: number): number => Math.floor((endsAt - now) / DAY_MS);

/** Whether somebody must be told of that end by now; times in ms since the epoch. */
export const endsSoon = (endsAt: number, now: number): boolean => daysUntil(endsAt, now) <= TOLD_BEFORE_DAYS;

/** One of a process. */
export class CredentialWatch {
  private lookedAt = -Infinity;
  private toldAt = -Infinity;
  /** Undefined until the first look. */
  private noted: number | null | undefined;

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly endsAt: () => Promise<number | null>,
    private readonly note: CredentialNote,
  ) {}

  /**
   * Whole days until the end, negative after it; null if it is far away, unknown, or was told less than a day ago. Rejects as the credential and the
   * note do, and looks again the next time.
   */
  async daysLeft(): Promise<number | null> {
    const now = this.clock.now();
    const isNear = typeof this.noted === 'number' && endsSoon(this.noted, now);
    if (!isNear && now - this.lookedAt < DAY_MS) return null;
    const endsAt = await this.endsAt();
    if (endsAt !== this.noted) await this.note.write(endsAt);
    this.noted = endsAt;
    this.lookedAt = now;
    if (endsAt === null || !endsSoon(endsAt, now) || now - this.toldAt < DAY_MS) return null;
    this.toldAt = now;
    return daysUntil(endsAt, now);
  }
}
