// One measured year of `bench year`, in a process of its own; the figures of each night go to standard error.
import { reportMeasured } from '../measured-process';
import type { YearFigures, YearSizes } from './live-year';
import { liveYear } from './live-year';
import { nightLine } from './year-report';

const run = (sizes: YearSizes): Promise<YearFigures> =>
  liveYear(sizes, (night) => process.stderr.write(`${nightLine(night)}\n`));

reportMeasured(run);
