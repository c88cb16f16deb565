// `bench year`: a year of nightly full files, one process per size.
import { join } from 'node:path';
import { startMeasured } from '../measured-process';
import type { YearFigures, YearSizes } from './live-year';
import type { YearResult } from './year-report';

/**
 * What fits into ten minutes: a whole year of a tenth of the people with a tenth of the daily budget, and as many nights of all of them as have
 * each special night once.
 */
export const USUAL_YEARS: readonly YearSizes[] = [
  { people: 20_000, days: 365, calls: 200 },
  { people: 200_000, days: 20, calls: 2_000 },
];

/** Lives each year; `tell` is called for each when it is over. */
export async function benchYear(years: readonly YearSizes[], tell: (result: YearResult) => void): Promise<void> {
  for (const sizes of years) tell(await startMeasured<YearFigures>(join(__dirname, 'run-pass.js'), sizes));
}
