// Staging, the part that knows no storage: every record of an open export becomes a user line or a rejection, then the whole-file
// checks amend. Intake and `rollcall check` share it, so that a check on a laptop says what intake will say.
import type { Finding, OpenExport } from '../intake/export-record';
import type { MappedRecord } from '../mapping/compile-mapping';
import { compileMapping } from '../mapping/compile-mapping';
import type { Amendment, People } from '../run/people';
import type { RowLine } from '../run/run-files';
import type { SourceSettings } from '../source/source-settings';
import { LineBuffer } from './line-buffer';
import { checkReturnedRows } from './returned-rows';

/** Counted while reading, so that a file that turns out damaged still tells how far it was read. */
export interface RowCounts {
  rows: number;
  users: number;
  rejected: number;
  collapsed: number;
}

/** Where lines of text go; resolves when there is room for more. Bytes are UTF-8, and the sink's to keep: nobody writes to them again. */
export interface LineSink {
  append(lines: string | Uint8Array): Promise<void>;
}

/** What staging works on. `people` and `counts` are filled on the way. */
export interface ExportStaging {
  readonly opened: OpenExport;
  readonly settings: SourceSettings;
  readonly people: People;
  readonly counts: RowCounts;
  /** Takes one `RowLine` per record, then the amendments. */
  readonly rows: LineSink;
  /** Takes one user per line; `people` knows the byte ranges. */
  readonly users: LineSink;
  /** After each chunk of records, with the warnings about its users. */
  readonly afterChunk: (warnings: readonly Finding[]) => Promise<void>;
}

/** Reads to the end. `isReturned`: it is a to-correct file of ours that came back, so it says nothing about people who are not in it. Throws `FileHold` when the file is held: then the counts tell how far it was read. */
export async function stageExport(staging: ExportStaging): Promise<{ readonly isReturned: boolean }> {
  const { opened, settings, people } = staging;
  const mapper = compileMapping(settings).bind(opened.shape);
  let offset = 0;
  let isReturned = false;
  for await (const records of opened.records) {
    const mapped = await mapper.map(records);
    isReturned = checkReturnedRows(opened.shape, records, mapped) || isReturned;
    offset = await stageChunk(staging, mapped, offset);
    await staging.afterChunk(mapped.flatMap((record) => (record.kind === 'user' ? record.warnings : [])));
  }
  await amend(staging, people.amendments);
  return { isReturned };
}

async function stageChunk(staging: ExportStaging, mapped: readonly MappedRecord[], begin: number): Promise<number> {
  const { people, counts } = staging;
  const userLines = new LineBuffer();
  let rowLines = '';
  for (const record of mapped) {
    counts.rows++;
    if (record.kind === 'rejected') {
      counts.rejected++;
      const { row, line, id } = record;
      people.addRejected(record);
      const { code, message, at } = record.rejection;
      rowLines += rowLine({ row, line, id, rejected: { code, message, column: at.column } });
      continue;
    }
    counts.users++;
    const { row, line, externalId, userName, active } = record;
    const offset = begin + userLines.length;
    const text = userLines.append(JSON.stringify(record.user));
    people.add({ row, line, externalId, userName, active, offset, bytes: text.length }, text);
    rowLines += rowLine({ row, line, id: externalId, user: [offset, text.length] });
  }
  await staging.users.append(userLines.bytes());
  await staging.rows.append(rowLines);
  return begin + userLines.length;
}

const rowLine = (line: RowLine): string => `${JSON.stringify(line)}\n`;

/** What only the end of the file could tell; each amended row was counted as a user before. */
async function amend(staging: ExportStaging, amendments: readonly Amendment[]): Promise<void> {
  const { counts, settings } = staging;
  const { userName } = settings.mapping;
  const columns = {
    'duplicate-id': typeof settings.id === 'string' ? settings.id : settings.id.column,
    'duplicate-user-name': typeof userName === 'string' ? userName : columnOf(userName),
  };
  let lines = '';
  for (const one of amendments) {
    counts.users--;
    if (one.kind === 'collapsed') {
      counts.collapsed++;
      lines += rowLine({ row: one.row, into: one.into });
      continue;
    }
    counts.rejected++;
    const message =
      one.kind === 'duplicate-id'
        ? `The same id stands in line ${one.otherLine} with other values. Neither row was sent; leave the right one in the file.`
        : `The row in line ${one.otherLine} claims the same user name. Neither row was sent; give each person a name of their own.`;
    const rejected = { code: one.kind, message, column: columns[one.kind] };
    lines += rowLine({ row: one.row, line: one.line, id: null, rejected });
  }
  await staging.rows.append(lines);
}

const columnOf = (leaf: SourceSettings['mapping'][string] | undefined): string | null =>
  typeof leaf === 'object' && 'column' in leaf && typeof leaf.column === 'string' ? leaf.column : null;
