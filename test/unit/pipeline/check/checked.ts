// A check as a test tells it: the content of a file goes through the whole check, into sinks in memory.
import { loadHash64 } from '../../../../shared/core/hash';
import type { CheckedFile } from '../../../../shared/pipeline/check/check-file';
import { checkFile } from '../../../../shared/pipeline/check/check-file';
import type { CheckTexts } from '../../../../shared/pipeline/check/findings';
import type { RowCounts } from '../../../../shared/run/row-counts';
import { parseSourceSettings } from '../../../../shared/source/source-settings';
import { settingsOf, SOURCE } from '../contoso';

/** What a test says besides the content. */
export interface ToldCheck {
  readonly name?: string;
  /** The length that the file has; that of its content unless it was cut. */
  readonly bytes?: number;
  readonly manifest?: unknown;
  /** The day on which it is looked at, yyyy-MM-dd. */
  readonly date?: string;
  /** The text of the hold list beside the settings; it is 21 November 2026. */
  readonly holdList?: string;
  /** The `file` of the settings, and everything else in them. */
  readonly file?: object;
  readonly settings?: object;
}

/** The result, what the sinks took, and how the check told its progress. */
export interface Checked {
  readonly checked: CheckedFile;
  readonly texts: CheckTexts;
  readonly progress: readonly RowCounts[];
  /** How often a sink was written. */
  readonly writes: { readonly rows: number; readonly users: number; readonly warnings: number };
  /** How often a text was read. */
  readonly reads: { rows: number; users: number; warnings: number };
  /** The bytes of a range of the users. */
  readonly readUser: (offset: number, bytes: number) => Promise<string>;
}

async function* bytesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield content;
}

/** Takes copies: the caller writes over the bytes. */
function createSink() {
  const parts: Buffer[] = [];
  return {
    parts,
    append: (lines: string | Uint8Array): Promise<void> => {
      parts.push(Buffer.from(lines));
      return Promise.resolve();
    },
  };
}

/** Checks a file; `content` may be a stream that fails. */
export async function check(content: string | AsyncIterable<Uint8Array>, told: ToldCheck = {}): Promise<Checked> {
  const parsed = parseSourceSettings(JSON.stringify(settingsOf(told.file, told.settings)), SOURCE);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const [rows, users, warnings] = [createSink(), createSink(), createSink()];
  const progress: RowCounts[] = [];
  const bytes = typeof content === 'string' ? Buffer.from(content) : null;
  const checked = await checkFile(
    await loadHash64(),
    parsed.settings,
    {
      name: told.name ?? 'people.csv',
      bytes: told.bytes ?? bytes?.length ?? 0,
      at: Date.UTC(2026, 10, 21),
      read: () => (typeof content === 'string' ? bytesOf(Buffer.from(content)) : content),
      manifest: told.manifest,
      ...(told.date !== undefined && { date: told.date }),
      ...(told.holdList !== undefined && {
        holdList: { content: Buffer.from(told.holdList), at: Date.UTC(2026, 10, 21) },
      }),
    },
    { rows, users, warnings, progress: (counts) => progress.push({ ...counts }) },
  );
  const reads = { rows: 0, users: 0, warnings: 0 };
  const reader =
    (name: keyof typeof reads, { parts }: { readonly parts: readonly Buffer[] }) =>
    () => {
      reads[name]++;
      return bytesOf(Buffer.concat(parts));
    };
  return {
    checked,
    texts: { rows: reader('rows', rows), users: reader('users', users), warnings: reader('warnings', warnings) },
    progress,
    writes: { rows: rows.parts.length, users: users.parts.length, warnings: warnings.parts.length },
    reads,
    readUser: (offset, length) => Promise.resolve(Buffer.concat(users.parts).toString('utf8', offset, offset + length)),
  };
}

/** Everything that a generator yields. */
export async function listOf<T>(all: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const one of all) list.push(one);
  return list;
}
