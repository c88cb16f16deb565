// The staged lines of some rows: byte ranges of the users blob, with neighbouring ranges read together.
import { RollcallError } from '../../core/errors';
import type { ScimUser } from '../../scim/user';
import type { BatchRow } from '../../run/batch';
import type { RunFiles } from '../../run/run-files';
import type { RunKey } from '../../core/run-key';

/** Gaps up to this many bytes are read too, to save a request. Leavers come from all over the file, so ranges may be far apart. */
const MAX_GAP_BYTES = 64 * 1024;

/** As `readUserLines`. Throws `user-line-differs` (retry) if a line is not of the person of its row: then none may be sent. */
export async function readUsers(files: RunFiles, run: RunKey, rows: readonly BatchRow[]): Promise<readonly string[]> {
  const lines = await readUserLines(files, run, rows);
  if (rows.some((row, i) => idOf(lines[i] ?? '') !== row.id)) throw lineDiffers(run);
  return lines;
}

/** The lines in the order of `rows`, as text. */
export async function readUserLines(
  files: RunFiles,
  run: RunKey,
  rows: readonly BatchRow[],
): Promise<readonly string[]> {
  const sorted = [...rows].sort((a, b) => a.offset - b.offset);
  const lines = new Map<number, string>();
  for (let at = 0; at < sorted.length;) {
    const group = neighbours(sorted, at);
    const start = group[0]?.offset ?? 0;
    const end = Math.max(...group.map((row) => row.offset + row.bytes));
    const bytes = await files.readRange(run, 'users.jsonl', start, end - start);
    for (const row of group)
      lines.set(row.row, bytes.toString('utf8', row.offset - start, row.offset - start + row.bytes));
    at += group.length;
  }
  return rows.map((row) => lines.get(row.row) ?? '');
}

/** The id in the line of a user; null if it is none. */
function idOf(line: string): string | null {
  try {
    return (JSON.parse(line) as ScimUser | null)?.externalId ?? null;
  } catch {
    // The words of the parser would repeat what is in the line.
    return null;
  }
}

const lineDiffers = (run: RunKey): RollcallError =>
  new RollcallError('user-line-differs', 'retry', `a line of run ${run.run} is not of the person of its row`, {
    run,
  });

function neighbours(sorted: readonly BatchRow[], from: number): readonly BatchRow[] {
  const group: BatchRow[] = [];
  for (const row of sorted.slice(from)) {
    const last = group.at(-1);
    if (last !== undefined && row.offset - (last.offset + last.bytes) > MAX_GAP_BYTES) break;
    group.push(row);
  }
  return group;
}
