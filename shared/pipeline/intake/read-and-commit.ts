// Staging, the part that writes the files of the run: every record becomes a user line or a rejection, in one pass and in flat memory; then
// the whole-file checks amend, and the users are committed once. That commit makes the file sendable (docs/design.md §3.4–5). All other files are
// the attempt's own: another one that is at work, or comes later, cannot change what the committed users belong to (docs/design.md §3.5).
import { FileHold } from '../../core/errors';
import type { Finding, OpenExport } from '../../export/export-record';
import { openExport } from '../../export/open-export';
import { People } from '../../people/people';
import { encodePeopleIndex } from '../../people/people-index';
import { readRequired } from '../../run/kept-files';
import type { AttemptName, Candidate } from '../../run/run-files';
import { blocksOfUsers, ofAttempt } from '../../run/run-files';
import { attemptOf } from '../../run/run-moves';
import type { RowCounts } from '../../run/row-counts';
import type { Run } from '../../run/run';
import { fileNameOf, isOfDates, isOfFile } from '../../run/run';
import { exportExpectation } from '../../source/source-settings';
import type { BlockWriter } from '../../storage/block-writer';
import type { Pipeline } from '../pipeline';
import { headerChanges, MAX_FINDINGS, writeFindings } from './findings-of-run';
import { startHeartbeat } from './heartbeat';
import { holdUnlessAnnounced } from './manifest-of-export';
import { askGuard } from './ask-guard';
import type { RowsLeft } from './ask-quota';
import { oldRecords } from '../records/old-records';
import { FileChanges } from '../read/file-changes';
import { findingsOfSetAside } from '../read/people-set-aside';
import { readKnownPeople } from '../read/known-people';
import { loadPinned } from '../read/pin-roster';
import type { RunPins } from '../read/run-pins';
import type { CommittedExport } from './committed-export';
import { commitUsers } from './committed-export';
import { earlierFiles } from './earlier-files';
import { findRepeated } from './repeated-export';
import { managersOf } from '../read/managers-of-file';
import { mapRows } from '../read/map-rows';
import { stageRecords } from './stage-records';

export type ReadAndCommitPorts = Pick<
  Pipeline,
  'ledger' | 'files' | 'exports' | 'indexes' | 'rosters' | 'clock' | 'delays' | 'hash' | 'isLoopback'
>;

/** What was counted while the file was read, and the batches that were packed. */
export interface StagedCounts extends RowCounts {
  batches: number;
}

/** What an attempt has found so far, and whose rows are there: those of this attempt once it has committed them. */
export interface Found {
  readonly counts: StagedCounts;
  readBy: AttemptName;
}

/** A file that was read to its end, its users staged and not yet committed. */
interface ReadExport extends Pick<CommittedExport, 'content' | 'sha256' | 'sameAs'> {
  readonly people: People<Candidate>;
}

/**
 * Reads, maps and stages; fills `found`. A corrected file that came back, or a run of records, is always `changes`. Throws `FileHold` if the file is
 * held: then only the rows read so far are committed. After any other error nothing is.
 */
export async function readAndCommit(
  pipeline: ReadAndCommitPorts,
  run: Run,
  pins: RunPins,
  found: Found,
  rowsLeft: RowsLeft,
): Promise<CommittedExport> {
  const { counts } = found;
  const users = pipeline.files.write(run, 'users.jsonl', blocksOfUsers(run));
  // A call of its own, so that the roster, tens of MB, is gone before the batches are packed.
  const { people, ...file } = await readExport(pipeline, run, pins, found, rowsLeft, users);
  const readBy = attemptOf(run);
  await writePacking(pipeline, run, readBy, people, counts);
  return commitUsers(pipeline.files, run, users, { ...counts, readBy, ...file });
}

