// Which batches go next, among those that may: leavers of any run first, then fair between sources, within a source in order.
// Pure: the stories give it the candidates and the room there is.

/** A staged batch that may be released now. */
export interface Candidate {
  readonly source: string;
  readonly run: string;
  readonly batch: string;
  readonly leavers: boolean;
}

/** Takes up to `room` candidates. Sources take turns; a source's own batches go older run first, then in order of their number. */
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
