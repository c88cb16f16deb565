// What a release decides about each unsent row of a batch, given what it sees of other runs (docs/design.md §3 Order). Pure.
import type { Batch, BatchRow } from '../run/batch';
import { noteReleased, rowsWith, splitOff, withStateOfRows } from '../run/batch';
import { keepUnchanged, supersedeRow } from '../verdict/give-verdict';

/** Row numbers by what happens to them now. */
export interface ReleasePlan {
  readonly go: ReadonlySet<number>;
  /** An older run has an open delivery of the person (*waiting*). */
  readonly wait: ReadonlySet<number>;
  /** A newer run carries the person (*releaseLook*). */
  readonly stale: ReadonlySet<number>;
  /** Exactly this record was confirmed, and nothing older is unanswered (*freshCompare*). */
  readonly same: ReadonlySet<number>;
}

/** Decides every unsent row once. */
export async function planRelease(
  batch: Batch,
  others: {
    readonly newerCarries: (id: string, isLastWord: boolean) => Promise<boolean>;
    readonly olderIsOpen: (id: string) => Promise<boolean>;
    readonly isConfirmed: (id: string) => Promise<boolean>;
  },
): Promise<ReleasePlan> {
  const plan = { go: new Set<number>(), wait: new Set<number>(), stale: new Set<number>(), same: new Set<number>() };
  for (const row of rowsWith(batch, 'todo')) {
    plan[await decide(row, others)].add(row.row);
  }
  return plan;
}

/** The order matters: a newer run wins over everything, and "confirmed" means nothing while a delivery is open. */
async function decide(row: BatchRow, others: Parameters<typeof planRelease>[1]): Promise<keyof ReleasePlan> {
  if (await others.newerCarries(row.id, row.lastWord)) return 'stale';
  if (await others.olderIsOpen(row.id)) return 'wait';
  return row.deliveries === 0 && (await others.isConfirmed(row.id)) ? 'same' : 'go';
}

function withDecision(row: BatchRow, plan: ReleasePlan): BatchRow {
  if (row.work !== 'todo') return row;
  if (plan.stale.has(row.row)) return supersedeRow(row);
  return plan.same.has(row.row) ? keepUnchanged(row) : row;
}

/** The batch after the plan: `child` holds rows that wait while the others go. `released`: a message must be put for `batch`. */
export interface PlannedBatch {
  readonly batch: Batch;
  readonly child: Batch | null;
  readonly released: boolean;
}

/** Applies a plan. `waitUntil`: when waiting rows are looked at again. */
export function applyPlan(batch: Batch, plan: ReleasePlan, now: number, waitUntil: number): PlannedBatch {
  const looked = {
    ...batch,
    rows: batch.rows.map((row) => withDecision(row, plan)),
  };
  if (plan.go.size === 0) {
    const settled = withStateOfRows(looked);
    return {
      // Also if it was released before: a message of then is no longer good (*released*).
      batch: settled.state === 'staged' ? { ...settled, notBefore: waitUntil, releasedAt: 0, releases: 0 } : settled,
      child: null,
      released: false,
    };
  }
  if (plan.wait.size === 0) return { batch: noteReleased(looked, now), child: null, released: true };
  const { parent, child } = splitOff(looked, plan.wait, waitUntil);
  return { batch: noteReleased(parent, now), child, released: true };
}
