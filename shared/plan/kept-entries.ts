// The people whom a plan's page lists: added in the order of the file, kept by how much they matter, in bounded memory.
import type { PlanKind } from './plan';
import { PLAN_KINDS } from './plan';

/** What an operator must see first. Whoever would lose access comes before whoever gets it, and those to whom nothing happens come last. */
export const KINDS_BY_INTEREST = [
  'disabled',
  'missing',
  'enabled',
  'changed',
  'new',
  'rejected',
  'on-hold',
  'resent',
  'waiting',
  'skipped',
  'unchanged',
] as const satisfies readonly PlanKind[];

const RANK = Object.fromEntries(PLAN_KINDS.map((kind) => [kind, KINDS_BY_INTEREST.indexOf(kind)])) as Readonly<
  Record<PlanKind, number>
>;

/** At most a number of texts, the most interesting kinds first, each kind in the order in which it was added. */
export class KeptEntries {
  private readonly byRank: string[][] = KINDS_BY_INTEREST.map(() => []);
  private kept = 0;

  constructor(private readonly most: number) {}

  /** Keeps the text that `make` gives, in place of a less interesting one if need be; does not ask for a text that finds no place. */
  add(kind: PlanKind, make: () => string): void {
    const rank = RANK[kind];
    if (this.kept < this.most) this.kept++;
    else {
      const last = this.byRank.findLastIndex((texts) => texts.length > 0);
      if (last <= rank) return;
      this.byRank[last]?.pop();
    }
    this.byRank[rank]?.push(make());
  }

  /** The number kept. */
  get size(): number {
    return this.kept;
  }

  /** The texts, the most interesting kind first. */
  all(): readonly string[] {
    return this.byRank.flat();
  }
}
