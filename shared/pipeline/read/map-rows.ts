// Mapping the rows, the part of staging that needs no storage: every record of an open export becomes a user line or a rejection, then the
// whole-file checks amend. Intake and `rollcall check` share it, so that a check on a laptop says what intake will say.
import type { ValuesOf } from '../../core/codes';
import type { Finding, OpenExport } from '../../export/export-record';
import type { AsOf } from '../../mapping/as-of';
import type { LeftOut, MappedRecord } from '../../mapping/mapped-record';
import { compileMapping } from '../../mapping/compile-mapping';
import type { Added, Amendment, Dropped, Duplicate, People } from '../../people/people';
import type { RowCounts } from '../../run/row-counts';
import type { runCodes } from '../../run/run-codes';
import { otherRowCounts } from '../../verdict/give-verdict';
import type { AmendmentLine, Candidate, RowTrouble } from '../../run/run-files';
import type { SourceSettings } from '../../source/source-settings';
import type { ConfirmedRecords } from './complete-records';
import { RecordCompleter } from './complete-records';
import { LostValues } from './lost-values';
import type { ManagersOfFile } from './managers-of-file';
import { limitRepeated } from './repeated-rows';
import { toldLeftOut } from './told-left-out';
import { checkReturnedRows } from './returned-rows';
import { idColumnOf } from '../../source/settings-schema';

/** Takes lines of text, as UTF-8 if bytes; resolves when there is room for more. After that the caller overwrites the bytes. */
export interface LineSink {
  append(lines: string | Uint8Array): Promise<void>;
}

/** Where mapped rows go. `people` and `counts` are filled on the way. */
export interface RowStaging {
  readonly settings: SourceSettings;
  readonly people: People<Candidate>;
  /** Counted while reading, so that a damaged file still shows how far it was read. */
  readonly counts: RowCounts;
  /** Takes one `RowLine` per record, then the amendments, ascending. */
  readonly rows: LineSink;
  /** Takes one user per line, of rows that may be sent; `people` has the byte ranges. */
  readonly users: LineSink;
  /** Told of each row that is not sent because of another one: at once, or at the end if the other one comes later. */
  readonly dropped?: (row: number, why: Dropped) => void;
  /** Told of the users of the file, for their managers. */
  readonly managers?: ManagersOfFile;
  /** Told of each row that goes, or shares the fate of one, although values of its own cannot be read; not of people who are skipped. */
  readonly incomplete?: (line: number, leftOut: readonly LeftOut[]) => void;
  /** After each chunk of records and of amendments, with the warnings about its users. */
  readonly afterChunk: (warnings: readonly Finding[]) => Promise<void>;
}

/** What is mapped, and where it goes. */
export interface RowMapping extends RowStaging {
  readonly opened: OpenExport;
  /** The moment by which the days of a row are judged. */
  readonly asOf: AsOf;
  /** What Entra is known to hold, for values of inactive people that cannot be read; null for a check, which knows nothing. */
  readonly confirmed: ConfirmedRecords | null;
}

/** What is known of a file after its last row. */
export interface MappedRows {
  readonly isReturned: boolean;
  readonly findings: readonly Finding[];
}

/**
 * Reads to the end. `isReturned`: the file is a to-correct file of ours that came back, so it says nothing about people who are not in it.
 * `findings`: what the mapping found about the file, and what its inactive people go without.
 * Throws `FileHold` if the file is held: then the counts say how far it was read.
 */
export async function mapRows(staging: RowMapping): Promise<MappedRows> {
  const { opened, settings, asOf, managers } = staging;
  const mapper = compileMapping(settings, asOf).bind(opened.shape, undefined, managers?.findPerson);
  const completer = new RecordCompleter(settings, staging.confirmed);
  const lost = new LostValues(staging.confirmed !== null);
  const incomplete: RowStaging['incomplete'] = (line, leftOut) => {
    lost.add(line, leftOut);
    staging.incomplete?.(line, leftOut);
  };
  let isReturned = false;
  try {
    await stageRows({ ...staging, incomplete }, completer.complete(mapChunks()));
  } finally {
    mapper.end();
  }
  managers?.assertRead();
  const ofManagers = managers?.findings(staging.people, isReturned) ?? [];
  return { isReturned, findings: [...mapper.findings(), ...ofManagers, ...lost.findings()] };

  async function* mapChunks(): AsyncGenerator<readonly MappedRecord[]> {
    for await (const records of opened.records) {
      const mapped = await mapper.map(records);
      isReturned = checkReturnedRows(opened.shape, records, mapped) || isReturned;
      yield mapped;
    }
  }
}

