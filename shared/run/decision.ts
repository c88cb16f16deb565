// The decision of a run about its candidates for `unchanged` (`decision.json`): made once, after older runs were overtaken (*decideOnce*).
import type { RunKey } from '../core/run-key';
import { writeOnce } from './kept-files';
import type { RunFiles } from './run-files';

/** The rows of candidates that are sent all the same, ascending; every other candidate is `unchanged`. */
interface Decision {
  readonly sent: readonly number[];
}

/** Writes the decision, unless another attempt has made it; resolves to the rows that are sent. */
export async function writeDecision(
  files: Pick<RunFiles, 'writeWhole' | 'readWhole'>,
  run: RunKey,
  sent: readonly number[],
): Promise<ReadonlySet<number>> {
  const decision: Decision = { sent };
  return rowsOf(await writeOnce(files, run, 'decision.json', JSON.stringify(decision)));
}

/** The rows of candidates that are sent; null if nothing was decided: the run has no candidates, or is not that far. */
export async function readDecision(
  files: Pick<RunFiles, 'readWhole'>,
  run: RunKey,
): Promise<ReadonlySet<number> | null> {
  const text = await files.readWhole(run, 'decision.json');
  return text === null ? null : rowsOf(text);
}

const rowsOf = (text: Buffer): ReadonlySet<number> => new Set((JSON.parse(text.toString('utf8')) as Decision).sent);
