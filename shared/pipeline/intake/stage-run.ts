// The first half of intake: settings and export are pinned, the file is read and mapped, and the run is staged, held or refused.
import { FileHold } from '../../core/errors';
import { holdFile } from '../../export/hold-file';
import { epochOf } from '../../roster/epoch';
import { isSameEpoch } from '../../roster/roster-file';
import { changeRun } from '../../run/ledger';
import type { Run, RunReason } from '../../run/run';
import { isOfDates, isOfFile } from '../../run/run';
import { check, hold, NO_COUNTS, refuse, stage } from '../../run/run-moves';
import type { SourceSettings } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';
import { readNoteOfDates } from '../records/note-of-dates';
import type { ClaimJobPorts } from './claim-job';
import { assertGuard } from './ask-guard';
import type { RowsLeft } from './ask-quota';
import { askQuota } from './ask-quota';
import { assertApproval } from './assert-approval';
import { assertJob } from './assert-job';
import { claimJob } from './claim-job';
import type { CommittedExport } from './committed-export';
import { committedExport } from './committed-export';
import type { RunPins } from '../read/run-pins';
import { pinsOf } from '../read/run-pins';
import type { Found, ReadAndCommitPorts } from './read-and-commit';
import { readAndCommit } from './read-and-commit';

export type StageRunPorts = Pick<Pipeline, 'ledger' | 'files' | 'sources' | 'allowsJob' | 'clock' | 'emit' | 'trace'> &
  ClaimJobPorts &
  ReadAndCommitPorts;

/** The run as an attempt left it, and what it has pinned. */
export interface StagedRun {
  readonly run: Run;
  readonly pins: RunPins;
}

/** Resolves to the new state of the run: `staged`, `held` or `refused`; null if another attempt moved it in between. */
export async function stageRun(pipeline: StageRunPorts, received: Run): Promise<StagedRun | null> {
  const { ledger, clock, trace } = pipeline;
  const run = await changeRun(ledger.runs, received, (now) => check(now, clock.now(), trace.current()));
  if (run === null) return null;
  const pins = pinsOf(pipeline, run);
  const ended = await stageChecked(pipeline, run, pins);
  return ended && { run: ended, pins };
}

async function stageChecked(pipeline: StageRunPorts, run: Run, pins: RunPins): Promise<Run | null> {
  const { ledger, files, clock, emit } = pipeline;
  // Rows of an attempt before this one stay those of the run until this one has its own.
  const found: Found = { counts: { ...NO_COUNTS }, readBy: run.readBy };
  // An attempt that began before an approval says nothing about the run that was approved.
  const isOwn = (now: Run): boolean => now.approvals === run.approvals;
  const stageFrom = async ({ readBy, content, sha256, sameAs, ...counts }: CommittedExport): Promise<Run | null> => {
    emit('rollcall.intake.staged', { source: run.source, run: run.run, ...counts });
    const { job } = await pins.settings();
    const staged = { ...counts, readBy, content, sha256, sameAs, job };
    return changeRun(ledger.runs, run, (now) => (isOwn(now) ? stage(now, staged, clock.now()) : null));
  };
  // After the commit no state allows a hold, and what is committed is not read again.
  const ofEarlierAttempt = run.attempts > 1 ? await committedExport(files, run) : null;
  if (ofEarlierAttempt !== null) return stageFrom(ofEarlierAttempt);
  try {
    const settings = await pins.settings();
    assertJob(pipeline, settings.job);
    // The export of a run of records has no original.
    const rowsLeft = isOfFile(run) ? await keepFile(pipeline, run, settings, pins) : WITHOUT_QUOTA;
    if (rowsLeft === null) return await refuseRun(pipeline, run, 'export-replaced');
    if (await isOutdated(pipeline, run, settings)) return await refuseRun(pipeline, run, 'dates-outdated');
    assertGuard(pipeline, settings);
    await claimJob(pipeline, run, settings.job);
    await pins.holdList();
    await assertApproval(pipeline, run, settings);
    if (run.approval !== null)
      emit('rollcall.intake.approved', { source: run.source, run: run.run, approvals: run.approvals });
    return await stageFrom(await readAndCommit(pipeline, run, pins, found, rowsLeft));
  } catch (error) {
    if (!(error instanceof FileHold)) throw error;
    const ofFasterAttempt = await committedExport(files, run);
    if (ofFasterAttempt !== null) return stageFrom(ofFasterAttempt);
    const reason = { code: error.code, values: error.values, line: error.at.line, column: error.at.column };
    const held = await changeRun(ledger.runs, run, (now) =>
      isOwn(now) ? hold(now, reason, { ...found.counts, readBy: found.readBy }, clock.now()) : null,
    );
    if (held !== null) emit('rollcall.intake.held', { source: run.source, run: run.run, code: reason.code });
    return held;
  }
}

const WITHOUT_QUOTA: RowsLeft = () => undefined;

/**
 * Copies the export of a file that may be read: one that may not is not stored twice. Resolves to the rows that are left of the day; null if the
 * version that arrived is gone. Throws `FileHold`.
 */
async function keepFile(
  pipeline: StageRunPorts,
  run: Run,
  settings: SourceSettings,
  pins: RunPins,
): Promise<RowsLeft | null> {
  assertSize(run, settings);
  // A file that is held unread may be approved, and that is for the list of this moment.
  await pins.holdList();
  const rowsLeft = await askQuota(pipeline, run, settings.quota);
  return (await pipeline.files.keepExport(run, run.blobName, run.exportEtag)) ? rowsLeft : null;
}

/** Throws `FileHold` (`file-too-large`) by the size that the container gives; the reader counts again. */
function assertSize({ bytes }: Run, { file: { maxBytes } }: SourceSettings): void {
  if (bytes > maxBytes) throw holdFile('file-too-large', { maxBytes });
}

/** Whose day has come was found by the settings of that moment; if others are pinned, the next tick looks again. */
async function isOutdated({ files }: StageRunPorts, run: Run, settings: SourceSettings): Promise<boolean> {
  return isOfDates(run) && !isSameEpoch((await readNoteOfDates(files, run)).epoch, epochOf(settings));
}

async function refuseRun(
  { ledger, clock, emit }: StageRunPorts,
  run: Run,
  code: 'export-replaced' | 'dates-outdated',
): Promise<Run | null> {
  const reason: RunReason = { code, values: {}, line: null, column: null };
  const refused = await changeRun(ledger.runs, run, (now) => refuse(now, reason, clock.now()));
  if (refused !== null) emit('rollcall.intake.refused', { source: run.source, run: run.run, code });
  return refused;
}
