// Who has no row in a full file (`missing.jsonl`): decided once, when the run settles, so that a repeated step and the report say the same.
// The first line tells the numbers, each other line is one person.
import { stableHash } from '../core/hash';
import type { Message } from '../core/message';
import type { RunKey } from '../core/run-key';
import type { Day } from '../roster/roster-entry';
import { readLines } from '../storage/read-lines';
import type { RunFiles } from './run-files';

/** The numbers. */
export interface MissingCounts {
  /** People without a row whose accounts may be enabled. */
  readonly people: number;
  /** How many of them the file disables, and the run that does it; null if there is nobody. */
  readonly disabled: number;
  readonly run: string | null;
  /** How many of them are listed without an id, because their records, and with them their ids, are deleted. */
  readonly deleted: number;
  /** A row without a usable id may be anybody's: then nobody counts as missing. */
  readonly hasRowWithoutId: boolean;
}

/** A person of the list. */
export interface MissingLine {
  /** Empty if the record, and with it the id, is deleted. */
  readonly id: string;
  readonly since: Day;
  readonly fate: Message;
  /** Where the record of somebody who is disabled is: [run, offset, bytes, hash of the record, hash of the id]. */
  readonly record?: readonly [run: string, offset: number, bytes: number, recordHash: string, idHash: string];
}

/** Writes the list, unless an attempt has. */
export async function writeMissing(
  files: Pick<RunFiles, 'write'>,
  key: RunKey,
  counts: MissingCounts,
  people: readonly MissingLine[],
): Promise<void> {
  const lines = [counts, ...people].map((one) => `${JSON.stringify(one)}\n`);
  // The roster that another attempt saw may have been a newer one.
  const writer = files.write(key, 'missing.jsonl', stableHash(lines));
  for (const line of lines) await writer.append(line);
  await writer.commit(true);
}

/** What was decided. */
export interface MissingList {
  readonly counts: MissingCounts;
  readonly people: AsyncIterable<MissingLine>;
}

/** Opens the list; null if nothing was decided: the file is not full, or not that far. */
export async function openMissing(files: Pick<RunFiles, 'read'>, key: RunKey): Promise<MissingList | null> {
  const bytes = await files.read(key, 'missing.jsonl');
  if (bytes === null) return null;
  const lines = readLines(bytes);
  const first = await lines.next();
  const counts = JSON.parse(first.done === true ? 'null' : first.value) as MissingCounts;
  return { counts, people: parsed(lines) };
}

async function* parsed(lines: AsyncIterable<string>): AsyncGenerator<MissingLine> {
  for await (const line of lines) yield JSON.parse(line) as MissingLine;
}
