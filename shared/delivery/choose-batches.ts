// Chooses which batches go next: leavers of any run first, then fairly between sources, and in order within a source.
// Pure: the stories pass in the candidates and the room there is.

/** A staged batch that may be released now. */
export interface Candidate {
  readonly source: string;
  readonly run: string;
  readonly batch: string;
  readonly leavers: boolean;
}

/** Takes up to `room` candidates. Sources take turns; within a source, older runs go first, then batches by number. */
export function chooseBatches<C extends Candidate>(candidates: readonly C[], room: number): readonly C[] {
  const chosen: C[] = [];
  for (const leavers of [true, false]) {
    const turns = bySource(candidates.filter((one) => one.leavers === leavers));
    while (chosen.length < room && turns.some((turn) => turn.length > 0)) {
      for (const turn of turns) {
        const next = chosen.length < room ? turn.shift() : undefined;
        if (next !== undefined) chosen.push(next);
      }
    }
  }
  return chosen;
}

function bySource<C extends Candidate>(candidates: readonly C[]): C[][] {
  const order = (a: C, b: C): number => (a.run === b.run ? (a.batch < b.batch ? -1 : 1) : a.run < b.run ? -1 : 1);
  const sources = new Map<string, C[]>();
  for (const one of [...candidates].sort(order)) {
    const turn = sources.get(one.source);
    if (turn) turn.push(one);
    else sources.set(one.source, [one]);
  }
  return [...sources.values()];
}
