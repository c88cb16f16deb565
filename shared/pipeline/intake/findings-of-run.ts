// What intake found in a file that is worth reporting, kept for the report.
import { compareHeaders } from '../../export/csv/compare-headers';
import type { Finding } from '../../export/export-record';
import type { Run } from '../../run/run';
import type { AttemptName } from '../../run/run-files';
import { ofAttempt } from '../../run/run-files';
import type { Pipeline } from '../pipeline';
import type { EarlierFiles } from './earlier-files';

/** Findings kept for the report; a file with more has one cause for most of them. */
export const MAX_FINDINGS = 1_000;

/** What changed in the header since the last file of the source; this file's header is kept for the next. */
export async function headerChanges(
  pipeline: Pick<Pipeline, 'files'>,
  run: Run,
  header: readonly string[] | null,
  earlier: EarlierFiles,
): Promise<readonly Finding[]> {
  if (header === null) return [];
  await pipeline.files.writeWhole(run, 'header.json', JSON.stringify(header), false);
  const last = (await earlier()).at(-1);
  const before = last === undefined ? null : await pipeline.files.readWhole(last, 'header.json');
  return before === null ? [] : compareHeaders(JSON.parse(before.toString('utf8')) as readonly string[], header);
}

/** Keeps the findings of an attempt at a run, if there are any. */
export async function writeFindings(
  pipeline: Pick<Pipeline, 'files'>,
  run: Run,
  readBy: AttemptName,
  findings: readonly Finding[],
): Promise<void> {
  if (findings.length === 0) return;
  await pipeline.files.writeWhole(run, ofAttempt({ readBy }, 'findings.json'), JSON.stringify(findings), false);
}
