// The same content dropped again. If it equals the source's newest file, only people who are neither confirmed nor on their way are sent.
// If it equals an older file whose people a newer one has carried since, it is held: it would put older values over newer ones.
import { quote } from '../../core/message';
import { holdRun } from '../../run/hold-run';
import { unlessGone } from '../../run/kept-files';
import type { Run } from '../../run/run';
import { fileNameOf } from '../../run/run';
import type { Pipeline } from '../pipeline';

/** The run that a file with these bytes repeats, or null. `earlier`: as `EarlierFiles`, now that its end is known. Throws `FileHold` for an older file that was overtaken. */
export async function findRepeated(
  pipeline: Pick<Pipeline, 'indexes'>,
  earlier: readonly Run[],
  sha256: string,
): Promise<string | null> {
  const newest = earlier.at(-1);
  if (newest?.sha256 === sha256) return newest.run;
  const equal = earlier.findLast((one) => one.sha256 === sha256);
  if (equal === undefined) return null;
  const newer = earlier.filter((one) => one.run > equal.run);
  const overtaker = await findOvertaker(pipeline, equal, newer);
  if (overtaker === null) return null;
  throw holdRun('older-file-again', {
    name: quote(fileNameOf(equal)),
    arrivedAt: equal.arrivedAt,
    newerName: quote(fileNameOf(overtaker.run)),
    newerArrivedAt: overtaker.run.arrivedAt,
    inDoubt: overtaker.inDoubt,
  });
}

/** A newer run that carries somebody from the older one, or may: who was in a file is not known once retention has taken its people index. */
async function findOvertaker(
  pipeline: Pick<Pipeline, 'indexes'>,
  older: Run,
  newer: readonly Run[],
): Promise<{ readonly run: Run; readonly inDoubt: boolean } | null> {
  const people = (run: Run) => unlessGone(() => pipeline.indexes.of(run));
  for (const one of newer) {
    if (one.content === 'full') return { run: one, inDoubt: false };
    const [theirs, ours] = [await people(one), await people(older)];
    if (theirs === null || ours === null) return { run: one, inDoubt: true };
    if (theirs.sharesSomebodyWith(ours)) return { run: one, inDoubt: false };
  }
  return null;
}