/** Stages mapped rows, chunk by chunk, to the end. */
export async function stageRows(staging: RowStaging, chunks: AsyncIterable<readonly MappedRecord[]>): Promise<void> {
  const lines = { users: new LineBuffer(), rows: new LineBuffer() };
  const columns = columnsOfDuplicates(staging.settings);
  let offset = 0;
  for await (const mapped of chunks) {
    gatherLines(staging, columns, mapped, lines, offset);
    offset += lines.users.length;
    for (const name of ['users', 'rows'] as const) {
      await staging[name].append(lines[name].bytes());
      lines[name].clear();
    }
    await staging.afterChunk(mapped.flatMap((record) => (record.kind === 'user' ? record.warnings : [])));
  }
  await amend(staging, columns, lines.rows);
}

interface ChunkLines {
  readonly users: LineBuffer;
  readonly rows: LineBuffer;
}

/** Adds the lines of a chunk whose first user begins at byte `begin` of all users. */
function gatherLines(
  staging: RowStaging,
  columns: ColumnsOfDuplicates,
  mapped: readonly MappedRecord[],
  lines: ChunkLines,
  begin: number,
): void {
  const { people, counts } = staging;
  for (const record of mapped) {
    counts.rows++;
    if (record.kind === 'rejected') {
      counts.rejected++;
      const { row, line, id } = record;
      people.addRejected(record);
      const { code, values, at } = record.rejection;
      lines.rows.append(rowText({ row, line, id, rejected: { code, values, column: at.column } }));
      continue;
    }
    if (record.kind === 'unsent') {
      const { row, line, id, unsent } = record;
      counts[unsent.verdict]++;
      people.addUnsent(id);
      lines.rows.append(rowText({ row, line, id, unsent }));
      continue;
    }
    const { row, line, externalId: id, userName, active, rank, leftAt, goesOn = null } = record;
    staging.managers?.note(record.user, line, people);
    const before = lines.users.length;
    const offset = begin + before;
    const text = lines.users.append(JSON.stringify(record.user));
    const staged = { row, line, externalId: id, userName, active, rank, leftAt, goesOn, offset, bytes: text.length };
    const added = people.add(staged, text, record.user);
    const leftOut = record.leftOut === undefined ? NOTHING_LEFT_OUT : { leftOut: toldLeftOut(record.leftOut) };
    if (record.leftOut !== undefined && isTold(added)) staging.incomplete?.(line, record.leftOut);
    if (added.kind === 'kept') {
      counts.users++;
      const { candidate, wasActive } = added;
      const isStillActive = active && candidate !== 'confirmed' && wasActive;
      lines.rows.append(
        rowText({
          ...{ row, line, id, user: [offset, text.length] },
          ...(candidate !== null && { candidate }),
          ...(record.switches !== undefined && { switches: record.switches }),
          ...(isStillActive && { wasActive: true }),
          ...leftOut,
        }),
      );
      continue;
    }
    lines.users.cutTo(before);
    staging.dropped?.(row, added);
    if (added.kind === 'collapsed') {
      counts.collapsed++;
      limitRepeated(counts, line);
      lines.rows.append(rowText({ row, line, id, into: added.into, ...leftOut }));
    } else {
      counts.rejected++;
      lines.rows.append(rowText({ row, line, id, rejected: troubleOf(added, columns) }));
    }
  }
}

const NOTHING_LEFT_OUT = {};

const isTold = (added: Added<Candidate>): boolean =>
  added.kind === 'collapsed' || (added.kind === 'kept' && added.candidate !== 'unknown-inactive');

const rowText = (line: AmendmentLine): string => JSON.stringify(line);

/** Bytes of amendments that are written at once. */
const AMENDED_BYTES = 64 * 1024;