async function readExport(
  pipeline: ReadAndCommitPorts,
  run: Run,
  pins: RunPins,
  found: Found,
  rowsLeft: RowsLeft,
  users: BlockWriter,
): Promise<ReadExport> {
  const { files } = pipeline;
  const { counts } = found;
  const readBy = attemptOf(run);
  const rows = files.write(run, ofAttempt({ readBy }, 'rows.jsonl'));
  const settings = await pins.settings();
  const { pin, day, at, previous } = await pins.roster();
  const roster = await loadPinned(pipeline, run.source, pin);
  const beat = startHeartbeat(pipeline, run);
  const known = await readKnownPeople(pipeline, run.source, roster, previous, beat);
  const changes = new FileChanges({ ...known, hash: pipeline.hash, run, day, settings });
  const people = new People(pipeline.hash, isOfFile(run) ? changes.lookUp : sendAll(changes.lookUp));
  const warnings: Finding[] = [];
  const earlier = earlierFiles(pipeline, run);
  let opened: OpenExport | null = null;
  let content: Run['content'] = 'changes';
  let sameAs: string | null = null;
  const commitRows = async (): Promise<void> => {
    await rows.commit(false);
    found.readBy = readBy;
    const changed = opened === null ? [] : await headerChanges(pipeline, run, opened.shape.header, earlier);
    const findings = [...(opened?.findings ?? []), ...changed, ...warnings];
    await writeFindings(pipeline, run, readBy, findings.slice(0, MAX_FINDINGS));
  };
  try {
    const open = async () =>
      openExport(await readRequired(files, run, 'export'), exportExpectation(settings, fileNameOf(run), run.bytes));
    const afterChunk = async (more: readonly Finding[]): Promise<void> => {
      warnings.push(...more.slice(0, MAX_FINDINGS - warnings.length));
      rowsLeft(counts.rows);
      await beat();
    };
    const afterFirst = (rowsRead: number): Promise<void> => {
      rowsLeft(rowsRead);
      return beat();
    };
    const isKnown = (idHash: bigint): boolean => known.expected?.find(idHash) != null;
    const staging = { settings, people, counts, rows, users, afterChunk };
    if (isOfFile(run)) {
      const managers = await managersOf({ settings, hash: pipeline.hash, open, isKnown, afterChunk: afterFirst });
      opened = await open();
      const confirmed = { ...known, hash: pipeline.hash, oldRecords: oldRecords(pipeline, run.source) };
      const { isReturned, findings } = await mapRows({ ...staging, opened, managers, confirmed, asOf: { at } });
      warnings.unshift(...findings);
      await holdUnlessAnnounced(pipeline, run, settings, counts.rows, opened.sha256() ?? '');
      sameAs = await findRepeated(pipeline, await earlier(), opened.sha256() ?? '');
      if (!isReturned) content = settings.file.content;
    } else await stageRecords(staging, await readRequired(files, run, 'export'), isOfDates(run));
    const numbers = changes.counts(people, { content, counts, lastRows: known.lastRows });
    // Now, because the whole file is known and nothing is committed: after the commit no state allows a hold.
    warnings.unshift(...askGuard(pipeline, run, settings, numbers), ...findingsOfSetAside(changes, people, counts));
  } catch (error) {
    // The report of a held file shows how far it was read, and what was found.
    if (error instanceof FileHold) await commitRows();
    throw error;
  }
  await commitRows();
  return { people, content, sha256: opened?.sha256() ?? null, sameAs };
}

/** The people of a run of records were chosen to be sent: nobody rests. They are looked up for the guard. */
const sendAll =
  (lookUp: FileChanges['lookUp']): FileChanges['lookUp'] =>
  (person) => {
    const { wasActive, isDelivered } = lookUp(person);
    return { candidate: null, isAgain: false, wasActive, isDelivered };
  };

async function writePacking(
  pipeline: Pick<Pipeline, 'files'>,
  run: Run,
  readBy: AttemptName,
  people: People<unknown>,
  counts: StagedCounts,
): Promise<void> {
  const batches = pipeline.files.write(run, ofAttempt({ readBy }, 'batches.jsonl'));
  for (const batch of people.packed()) {
    if (!batch.candidates) counts.batches++;
    await batches.append(`${JSON.stringify(batch)}\n`);
  }
  await batches.commit(false);
  await pipeline.files.writeWhole(run, ofAttempt({ readBy }, 'people.idx'), encodePeopleIndex(people.indexed()), false);
}
