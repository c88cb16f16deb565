// `bench year`: a year of nightly full files, one process per size.
import { join } from 'node:path';
import { startMeasured } from '../measured-process';
import type { YearFigures, YearSizes } from './live-year';
import type { YearResult } from './year-report';

/**
 * What fits into ten minutes on two cores, with time to spare: a whole year of a twentieth of the people with a twentieth of the daily budget, and
 * all of them for as many nights as it takes to have each special one, and days to send what follows from it.
 */
export const USUAL_YEARS: readonly YearSizes[] = [
  { people: 10_000, days: 365, calls: 100 },
  { people: 200_000, days: 12, calls: 2_000 },
];

/** MiB for what was just made: ports in memory make far more of it than those on Azure, and half of the time would go into clearing it away. */
const NEW_SPACE = ['--max-semi-space-size=64'];

/** Lives each year; `tell` is called for each when it is over. */
export async function benchYear(years: readonly YearSizes[], tell: (result: YearResult) => void): Promise<void> {
  for (const sizes of years) tell(await startMeasured<YearFigures>(join(__dirname, 'run-pass.js'), sizes, NEW_SPACE));
}