/** Writes, ascending, what is known only at the end of the file; each amended row was counted as a user before. Throws `FileHold` (`rows-repeated`). */
async function amend(staging: RowStaging, columns: ColumnsOfDuplicates, lines: LineBuffer): Promise<void> {
  const { people, counts } = staging;
  const flush = async (): Promise<void> => {
    await staging.rows.append(lines.bytes());
    lines.clear();
    await staging.afterChunk([]);
  };
  for (const one of people.amendments()) {
    if (one.kind !== 'name-held') staging.dropped?.(one.row, one);
    recount(counts, one);
    lines.append(rowText(amendmentLine(one, columns)));
    if (lines.length >= AMENDED_BYTES) await flush();
  }
  if (lines.length > 0) await flush();
}

function recount(counts: RowCounts, { kind, line }: Amendment): void {
  // Both are users for whom there is a record.
  if (kind === 'name-held' || kind === 'skipped') return;
  counts.users--;
  if (kind === 'superseded') counts.superseded++;
  else if (kind === 'collapsed') {
    counts.collapsed++;
    limitRepeated(counts, line);
  } else counts.rejected++;
}

function amendmentLine(one: Amendment, columns: ColumnsOfDuplicates): AmendmentLine {
  const { row, line, id } = one;
  switch (one.kind) {
    case 'collapsed':
      return { row, line, id, into: one.into };
    case 'superseded':
      return { row, line, id, unsent: otherRowCounts(one.otherLine) };
    case 'skipped':
      return { row, line, id, rests: 'unknown-inactive' };
    case 'name-held':
      return { row, line, id, nameHeldBy: one.holder };
    case 'duplicate-id':
    case 'duplicate-user-name':
      return { row, line, id: null, rejected: troubleOf(one, columns) };
  }
}

type ColumnsOfDuplicates = Readonly<Record<Duplicate['kind'], string | null>>;

function columnsOfDuplicates(settings: SourceSettings): ColumnsOfDuplicates {
  const { userName } = settings.mapping;
  return {
    'duplicate-id': idColumnOf(settings),
    'duplicate-user-name': typeof userName === 'string' ? userName : columnOf(userName),
  };
}

function troubleOf({ kind, otherLine }: Duplicate, columns: ColumnsOfDuplicates): RowTrouble {
  const values: ValuesOf<typeof runCodes, typeof kind> = { otherLine };
  return { code: kind, values, column: columns[kind] };
}

const columnOf = (leaf: SourceSettings['mapping'][string] | undefined): string | null =>
  typeof leaf === 'object' && 'column' in leaf && typeof leaf.column === 'string' ? leaf.column : null;

/** Bytes that are enough for most chunks of users. */
const FIRST_BYTES = 128 * 1024;
/** The most UTF-8 bytes that one UTF-16 code unit takes. */
const MAX_BYTES_PER_UNIT = 3;
const LF = 10;

/**
 * The lines of one chunk as bytes: each text is encoded once, and its length and hash are taken from the bytes. The memory is reused for the
 * next chunk, because new memory per chunk would pile up until the garbage collector runs.
 */
export class LineBuffer {
  private data = Buffer.allocUnsafeSlow(FIRST_BYTES);
  /** Bytes since the last `clear`, line ends included. */
  length = 0;

  /** Adds a text and a line end. Returns the text's bytes, valid until the next `append`. */
  append(text: string): Uint8Array {
    const least = this.length + text.length * MAX_BYTES_PER_UNIT + 1;
    if (least > this.data.length) this.data = Buffer.concat([this.data], Math.max(least, this.data.length * 2));
    const begin = this.length;
    const end = begin + this.data.write(text, begin);
    this.data[end] = LF;
    this.length = end + 1;
    return this.data.subarray(begin, end);
  }

  /** Everything since the last `clear`, valid until the next one. */
  bytes(): Uint8Array {
    return this.data.subarray(0, this.length);
  }

  /** Takes back what was added since the buffer had this length. */
  cutTo(length: number): void {
    this.length = length;
  }

  /** Empties the buffer and keeps its memory. */
  clear(): void {
    this.length = 0;
  }
}
