// May a file go? Counts and limits in, every limit that tripped out.
import { quote } from '../core/message';
import type { ColumnLimit, CountLimit, GuardSettings, LimitPair, RowsLimit } from '../source/guard-settings';
import { PEOPLE_LIMITS, type ColumnChange, type GuardCounts, type PeopleLimit, type Tally } from './guard-counts';
import { limitsAt, type GuardLimits, type GuardPlace } from './guard-limits';
import type { Tripped, TrippedCount } from './tripped';

/** What the limits say of a file. What holds it is not among the warnings too. */
export interface GuardDecision {
  readonly hold: readonly Tripped[];
  readonly warn: readonly Tripped[];
}

/** Whole numbers on both sides, so nothing is rounded at the limit itself. */
const isAbovePercent = (count: number, percent: number, base: number): boolean => count * 100 > percent * base;

/** What of a limit is asked: the tally, the number that 100 % is, and whether that number can be relied on. */
interface Asked {
  readonly limit: PeopleLimit | 'rejected';
  readonly tally: Tally;
  readonly base: number;
  readonly asksPercent: boolean;
}

function tripOf({ limit, tally, base, asksPercent }: Asked, figures: CountLimit): TrippedCount | null {
  const { count, lines } = tally;
  const { percent, atLeast = 0, count: most } = figures;
  if (asksPercent && percent !== undefined && count >= atLeast && isAbovePercent(count, percent, base)) {
    return { limit, count, base, by: 'percent', allowed: percent, lines };
  }
  return most !== undefined && count > most ? { limit, count, base, by: 'count', allowed: most, lines } : null;
}

function columnTripOf(change: ColumnChange, { fromRows = 0, percent }: ColumnLimit): Tripped | null {
  const { became, count, of: base } = change;
  if (base < fromRows) return null;
  const tripped = { limit: 'column', column: quote(change.column), count, base, lines: [] } as const;
  if (became !== 'changed') return { ...tripped, became, allowed: null };
  return percent !== undefined && isAbovePercent(count, percent, base)
    ? { ...tripped, became, allowed: percent }
    : null;
}

function rowsTripOf(rows: number, lastRows: number, figures: RowsLimit): Tripped | null {
  const became = rows < lastRows ? 'fewer' : 'more';
  const count = Math.abs(rows - lastRows);
  const percent = became === 'fewer' ? figures.lessPercent : figures.morePercent;
  if (percent === undefined || count < (figures.atLeast ?? 0) || !isAbovePercent(count, percent, lastRows)) return null;
  return { limit: 'rows', became, count, base: lastRows, allowed: percent, lines: [] };
}

/** Limits whose share is one of active people: in an old roster most may have left, and half of the others would be a small share of all. */
const OF_ACTIVE: readonly PeopleLimit[] = ['disabled', 'missing'];

/** Asks one limit both ways: a file that it holds is not warned of too. */
function* ask<L>(pair: LimitPair<L>, trip: (figures: L) => Tripped | null): Generator<['hold' | 'warn', Tripped]> {
  const held = pair.hold === null ? null : trip(pair.hold);
  if (held !== null) {
    yield ['hold', held];
    return;
  }
  const warned = pair.warn === null ? null : trip(pair.warn);
  if (warned !== null) yield ['warn', warned];
}

function* askAll(counts: GuardCounts, limits: GuardLimits): Generator<['hold' | 'warn', Tripped]> {
  const { content, known, rows, lastRows } = counts;
  const isFirst = known === 0;
  if (isFirst && limits.firstRun === 'hold') {
    yield ['hold', { limit: 'firstRun', count: rows, base: 0, lines: [] }];
  }
  const asksPercent = asksPercentOf(counts);
  for (const limit of isFirst ? [] : PEOPLE_LIMITS) {
    if (limit === 'missing' && content !== 'full') continue;
    const base = OF_ACTIVE.includes(limit) ? counts.active : known;
    const asked = { limit, tally: counts.people[limit], base, asksPercent };
    yield* ask(limits[limit], (figures) => tripOf(asked, figures));
  }
  // The rows of the file are known, whoever the people are.
  const rejected = { limit: 'rejected', tally: counts.rejected, base: rows, asksPercent: true } as const;
  yield* ask(limits.rejected, (figures) => tripOf(rejected, figures));
  if (isFirst) return;
  for (const change of counts.columns) yield* ask(limits.column, (figures) => columnTripOf(change, figures));
  if (content === 'full' && lastRows !== null) {
    yield* ask(limits.rows, (figures) => rowsTripOf(rows, lastRows, figures));
  }
}

/** A share of the people known says something if the file has everybody in it, or if one that passed had. */
const asksPercentOf = ({ content, isSeeded }: GuardCounts): boolean => content === 'full' || isSeeded;

/**
 * Judges what a file would do. All limits that trip are listed, in a fixed order; `hold` is empty if the file may go. `guard` is the member
 * of source.json; `"off"` and `firstRun: "send"` are obeyed on loopback only. With nobody known only `firstRun` and `rejected` are asked.
 */
export function judgeCounts(counts: GuardCounts, guard: GuardSettings | undefined, place: GuardPlace): GuardDecision {
  const limits = limitsAt(guard, place, asksPercentOf(counts));
  const all = limits === null ? [] : [...askAll(counts, limits)];
  const of = (kind: 'hold' | 'warn') => all.flatMap(([one, tripped]) => (one === kind ? [tripped] : []));
  return { hold: of('hold'), warn: of('warn') };
}
