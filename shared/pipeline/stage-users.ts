// Staging: every record of the export becomes a user line or a rejection, in one pass and in flat memory; then the whole-file
// checks amend, and the users are committed once. That commit is the moment at which the file becomes sendable (design §3.4–5).
import { openExport } from '../intake/open-export';
import type { MappedRecord } from '../mapping/compile-mapping';
import { compileMapping } from '../mapping/compile-mapping';
import { changeRun } from '../run/ledger';
import type { Amendment } from '../run/people';
import { People } from '../run/people';
import { encodePeopleIndex } from '../run/people-index';
import type { Run } from '../run/run';
import { fileNameOf } from '../run/run';
import type { BlockWriter, RowLine } from '../run/run-files';
import type { SourceSettings } from '../source/source-settings';
import { exportExpectation } from '../source/source-settings';
import { RollcallError } from '../core/errors';
import type { Pipeline } from './deps';

/** Counted while reading, so that a file that turns out damaged still tells how far it was read. */
export interface StagedCounts {
  rows: number;
  users: number;
  rejected: number;
  collapsed: number;
  batches: number;
}

/** A sign of life is written this often at the most, ms. */
const HEARTBEAT_EVERY_MS = 30_000;

/** Reads, maps and stages; `counts` is filled on the way. Throws `FileHold` when the file is held: then nothing is committed but the rows read. */
export async function stageUsers(
  pipeline: Pipeline,
  run: Run,
  settings: SourceSettings,
  counts: StagedCounts,
): Promise<void> {
  const { files, clock } = pipeline;
  const rows = files.write(run, 'rows.jsonl');
  const users = files.write(run, 'users.jsonl');
  const people = new People(pipeline.hash);
  const staging = { rows, users, people, counts, offset: 0 };
  let beatAt = clock.now();
  try {
    const bytes = await files.read(run, 'export');
    if (bytes === null)
      throw new RollcallError('run-file-missing', 'retry', `the kept export of run ${run.run} is missing`);
    const opened = await openExport(bytes, exportExpectation(settings, fileNameOf(run), run.bytes));
    const mapper = compileMapping(settings).bind(opened.shape);
    for await (const records of opened.records) {
      await stageChunk(staging, await mapper.map(records));
      if (clock.now() - beatAt < HEARTBEAT_EVERY_MS) continue;
      beatAt = clock.now();
      await changeRun(pipeline.ledger.runs, run, (now) => ({ ...now, heartbeatAt: beatAt }));
    }
    await amend(staging, people.amendments);
  } finally {
    // A held file too: its report shows how far it was read.
    await rows.commit(false);
  }
  await writePacking(pipeline, run, people, counts);
  // False means that another attempt at this run committed the same users before.
  await users.commit(true);
}

interface Staging {
  readonly rows: BlockWriter;
  readonly users: BlockWriter;
  readonly people: People;
  readonly counts: StagedCounts;
  offset: number;
}

async function stageChunk(staging: Staging, mapped: readonly MappedRecord[]): Promise<void> {
  const { people, counts } = staging;
  let userLines = '';
  let rowLines = '';
  for (const record of mapped) {
    counts.rows++;
    if (record.kind === 'rejected') {
      counts.rejected++;
      const { code, message, at } = record.rejection;
      rowLines += rowLine({
        row: record.row,
        line: record.line,
        id: record.id,
        rejected: { code, message, column: at.column },
      });
      continue;
    }
    counts.users++;
    const text = JSON.stringify(record.user);
    const bytes = Buffer.byteLength(text);
    people.add(
      {
        row: record.row,
        line: record.line,
        externalId: record.externalId,
        userName: record.userName,
        active: record.active,
        offset: staging.offset,
        bytes,
      },
      text,
    );
    rowLines += rowLine({ row: record.row, line: record.line, id: record.externalId, user: [staging.offset, bytes] });
    userLines += `${text}\n`;
    staging.offset += bytes + 1;
  }
  await staging.users.append(userLines);
  await staging.rows.append(rowLines);
}

const rowLine = (line: RowLine): string => `${JSON.stringify(line)}\n`;

/** What only the end of the file could tell; each amended row was counted as a user before. */
async function amend(staging: Staging, amendments: readonly Amendment[]): Promise<void> {
  const { counts } = staging;
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
    lines += rowLine({ row: one.row, line: one.line, id: null, rejected: { code: one.kind, message, column: null } });
  }
  await staging.rows.append(lines);
}

async function writePacking(pipeline: Pipeline, run: Run, people: People, counts: StagedCounts): Promise<void> {
  const batches = pipeline.files.write(run, 'batches.jsonl');
  for (const batch of people.packed()) {
    counts.batches++;
    await batches.append(`${JSON.stringify(batch)}\n`);
  }
  await batches.commit(false);
  const index = pipeline.files.write(run, 'people.idx');
  await index.append(encodePeopleIndex(people.indexed()));
  await index.commit(false);
}
