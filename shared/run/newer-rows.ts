// Rows of a person in newer files that are not sent, because they were rejected or set aside: such a row may say the opposite of an older one that was
// not sent in its time, so neither goes. All other rows are carried by their run, and overtake.
import { foldId } from '../columns/id';
import type { Ledger } from './ledger';
import { newestFirst } from './other-runs';
import { readRecordLines } from './row-lines';
import type { Run } from './run';
import { isLive, LIVE_STATES } from './run';
import type { RunFiles } from './run-files';
import { ofAttempt } from './run-files';

/**
 * The people, by folded id, whom a newer file with such rows names. A `full` file answers for everything before it. Reads the rows of such
 * files: ask only for a run whose rows were kept back, by the hold list or until an approval.
 */
export async function namedInNewerFiles(
  { ledger, files }: { readonly ledger: Pick<Ledger, 'runs'>; readonly files: Pick<RunFiles, 'read'> },
  run: Run,
  isWanted: (foldedId: string) => boolean,
): Promise<ReadonlySet<string>> {
  const named = new Set<string>();
  const newer = await ledger.runs.ofSource(run.source, LIVE_STATES, { after: run.run });
  for (const one of newestFirst(newer.map(({ value }) => value).filter(isLive))) {
    const lines = one.rejected + one.skipped > 0 ? await files.read(one, ofAttempt(one, 'rows.jsonl')) : null;
    if (lines !== null)
      for await (const { id } of readRecordLines(lines)) if (id !== null && isWanted(foldId(id))) named.add(foldId(id));
    if (one.content === 'full') break;
  }
  return named;
}
