// Staging: every record of the export becomes a user line or a rejection, in one pass and in flat memory; then the whole-file
// checks amend, and the users are committed once. That commit is the moment at which the file becomes sendable (design §3.4–5).
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
import type { RowCounts } from './stage-export';
import { stageExport } from './stage-export';

/** What was counted while the file was read, and the batches that were packed. */
export interface StagedCounts extends RowCounts {
  batches: number;
}

/** A sign of life is written this often at the most, ms. */
const HEARTBEAT_EVERY_MS = 30_000;

/** Reads, maps and stages; `counts` is filled on the way. Throws `FileHold` when the file is held: then nothing is committed but the rows read. */
export async function stageUsers(
  pipeline: Pipeline,
  run: Run,
  settings: SourceSettings,
  counts: StagedCounts,
): Promise<void> {
  const { files, clock } = pipeline;
  const rows = files.write(run, 'rows.jsonl');
  const users = files.write(run, 'users.jsonl');
  const people = new People(pipeline.hash);
  let beatAt = clock.now();
  try {
    const bytes = await files.read(run, 'export');
    if (bytes === null)
      throw new RollcallError('run-file-missing', 'retry', `the kept export of run ${run.run} is missing`);
    const opened = await openExport(bytes, exportExpectation(settings, fileNameOf(run), run.bytes));
    const afterChunk = async (): Promise<void> => {
      if (clock.now() - beatAt < HEARTBEAT_EVERY_MS) return;
      beatAt = clock.now();
      await changeRun(pipeline.ledger.runs, run, (now) => ({ ...now, heartbeatAt: beatAt }));
    };
    await stageExport({ opened, settings, people, counts, rows, users, afterChunk });
  } finally {
    // A held file too: its report shows how far it was read.
    await rows.commit(false);
  }
  await writePacking(pipeline, run, people, counts);
  // False means that another attempt at this run committed the same users before.
  await users.commit(true);
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
