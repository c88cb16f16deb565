// Staging: every record of the export becomes a user line or a rejection, in one pass and in flat memory; then the whole-file
// checks amend, and the users are committed once. That commit is the moment at which the file becomes sendable (design §3.4–5).
import type { Finding, OpenExport } from '../intake/export-record';
import { MANIFEST_ENDING } from '../intake/export-store';
import { checkManifest } from '../intake/manifest';
import { openExport } from '../intake/open-export';
import { changeRun } from '../run/ledger';
import { People } from '../run/people';
import { encodePeopleIndex } from '../run/people-index';
import type { Run } from '../run/run';
import { fileNameOf } from '../run/run';
import type { SourceSettings } from '../source/source-settings';
import { exportExpectation } from '../source/source-settings';
import { RollcallError } from '../core/errors';
import type { Pipeline } from './deps';
import { findRepeated } from './repeated-export';
import type { RowCounts } from './stage-export';
import { stageExport } from './stage-export';

/** What was counted while the file was read, and the batches that were packed. */
export interface StagedCounts extends RowCounts {
  batches: number;
}

/** What the whole file told about itself; a corrected file that came back is always `changes`. */
export type Staged = Pick<Run, 'content' | 'sha256' | 'sameAs'>;

/** A manifest is a line of JSON; more is none, bytes. */
const MAX_MANIFEST_BYTES = 64 * 1024;
/** A sign of life is written this often at the most, ms. */
const HEARTBEAT_EVERY_MS = 30_000;

/** Findings that are kept for the report; a file with more has one cause for most of them. */
const MAX_FINDINGS = 1_000;

/**
 * Reads, maps and stages; `counts` is filled on the way. Throws `FileHold` when the file is held: then nothing is committed but the rows read.
 */
export async function stageUsers(
  pipeline: Pipeline,
  run: Run,
  settings: SourceSettings,
  counts: StagedCounts,
): Promise<Staged> {
  const { files, clock } = pipeline;
  const rows = files.write(run, 'rows.jsonl');
  const users = files.write(run, 'users.jsonl');
  const people = new People(pipeline.hash);
  const warnings: Finding[] = [];
  let beatAt = clock.now();
  let opened: OpenExport | null = null;
  let isReturned = false;
  let sameAs: string | null = null;
  try {
    const bytes = await files.read(run, 'export');
    if (bytes === null)
      throw new RollcallError('run-file-missing', 'retry', `the kept export of run ${run.run} is missing`);
    opened = await openExport(bytes, exportExpectation(settings, fileNameOf(run), run.bytes));
    const afterChunk = async (found: readonly Finding[]): Promise<void> => {
      warnings.push(...found.slice(0, MAX_FINDINGS - warnings.length));
      if (clock.now() - beatAt < HEARTBEAT_EVERY_MS) return;
      beatAt = clock.now();
      await changeRun(pipeline.ledger.runs, run, (now) => ({ ...now, heartbeatAt: beatAt }));
    };
    ({ isReturned } = await stageExport({ opened, settings, people, counts, rows, users, afterChunk }));
    await holdUnlessAnnounced(pipeline, run, settings, counts.rows, opened.sha256() ?? '');
    sameAs = await findRepeated(pipeline, run, opened.sha256() ?? '');
  } finally {
    // A held file too: its report shows how far it was read, and what was found.
    await rows.commit(false);
    await writeFindings(pipeline, run, [...(opened?.findings ?? []), ...warnings].slice(0, MAX_FINDINGS));
  }
  await writePacking(pipeline, run, people, counts);
  // False means that another attempt at this run committed the same users before.
  await users.commit(true);
  return { content: isReturned ? 'changes' : settings.file.content, sha256: opened.sha256(), sameAs };
}

/** The manifest beside the file, where the source requires one or HR sent one: rows and bytes must be those that it announces. */
async function holdUnlessAnnounced(
  pipeline: Pipeline,
  run: Run,
  settings: SourceSettings,
  rows: number,
  sha256: string,
): Promise<void> {
  const text = await pipeline.exports.readText(`${run.blobName}${MANIFEST_ENDING}`, MAX_MANIFEST_BYTES);
  if (text === null && settings.file.manifest !== 'required') return;
  let manifest: unknown;
  try {
    manifest = text === null ? null : JSON.parse(text);
  } catch {
    // No JSON is no manifest: the check says so in words for HR.
    manifest = text;
  }
  checkManifest(manifest, { rows, sha256 });
}

async function writeFindings(pipeline: Pipeline, run: Run, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  const file = pipeline.files.write(run, 'findings.json');
  await file.append(JSON.stringify(findings));
  await file.commit(false);
}

async function writePacking(pipeline: Pipeline, run: Run, people: People, counts: StagedCounts): Promise<void> {
  const batches = pipeline.files.write(run, 'batches.jsonl');
  for (const batch of people.packed()) {
    counts.batches++;
    await batches.append(`${JSON.stringify(batch)}\n`);
  }
  await batches.commit(false);
  const index = pipeline.files.write(run, 'people.idx');
  await index.append(encodePeopleIndex(people.indexed()));
  await index.commit(false);
}
