// Merging what a run says of days to come into the dates of its source. The newest row of a person decides, whatever became of it; what a run of
// dates has confirmed is done. Nothing depends on the order in which runs settle, as long as `said` leaves out whom a newer run carries.
import { after, withoutEnabling, type DatedPerson } from './dated-person';

/** What a file of HR's says. */
export interface DatesOfFile {
  readonly kind: 'file';
  readonly run: string;
  /** True of everybody with a row in it, of any kind. */
  readonly hasRow: (idHash: bigint) => boolean;
  /** Of a full file: whether each of its rows has an id; null for a file of changes. */
  readonly full: 'complete' | 'doubtful' | null;
  /** The people of its rows with days to come, as of now: without those whom a newer run carries. */
  readonly said: () => AsyncIterable<DatedPerson>;
}

/** What a run of dates has done. */
export interface DatesDone {
  readonly kind: 'dates';
  readonly run: string;
  /** True of everybody of whom Entra is confirmed to hold what the run sent. */
  readonly isConfirmed: (idHash: bigint) => boolean;
  /** The moment of the tick that made it: it sent what held then, ms. */
  readonly madeAt: number;
}

export type DatesOfRun = DatesOfFile | DatesDone;

/** The dates after a run, from those before it. */
export async function* mergeDates(old: AsyncIterable<DatedPerson>, run: DatesOfRun): AsyncGenerator<DatedPerson> {
  const stays = new Set<bigint>();
  for await (const one of old) {
    const left = run.kind === 'file' ? afterFile(one, run) : afterDone(one, run);
    if (left === null) continue;
    // Said by a newer file, or by this one when it settled before.
    if (run.kind === 'file' && one.run >= run.run) stays.add(one.idHash);
    yield left;
  }
  if (run.kind === 'dates') return;
  for await (const one of run.said()) if (!stays.has(one.idHash)) yield one;
}

function afterFile(one: DatedPerson, { run, hasRow, full }: DatesOfFile): DatedPerson | null {
  if (one.run >= run) return one;
  if (hasRow(one.idHash)) return null;
  if (full === null) return one;
  // A row without an id may be this person's, and say anything.
  return full === 'doubtful' ? null : withoutEnabling(one);
}

const afterDone = (one: DatedPerson, { run, isConfirmed, madeAt }: DatesDone): DatedPerson | null =>
  one.run < run && isConfirmed(one.idHash) ? after(one, madeAt) : one;
