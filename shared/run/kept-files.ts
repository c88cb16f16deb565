// Files of a run as all its attempts use them: written once, and there until the run is deleted.
import { RollcallError } from '../core/errors';
import type { RunKey } from '../core/run-key';
import type { FileOfAttempt, RosterNote, RunFile, RunFiles } from './run-files';
import { isFirstAttempt } from './run-moves';

/** Writes a file, unless another attempt has; resolves to what is in it. */
export async function writeOnce(
  files: Pick<RunFiles, 'writeWhole' | 'readWhole'>,
  run: RunKey,
  file: RunFile,
  content: string | Uint8Array,
): Promise<Buffer> {
  const isOurs = await files.writeWhole(run, file, content, true);
  return (isOurs ? null : await files.readWhole(run, file)) ?? Buffer.from(content);
}

/** A run as an attempt found it, as far as it says whether the attempt is the first. */
export type AttemptedRun = RunKey & Parameters<typeof isFirstAttempt>[0];

/** What the first attempt wrote; `make` is asked for it if no attempt has. The first attempt itself need not look. */
export async function readOrWriteOnce(
  files: Pick<RunFiles, 'writeWhole' | 'readWhole'>,
  run: AttemptedRun,
  file: RunFile,
  make: () => Promise<string | Uint8Array>,
): Promise<Buffer> {
  const kept = isFirstAttempt(run) ? null : await files.readWhole(run, file);
  return kept ?? writeOnce(files, run, file, await make());
}

type PlainFile =
  Exclude<RunFile, RosterNote | FileOfAttempt> | 'rows.jsonl' | 'batches.jsonl' | 'people.idx' | 'findings.json';

/** The files as a fault names them. */
const NAMES: Readonly<Record<PlainFile, string>> = {
  export: 'kept export',
  'source.json': 'copy of the settings',
  'hold.csv': 'copy of the hold list',
  'users.jsonl': 'list of users',
  'rows.jsonl': 'list of rows',
  'batches.jsonl': 'packing',
  'decision.json': 'decision',
  'people.idx': 'people index',
  'findings.json': 'list of findings',
  'header.json': 'header',
  'order.json': 'order',
  'missing.jsonl': 'list of missing people',
};

const isRosterNote = (file: RunFile): file is RosterNote => file.startsWith('roster');

/** Without the name of the attempt. */
const plainOf = (file: Exclude<RunFile, RosterNote>): PlainFile => file.replace(/-\d+-\d+\./, '.') as PlainFile;

/** The fault of a file that has to be there. */
export const fileMissing = (run: RunKey, file: RunFile): RollcallError =>
  new RollcallError(
    'run-file-missing',
    'retry',
    `the ${isRosterNote(file) ? 'note of the roster' : NAMES[plainOf(file)]} of run ${run.run} is missing`,
    { run },
  );

/** What `look` resolves to; null if a file of a run that it needs is gone: retention takes the files of an old run one by one, the first written first. */
export async function unlessGone<T>(look: () => Promise<T>): Promise<T | null> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof RollcallError && error.code === 'run-file-missing') return null;
    throw error;
  }
}

/** The bytes of a file that has to be there. Throws `run-file-missing` (retry) if it is not. */
export async function readRequired(
  files: Pick<RunFiles, 'read'>,
  run: RunKey,
  file: RunFile,
): Promise<AsyncIterable<Uint8Array>> {
  const bytes = await files.read(run, file);
  if (bytes === null) throw fileMissing(run, file);
  return bytes;
}
