// `<file>.missing.csv`: who has no row in a full file, since when, and what becomes of them. They have no row, so they are in no verdict.
import { sentenceOf } from '../../messages/catalogue';
import { BOM, csvText } from '../../report/csv-text';
import { dateOf } from '../../roster/roster-entry';
import type { MissingCounts, MissingLine } from '../../run/missing-people';
import { openMissing } from '../../run/missing-people';
import type { Run } from '../../run/run';
import { reportNameOf } from '../../run/run';
import type { Pipeline } from '../pipeline';

/** People that are turned into text at once. */
const PEOPLE_AT_ONCE = 500;

/** Writes the list if there is somebody on it; resolves to its numbers, null if nothing was decided about missing people. */
export async function reportMissing(
  { files, reports }: Pick<Pipeline, 'files' | 'reports'>,
  run: Run,
): Promise<MissingCounts | null> {
  if (run.content !== 'full') return null;
  const list = await openMissing(files, run);
  if (list === null || list.counts.people === 0) return list?.counts ?? null;
  const report = reports.write(run, `${reportNameOf(run)}.missing.csv`);
  await report.append(BOM + csvText([['id', 'missing_since', 'code', 'sentence']], ','));
  let waiting: MissingLine[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await report.append(csvText(waiting.map(cellsOf), ','));
    waiting = [];
  };
  for await (const person of list.people) {
    waiting.push(person);
    if (waiting.length >= PEOPLE_AT_ONCE) await flush();
  }
  await flush();
  await report.commit();
  return list.counts;
}

const cellsOf = ({ id, since, fate }: MissingLine): readonly string[] => [
  id,
  dateOf(since),
  fate.code,
  sentenceOf(fate),
];
