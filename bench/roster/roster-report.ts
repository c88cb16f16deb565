// What `bench roster` prints: what the roster adds to staging, what a merge adds to a copy, bytes a person, and the project's targets.
import { ENTRY_BYTES } from '../../shared/roster/roster-file';
import type { RosterResult, RosterSizes } from './roster-pass';

/** All passes. */
export interface RosterReport {
  readonly sizes: RosterSizes;
  readonly compare: {
    readonly made: RosterResult;
    readonly stage: RosterResult;
    readonly compare: RosterResult;
    readonly everybody: RosterResult;
  };
  /** Intake of the compared file against the roster. */
  readonly night: RosterResult;
  readonly merge: { readonly seed: RosterResult; readonly copy: RosterResult; readonly merge: RosterResult };
}

/** Targets on two shared cores, for 200,000 people compared, and 10,000 merged into 1,000,000. Never a failure. */
const BARS = {
  compareSeconds: 0.5,
  compareMegabytes: 100,
  mergeSeconds: 10,
  entryBytes: 60,
  nightCalls: 10,
  nightTransactions: 100,
  nightMegabytes: 300,
} as const;

const MB = 1_000_000;
const grouped = (value: number): string => Math.round(value).toLocaleString('en-GB');
const mark = (value: number, bar: number): string => (value <= bar ? 'met' : 'NOT met');

const costOf = (name: string, { seconds, cpuSeconds, peakBytes }: RosterResult, base: RosterResult): string =>
  `  ${name.padEnd(28)}${seconds.toFixed(2).padStart(7)} s${cpuSeconds.toFixed(2).padStart(8)} s CPU${(cpuSeconds / base.cpuSeconds).toFixed(2).padStart(7)} × base${grouped(peakBytes / MB).padStart(7)} MB`;

/** Everything as text. */
export function rosterLines({ sizes, compare, night, merge }: RosterReport): string {
  const { made, stage } = compare;
  const more = compare.compare.rosterSeconds;
  const moreBytes = (compare.compare.peakBytes - stage.peakBytes) / MB;
  const perPerson = made.bytes / made.people;
  return [
    `${grouped(sizes.compared)} people compared with a roster of ${grouped(made.people)}`,
    costOf('staged without it (base)', stage, stage),
    costOf(`compared, ${grouped(compare.compare.changed)} changed`, compare.compare, stage),
    costOf('compared, everybody changed', compare.everybody, stage),
    `  for the roster itself: ${more.toFixed(2)} s CPU (${compare.everybody.rosterSeconds.toFixed(2)} if everybody changed); bar ${BARS.compareSeconds}: ${mark(more, BARS.compareSeconds)}`,
    `  more memory: ${grouped(moreBytes)} MB; bar ${BARS.compareMegabytes}: ${mark(moreBytes, BARS.compareMegabytes)}`,
    `  bytes a person: ${ENTRY_BYTES} without attributes; bar ${BARS.entryBytes}: ${mark(ENTRY_BYTES, BARS.entryBytes)} (${perPerson.toFixed(1)} with ${made.attributes} attributes)`,
    '',
    ...nightLines(night),
    '',
    `${grouped(merge.merge.changed)} people merged into a roster of ${grouped(sizes.merged)}, all with a row, in the emulator`,
    costOf('copied as it is (base)', merge.copy, merge.copy),
    costOf('merged', merge.merge, merge.copy),
    `  merged in ${merge.merge.seconds.toFixed(1)} s; bar ${BARS.mergeSeconds}: ${mark(merge.merge.seconds, BARS.mergeSeconds)} (file ${grouped(merge.merge.bytes / MB)} MB; making it from nothing ${merge.seed.seconds.toFixed(1)} s)`,
    '',
  ].join('\n');
}

/** A usual night: nobody's refresh is due, which otherwise adds a thirtieth of all people. */
function nightLines({
  people,
  seconds,
  cpuSeconds,
  peakBytes,
  calls = 0,
  transactions = 0,
}: RosterResult): readonly string[] {
  const { nightCalls, nightTransactions, nightMegabytes } = BARS;
  const megabytes = peakBytes / MB;
  return [
    `intake of a nightly file of ${grouped(people)} people against their roster, in the emulator, refresh left out`,
    `  ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s CPU`,
    `  calls: ${grouped(calls)}; bar ${nightCalls}: ${mark(calls, nightCalls)}`,
    `  storage transactions: ${grouped(transactions)}; bar ${nightTransactions}: ${mark(transactions, nightTransactions)}`,
    `  memory at most: ${grouped(megabytes)} MB; bar ${nightMegabytes}: ${mark(megabytes, nightMegabytes)}`,
  ];
}
