// Which attempt at a run has committed its users (docs/design.md §3.5). The note of `users.jsonl` says so, and is written with them: whatever another attempt
// has seen meanwhile, the run is staged from the files of this one.
//
//   none ──commit──► ours, or of another attempt since the last approval ──► the run is staged from it
//   of an attempt before the last approval ──replace──► ours: that run was held before it could be staged
import { RollcallError } from '../../core/errors';
import type { BlockWriter } from '../../storage/block-writer';
import type { Run } from '../../run/run';
import type { RunFiles } from '../../run/run-files';
import type { StagedExport } from '../../run/run-moves';

/** What an attempt read, counted and committed. */
export type CommittedExport = Omit<StagedExport, 'job'>;

interface CommitNote {
  readonly approvals: number;
  readonly committed: CommittedExport;
}

/** What an attempt since the last approval of the run has committed; null if none has. */
export async function committedExport(files: Pick<RunFiles, 'readNote'>, run: Run): Promise<CommittedExport | null> {
  const kept = await readCommit(files, run);
  return kept?.approvals === run.approvals ? kept.committed : null;
}

/**
 * Commits the users of an attempt, whose other files must be there. Resolves to what is committed now, by this attempt or a faster one. Rejects with
 * `ledger-contended` (retry) if a version before the last approval could not be replaced.
 */
export async function commitUsers(
  files: Pick<RunFiles, 'readNote'>,
  run: Run,
  users: BlockWriter,
  ours: CommittedExport,
): Promise<CommittedExport> {
  const note: CommitNote = { approvals: run.approvals, committed: ours };
  const text = JSON.stringify(note);
  if (await users.commit(true, text)) return ours;
  const kept = await readCommit(files, run);
  if (kept !== null && kept.approvals >= run.approvals) return kept.committed;
  if (kept !== null && (await users.replace(kept.etag, text))) return ours;
  throw new RollcallError('ledger-contended', 'retry', 'the users of a run were committed by another attempt at once');
}

async function readCommit(
  files: Pick<RunFiles, 'readNote'>,
  run: Run,
): Promise<(CommitNote & { readonly etag: string }) | null> {
  const kept = await files.readNote(run, 'users.jsonl');
  return kept && { ...(JSON.parse(kept.note) as CommitNote), etag: kept.etag };
}
