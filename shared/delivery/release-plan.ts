// What a release decides about each unsent row of a batch, from what it sees of other runs (design, Order). Pure.
import type { Batch } from '../run/batch';
import { giveUpRow, rowsWith, splitOff, withStateOfRows } from '../run/batch';

/** Numbers of the rows by what becomes of them now. */
export interface ReleasePlan {
  readonly go: ReadonlySet<number>;
  /** An older run has an open delivery of the person (*waiting*). */
  readonly wait: ReadonlySet<number>;
  /** A newer run carries the person (*releaseLook*). */
  readonly stale: ReadonlySet<number>;
}

/** Looks at every unsent row once. */
export async function planRelease(
  batch: Batch,
  others: {
    readonly newerCarries: (id: string) => Promise<boolean>;
    readonly olderIsOpen: (id: string) => Promise<boolean>;
  },
): Promise<ReleasePlan> {
  const plan = { go: new Set<number>(), wait: new Set<number>(), stale: new Set<number>() };
  for (const row of rowsWith(batch, 'todo')) {
    const decision = (await others.newerCarries(row.id)) ? 'stale' : (await others.olderIsOpen(row.id)) ? 'wait' : 'go';
    plan[decision].add(row.row);
  }
  return plan;
}

/** What the plan makes of the batch: `child` holds rows that wait while the others go. `released`: a message is to be put for `batch`. */
export interface PlannedBatch {
  readonly batch: Batch;
  readonly child: Batch | null;
  readonly released: boolean;
}

/** Applies a plan. `waitUntil`: when rows that wait are looked at again. */
export function applyPlan(batch: Batch, plan: ReleasePlan, now: number, waitUntil: number): PlannedBatch {
  const looked = {
    ...batch,
    rows: batch.rows.map((row) => (plan.stale.has(row.row) && row.work === 'todo' ? giveUpRow(row) : row)),
  };
  if (plan.go.size === 0) {
    const settled = withStateOfRows(looked);
    return {
      batch: settled.state === 'staged' ? { ...settled, notBefore: waitUntil } : settled,
      child: null,
      released: false,
    };
  }
  if (plan.wait.size === 0) return { batch: { ...looked, releasedAt: now }, child: null, released: true };
  const { parent, child } = splitOff(looked, plan.wait, waitUntil);
  return { batch: { ...parent, releasedAt: now }, child, released: true };
}
