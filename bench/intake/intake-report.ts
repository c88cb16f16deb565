// What `bench intake` prints: rates, ratios to the parser alone, peaks, transactions, and how they compare with the project's targets.
import type { PassName, PassResult } from './pass';

/** All passes over one size. */
export interface SizeReport {
  readonly rows: number;
  readonly passes: Readonly<Record<PassName, PassResult>>;
}

/** Targets on two shared cores: seconds until the users are staged and peak MB by rows, ratio to the parser, transactions per 1,000 rows. Never a failure. */
const BARS = {
  bySize: { 100_000: { seconds: 4, megabytes: 256 }, 1_000_000: { seconds: 40, megabytes: 400 } },
  ratio: 2,
  transactions: 30,
} as const;

const MB = 1_000_000;
const grouped = (value: number): string => Math.round(value).toLocaleString('en-GB');
const mark = (value: number, bar: number): string => (value <= bar ? 'met' : 'NOT met');

/** A table of one size as text. */
export function intakeTable({ rows, passes }: SizeReport): string {
  const lines = Object.entries(passes).map(([name, pass]) => {
    const ratio = (pass.seconds / passes.parse.seconds).toFixed(2);
    const rate = grouped(pass.rows / pass.seconds);
    return `  ${name.padEnd(8)}${rate.padStart(12)} rows/s${ratio.padStart(8)} × parse${pass.seconds.toFixed(2).padStart(9)} s${pass.cpuSeconds.toFixed(2).padStart(9)} s CPU${grouped(pass.peakBytes / MB).padStart(7)} MB`;
  });
  return [`${grouped(rows)} rows of 24 columns`, ...lines, ...barLines({ rows, passes }), ''].join('\n');
}

function barLines({ rows, passes }: SizeReport): readonly string[] {
  const { intake, parse } = passes;
  const perThousand = (intake.transactions / rows) * 1_000;
  const size = Object.entries(BARS.bySize).find(([key]) => Number(key) === rows)?.[1];
  const staged = intake.stagedSeconds ?? intake.seconds;
  const ratio = staged / parse.seconds;
  return [
    `  staged (users committed) after ${ratio.toFixed(2)} × parse alone; bar ${BARS.ratio}: ${mark(ratio, BARS.ratio)}`,
    `  storage transactions per 1,000 rows ${perThousand.toFixed(1)}; bar ${BARS.transactions}: ${mark(perThousand, BARS.transactions)}`,
    ...(size === undefined
      ? []
      : [
          `  staged after ${staged.toFixed(1)} s; bar ${size.seconds}: ${mark(staged, size.seconds)} (${intake.seconds.toFixed(1)} s until the batches are made, too)`,
          `  peak MB ${grouped(intake.peakBytes / MB)}; bar ${size.megabytes}: ${mark(intake.peakBytes / MB, size.megabytes)}`,
        ]),
  ];
}
