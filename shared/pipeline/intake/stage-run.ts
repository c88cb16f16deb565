// The first half of intake: settings and export are pinned, the file is read, mapped and staged, and the run is staged, held or refused.
import { FileHold } from '../../core/errors';
import { changeRun } from '../../run/ledger';
import type { Run, RunReason, RunState } from '../../run/run';
import { fileNameOf, mayMove } from '../../run/run';
import type { SourceSettings } from '../../source/source-settings';
import { matchesFilePattern, parseSourceSettings } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';
import type { StagedCounts } from './stage-files';
import { stageUsers } from './stage-files';

const noCounts: StagedCounts = { rows: 0, users: 0, rejected: 0, collapsed: 0, batches: 0 };

/** Resolves to the run as it then stands: `staged`, `held` or `refused`; null if another attempt moved it meanwhile. */
export async function checkExport(pipeline: Pipeline, received: Run): Promise<Run | null> {
  const { ledger, files, clock, emit } = pipeline;
  const run = await changeRun(ledger.runs, received, (now) =>
    now.state === 'received' || now.state === 'checking'
      ? { ...now, state: 'checking', heartbeatAt: clock.now() }
      : null,
  );
  if (run === null) return null;
  if (!(await files.keepExport(run, run.blobName, run.exportEtag))) {
    return conclude(
      pipeline,
      run,
      'refused',
      {
        code: 'export-replaced',
        message: 'The file was replaced or deleted before it could be read.',
        line: null,
        column: null,
      },
      noCounts,
    );
  }
  const counts = { ...noCounts };
  try {
    const settings = await pinSettings(pipeline, run);
    const staged = await stageUsers(pipeline, run, settings, counts);
    emit('rollcall.intake.staged', { source: run.source, run: run.run, ...counts });
    return await conclude(pipeline, { ...run, ...staged, job: settings.job }, 'staged', null, counts);
  } catch (error) {
    if (!(error instanceof FileHold)) throw error;
    return conclude(
      pipeline,
      run,
      'held',
      { code: error.code, message: error.message, line: error.at.line, column: error.at.column },
      counts,
    );
  }
}

async function conclude(
  pipeline: Pipeline,
  run: Run,
  state: RunState,
  reason: RunReason | null,
  counts: StagedCounts,
): Promise<Run | null> {
  const { ledger, clock, emit } = pipeline;
  const { job, content, sha256, sameAs } = run;
  const moved = await changeRun(ledger.runs, run, (now) =>
    mayMove(now.state, state)
      ? { ...now, state, reason, ...counts, job, content, sha256, sameAs, heartbeatAt: clock.now() }
      : null,
  );
  if (moved !== null && reason !== null)
    emit(state === 'held' ? 'rollcall.intake.held' : 'rollcall.intake.refused', {
      source: run.source,
      run: run.run,
      code: reason.code,
    });
  return moved;
}

/** The settings with which every attempt at this run works: those of its first attempt. Throws `FileHold` if there are none that can be used. */
async function pinSettings(pipeline: Pipeline, run: Run): Promise<SourceSettings> {
  const { files, sources } = pipeline;
  let text = (await files.readWhole(run, 'source.json'))?.toString('utf8') ?? null;
  if (text === null) {
    const current = await sources.read(run.source);
    if (current === null) {
      throw new FileHold(
        'source-unknown',
        `There are no settings for the folder "${run.source}". Nothing was sent. Was the file put into the right folder?`,
      );
    }
    const writer = files.write(run, 'source.json');
    await writer.append(current);
    // Two attempts at once: the settings of the faster one count for both.
    text = (await writer.commit(true))
      ? current
      : ((await files.readWhole(run, 'source.json'))?.toString('utf8') ?? current);
  }
  const parsed = parseSourceSettings(text, run.source);
  if (!parsed.ok) {
    const list = parsed.problems.map((problem) => `${problem.path}: ${problem.message}`).join(' ');
    throw new FileHold(
      'source-invalid',
      `The settings of "${run.source}" have ${parsed.problems.length} mistake(s), so nothing was read or sent. ${list}`,
    );
  }
  if (!matchesFilePattern(parsed.settings, fileNameOf(run))) {
    throw new FileHold(
      'file-not-expected',
      `Files of "${run.source}" are named like ${parsed.settings.file.pattern}; "${fileNameOf(run)}" is not. Nothing was read or sent.`,
    );
  }
  return parsed.settings;
}
