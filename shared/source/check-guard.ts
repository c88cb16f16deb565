// Mistakes in the limits of `guard` that a schema cannot express: figures that contradict each other, or do nothing.
import { DEFAULT_LIMITS, pairOf, type LimitName, type WrittenLimit } from './guard-settings';
import { problemAt, type SettingsProblem } from './settings-problem';

type Figures = Readonly<Record<string, unknown>>;
const figuresOf = (value: unknown): Figures =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Figures) : {};

const PERCENTAGES = ['percent', 'lessPercent', 'morePercent'];

function checkAtLeast(limit: string, half: 'warn' | 'hold', written: Figures): SettingsProblem[] {
  const figures = figuresOf(written[half]);
  if (figures['atLeast'] === undefined || PERCENTAGES.some((name) => figures[name] !== undefined)) return [];
  return [problemAt(['guard', limit, half, 'atLeast'], 'settings-limit-idle', {})];
}

function checkOrder(limit: LimitName, written: Figures): SettingsProblem[] {
  const own = written as WrittenLimit<Figures>;
  const { warn, hold } = pairOf<Figures>(own, DEFAULT_LIMITS[limit]);
  return ['count', ...PERCENTAGES].flatMap((name) => {
    const [low, high] = [figuresOf(warn)[name], figuresOf(hold)[name]];
    if (typeof low !== 'number' || typeof high !== 'number' || low <= high) return [];
    return [problemAt(['guard', limit, 'warn', name], 'settings-limit-order', { warn: low, hold: high })];
  });
}

/** Checks the limits of `guard`, as it was read; what its schema refuses is skipped here. */
export function checkGuard(guard: unknown): readonly SettingsProblem[] {
  return (Object.keys(DEFAULT_LIMITS) as LimitName[]).flatMap((limit) => {
    const written = figuresOf(figuresOf(guard)[limit]);
    return [
      ...checkAtLeast(limit, 'warn', written),
      ...checkAtLeast(limit, 'hold', written),
      ...checkOrder(limit, written),
    ];
  });
}
