// The provisioning log: entries become visible some time after they happened, are kept for a while, and their
// number is bounded.
import type { LogEffect } from './fault-plan';

/** Graph's enum provisioningAction. [CSDL] Aug 2026. */
export type ProvisioningAction = 'other' | 'create' | 'delete' | 'disable' | 'update' | 'stagedDelete';
/** Graph's enum provisioningResult. [CSDL] Aug 2026. */
export type ProvisioningResult = 'success' | 'failure' | 'skipped' | 'warning';

/** Graph's provisioningErrorInfo. */
export interface ErrorInformation {
  readonly errorCode: string;
  readonly reason: string;
  readonly errorCategory: 'failure' | 'nonServiceFailure';
}

/** One changed attribute, as the log writes it. */
export interface ModifiedProperty {
  readonly displayName: string;
  readonly oldValue: string | null;
  readonly newValue: string | null;
}

/** One entry; log-record.ts gives it Graph's shape. Times in ms since 1970. */
export interface LogEntry {
  readonly id: string;
  readonly order: number;
  readonly activityAt: number;
  readonly durationMs: number;
  readonly jobId: string;
  readonly servicePrincipalId: string;
  /** The application's name when the entry was written. */
  readonly appName: string;
  readonly target: 'entra' | 'active-directory';
  readonly cycleId: string;
  readonly changeId: string;
  readonly action: ProvisioningAction;
  readonly status: ProvisioningResult;
  readonly error: ErrorInformation | undefined;
  readonly skipReason: string | undefined;
  readonly externalId: string;
  readonly displayName: string;
  readonly targetId: string;
  readonly userPrincipalName: string;
  readonly changes: readonly ModifiedProperty[];
  /** The entry is about the manager, not about the user's own attributes. */
  readonly isReference: boolean;
}

/** An entry with the time from which it is shown, ms since 1970, and how. */
export interface KeptEntry {
  readonly entry: LogEntry;
  readonly visibleAt: number;
  readonly effect: LogEffect;
}

/** An entry and how it is shown. */
export interface VisibleEntry {
  readonly entry: LogEntry;
  readonly unknownAction: boolean;
}

/** All entries of the tenant. */
export class ProvisioningLog {
  private kept: KeptEntry[] = [];
  private dropped = 0;
  private lost = 0;

  constructor(
    private readonly retentionMs: number,
    private readonly maxEntries: number,
  ) {}

  /** Adds an entry that becomes visible at `visibleAt` (ms since 1970). */
  append(entry: LogEntry, visibleAt: number, effect: LogEffect): void {
    if (effect.lost) {
      this.lost += 1;
      return;
    }
    this.kept.push({ entry, visibleAt: visibleAt + effect.lateMs, effect });
    if (this.kept.length <= this.maxEntries) return;
    const surplus = this.kept.length - Math.ceil(this.maxEntries * 0.9);
    this.dropped += surplus;
    this.kept = this.kept.slice(surplus);
  }

  /** The order of the newest entry; later entries are not part of a list that was begun before them. */
  get newestOrder(): number {
    return this.kept.at(-1)?.entry.order ?? 0;
  }

  /** The entries up to an order that are visible at `now` and not too old; doubled ones are in it twice. */
  list(now: number, upToOrder: number): VisibleEntry[] {
    const visible: VisibleEntry[] = [];
    for (const { entry, visibleAt, effect } of this.kept) {
      if (entry.order > upToOrder || visibleAt > now || entry.activityAt < now - this.retentionMs) continue;
      const shown = { entry, unknownAction: effect.unknownAction };
      visible.push(shown);
      if (effect.twice) visible.push(shown);
    }
    return visible;
  }

  /** Everything that is kept. */
  stored(): readonly KeptEntry[] {
    return this.kept;
  }

  /** Begins with what was kept before. */
  restore(kept: readonly KeptEntry[]): void {
    this.kept = [...kept];
  }

  /** All entries, visible or not. */
  listAll(): LogEntry[] {
    return this.kept.map(({ entry }) => entry);
  }

  /** Numbers for the statistics. */
  stats(): { entries: number; lost: number; dropped: number } {
    return { entries: this.kept.length, lost: this.lost, dropped: this.dropped };
  }
}
