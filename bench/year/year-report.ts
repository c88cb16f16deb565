// What `bench year` prints: calls against sending everything, days over budget, bad files held, people wrongly touched, time and memory.
import type { ProcessCost } from '../measured-process';
import type { NightFigures, YearFigures, YearSizes } from './live-year';

export type YearResult = YearFigures & ProcessCost;

const MB = 1_000_000;
const grouped = (value: number): string => Math.round(value).toLocaleString('en-GB');
const mark = (isMet: boolean): string => (isMet ? 'met' : 'NOT met');

/** Sizes in words. */
export const sizesText = ({ people, days, calls }: YearSizes): string =>
  `${grouped(people)} people for ${days} nights with ${grouped(calls)} calls a day`;

/** One night on a line. */
export function nightLine({
  night,
  kind,
  people,
  state,
  calls,
  sent,
  again,
  hours,
  seconds,
  rssBytes,
  wrong,
}: NightFigures): string {
  const ended = hours === null ? 'not ended' : `${hours.toFixed(1)} h`;
  return (
    `${String(night).padStart(4)} ${kind.padEnd(15)}${grouped(people).padStart(8)} people ${state.padEnd(10)}${grouped(calls).padStart(6)} calls` +
    `${grouped(sent).padStart(8)} sent${grouped(again).padStart(7)} again ${ended.padStart(9)}${seconds.toFixed(1).padStart(7)} s${grouped(rssBytes / MB).padStart(6)} MB` +
    ` wrong ${wrong ?? '-'}`
  );
}

/** The year as text: the special nights with the three after them, then the sums. */
export function yearLines(result: YearResult): string {
  const { sizes, nights, calls, callsForAll, mostInADay, badFiles, badFilesHeld, wronglySent, wrongAtTheEnd } = result;
  const special = nights.filter((_, at) =>
    nights.slice(Math.max(at - 3, 0), at + 1).some(({ kind }) => kind !== 'usual'),
  );
  const wrong = nights.reduce((sum, night) => sum + (night.wrong ?? 0), 0) + wronglySent + wrongAtTheEnd;
  const usual = nights.filter(({ kind }, at) => kind === 'usual' && !special.includes(nights[at] as NightFigures));
  return [
    sizesText(sizes),
    ...special.map(nightLine),
    `  calls: ${grouped(calls)}; all people each night: ${grouped(callsForAll)}; ${((calls / callsForAll) * 100).toFixed(1)} %`,
    `  a usual night: ${grouped(median(usual.map((one) => one.calls)))} calls (median)`,
    `  most calls in any 24 hours: ${grouped(mostInADay)}; days over ${grouped(sizes.calls)}: ${mark(mostInADay <= sizes.calls)}`,
    `  bad files held with 0 calls: ${badFilesHeld} of ${badFiles}: ${mark(badFilesHeld === badFiles)}; ordinary files held, and approved: ${result.goodFilesHeld}`,
    `  people wrongly touched: ${grouped(wrong)}: ${mark(wrong === 0)} (${grouped(wronglySent)} sent otherwise than the file says, ${grouped(wrongAtTheEnd)} wrong at the end)`,
    `  ${grouped(result.seconds)} s, ${grouped(result.cpuSeconds)} s CPU, ${grouped(result.peakBytes / MB)} MB at most`,
    '',
  ].join('\n');
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
