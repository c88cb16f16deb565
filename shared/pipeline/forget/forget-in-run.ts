// Forgetting a person in one run that has ended for good. The list of rows says where the person is, so it is changed last: a process that dies in between
// finds the rest the next time. Byte ranges of others stay what they are: the person's line of users becomes blanks of the same length.
import { foldId } from '../../columns/id';
import { stableHash } from '../../core/hash';
import { parseHoldList } from '../../holdlist/hold-list';
import { withStateOfRows } from '../../run/batch';
import { changeBatch } from '../../run/ledger';
import { openMissing } from '../../run/missing-people';
import { readRowLines } from '../../run/row-lines';
import type { Run } from '../../run/run';
import { isOrder } from '../../run/run';
import { blocksOfUsers, isOfAttempt, ofAttempt, type RunFile, type RunFiles } from '../../run/run-files';
import { withoutPerson } from '../../people/people-index';
import { readLines } from '../../storage/read-lines';
import type { Pipeline } from '../pipeline';
import { forgetInReports } from './forget-in-reports';

export type ForgetInRunPorts = Pick<Pipeline, 'ledger' | 'files' | 'evidence' | 'reports' | 'hash'>;

/** Where a run has the person. */
export interface TraceInRun {
  /** The numbers of the rows. */
  readonly rows: ReadonlySet<number>;
  /** The byte ranges of the lines of users. */
  readonly ranges: readonly (readonly [offset: number, bytes: number])[];
  /** True if the copy of the hold list, or the list of who is missing, names the person. */
  readonly isListed: boolean;
}

/** Reads the lists of the run. Null if none has the person. */
export async function traceInRun(
  files: Pick<RunFiles, 'read' | 'readWhole'>,
  run: Run,
  id: string,
): Promise<TraceInRun | null> {
  const folded = foldId(id);
  const rows = new Set<number>();
  const ranges: [number, number][] = [];
  const bytes = await files.read(run, ofAttempt(run, 'rows.jsonl'));
  if (bytes !== null)
    for await (const { line } of readRowLines(bytes)) {
      if (line.id === null || foldId(line.id) !== folded) continue;
      rows.add(line.row);
      if ('user' in line) ranges.push([...line.user]);
    }
  const isListed = (await isKeptBack(files, run, folded)) || (await isMissing(files, run, folded));
  return rows.size > 0 || isListed ? { rows, ranges, isListed } : null;
}

async function isKeptBack(files: Pick<RunFiles, 'readWhole'>, run: Run, folded: string): Promise<boolean> {
  const content = await files.readWhole(run, 'hold.csv');
  return content !== null && (await parseHoldList(content)).list?.has(folded) === true;
}

async function isMissing(files: Pick<RunFiles, 'read'>, run: Run, folded: string): Promise<boolean> {
  const missing = await openMissing(files, run);
  if (missing !== null) for await (const { id } of missing.people) if (foldId(id) === folded) return true;
  return false;
}

/** Forgets the person in everything that is kept of the run. May be repeated. */
export async function forgetInRun(ports: ForgetInRunPorts, run: Run, id: string, trace: TraceInRun): Promise<void> {
  const { ledger, files, evidence, hash } = ports;
  const folded = foldId(id);
  const isPerson = (other: unknown): boolean => typeof other === 'string' && foldId(other) === folded;
  await blankUsers(files, run, trace);
  await evidence.forget(
    { source: run.source, run: run.run },
    (entry) => isPerson(entry.sourceIdentity?.id),
    (row) => trace.rows.has(row),
  );
  for await (const page of ledger.batches.all(run.run))
    for (const { value } of page)
      if (value.rows.some((row) => isPerson(row.id)))
        await changeBatch(ledger.batches, value, (batch) =>
          withStateOfRows({ ...batch, rows: batch.rows.filter((row) => !isPerson(row.id)) }),
        );
  await forgetInReports(ports.reports, run, id);
  const index = await files.readWhole(run, ofAttempt(run, 'people.idx'));
  const others = index && withoutPerson(index, hash(folded));
  if (others !== null) await files.writeWhole(run, ofAttempt(run, 'people.idx'), others, false);
  await deleteUnread(files, run);
  await keepLines(
    files,
    run,
    'missing.jsonl',
    stableHash([folded]),
    (line) => !isPerson((JSON.parse(line) as { id?: unknown }).id),
  );
  await keepLines(files, run, ofAttempt(run, 'rows.jsonl'), '', (line) => {
    const { id: of, nameHeldBy } = JSON.parse(line) as { id?: unknown; nameHeldBy?: { id: string } };
    return !isPerson(of) && !isPerson(nameHeldBy?.id);
  });
}

const BLANK = 0x20;

/** Writes the file of users anew, with blanks in place of the person. */
async function blankUsers(files: RunFiles, run: Run, { ranges }: TraceInRun): Promise<void> {
  const noted = await files.readNote(run, 'users.jsonl');
  const bytes = ranges.length === 0 ? null : await files.read(run, 'users.jsonl');
  if (bytes === null) return;
  // Runs of older versions have no note, and other names of blocks.
  const attempt = noted === null ? '' : blocksOfUsers({ ...run, attempts: run.attempts + 1 });
  const writer = files.write(run, 'users.jsonl', attempt);
  let at = 0;
  for await (const chunk of bytes) {
    const copy = Buffer.from(chunk);
    for (const [offset, length] of ranges) {
      const [begin, end] = [Math.max(offset - at, 0), Math.min(offset + length - at, copy.length)];
      if (begin < end) copy.fill(BLANK, begin, end);
    }
    await writer.append(copy);
    at += copy.length;
  }
  if (noted === null) await writer.commit(false);
  else await writer.replace(noted.etag, noted.note);
}

/** Writes a file of JSON lines anew, without some of its lines. */
async function keepLines(
  files: RunFiles,
  run: Run,
  file: RunFile,
  attempt: string,
  isKept: (line: string) => boolean,
): Promise<void> {
  const bytes = await files.read(run, file);
  if (bytes === null) return;
  const writer = files.write(run, file, attempt);
  let isChanged = false;
  for await (const line of readLines(bytes)) {
    if (isKept(line)) await writer.append(`${line}\n`);
    else isChanged = true;
  }
  if (isChanged) await writer.commit(false);
}

/** What nobody reads of a run that has ended for good: its copy of the export and of the hold list, its packing, findings, other attempts. */
async function deleteUnread(files: RunFiles, run: Run): Promise<void> {
  for (const file of await files.list(run)) {
    const isUnread = /^(export$|hold\.csv$|batches|findings)/.test(file) || (file === 'order.json' && isOrder(run));
    if (isUnread || (isOfAttempt(file) && !isOwn(run, file))) await files.delete(run, file);
  }
}

const isOwn = (run: Run, file: RunFile): boolean =>
  file === ofAttempt(run, 'rows.jsonl') || file === ofAttempt(run, 'people.idx');
