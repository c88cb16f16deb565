// `rollcall check`: what intake would say about a file, without Azure and without sending anything.
import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileHold } from '../shared/core/errors';
import { loadHash64 } from '../shared/core/hash';
import { bulkRequestOf, countBatches } from '../shared/pipeline/check/bulk-requests';
import { checkFile, type CheckedFile, type CheckSinks, type HoldReason } from '../shared/pipeline/check/check-file';
import { acceptedUsers, findingsOf, type CheckFinding, type CheckTexts } from '../shared/pipeline/check/findings';
import { runIdOf } from '../shared/run/run';
import { lookupOf } from '../shared/source/mapped-leaves';
import type { SourceSettings } from '../shared/source/source-settings';
import type { CheckReport } from './check-report';
import { writeCheckJson } from './check-report-json';
import { checkText } from './check-report-text';
import {
  assertOther,
  findFile,
  holdCommand,
  quotePath,
  readHoldList,
  readManifest,
  troubleOf,
  type LocalFile,
} from './local-file';
import { showProgress } from './progress';
import { readUsableSource } from './read-source';
import { withSpools, type Spool } from './spool';
import { exitCodes, type Terminal } from './terminal';

/** Options of the command. */
export interface CheckOptions {
  readonly file: string;
  readonly source: string;
  /** First users shown as SCIM. */
  readonly show: number;
  /** Batch whose request is printed, from 1. */
  readonly batch: number | null;
  /** Where all accepted users go. */
  readonly users: string | null;
  /** The day on which the file is looked at, yyyy-MM-dd; null: now. */
  readonly date: string | null;
  readonly json: boolean;
  /** The most findings that the text shows. */
  readonly maxFindings: number;
}

const nowhere: CheckSinks['users'] = { append: () => Promise.resolve() };

/** Runs the command; resolves to its exit code. */
export async function runCheck(options: CheckOptions, terminal: Terminal): Promise<number> {
  let file: LocalFile | null = null;
  try {
    file = await findFile(options.file);
    for (const read of [options.file, options.source])
      if (options.users !== null) await assertOther(options.users, read);
    return await checkAndTell(options, terminal, file, await readUsableSource(options.source));
  } catch (error) {
    if (!(error instanceof FileHold)) throw error;
    const failure = { code: error.code, values: error.values, line: error.at.line, column: error.at.column };
    await tell(options, terminal, {
      file: options.file,
      bytes: file?.bytes ?? null,
      checked: null,
      failure,
      findings: onlyHold(failure),
    });
    return exitCodes.held;
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- a list of one, where a stream is expected
async function* onlyHold(reason: HoldReason): AsyncGenerator<CheckFinding> {
  yield { severity: 'hold', ...reason, id: null };
}

async function checkAndTell(
  options: CheckOptions,
  terminal: Terminal,
  file: LocalFile,
  settings: SourceSettings,
): Promise<number> {
  return withSpools(['rows', 'users', 'warnings'], async (spools) => {
    // A million users take a gigabyte of disk, so they are written only if they will be shown.
    const wantsUsers = options.users !== null || options.batch !== null || options.show > 0;
    const sinks = { ...spools, users: wantsUsers ? spools.users : nowhere };
    const holdList = await readHoldList(options.source);
    const isShown = !options.json && terminal.isInteractive;
    const checked = await check(file, settings, holdList, sinks, { date: options.date, isShown });
    const texts: CheckTexts = {
      rows: () => spools.rows.read(),
      users: () => spools.users.read(),
      warnings: () => spools.warnings.read(),
    };
    if (options.users !== null) await writeUsers(options.users, checked, texts);
    await tell(options, terminal, {
      file: options.file,
      bytes: file.bytes,
      checked,
      failure: null,
      findings: findingsOf(checked, texts),
    });
    if (options.show > 0) await showUsers(options.show, terminal, checked, texts);
    // The real id of the run depends on the ETag that the container assigns; this one has its form and length.
    const run = runIdOf(`${settings.name}/${basename(file.path)}`, checked.sha256 ?? '', file.changedAt);
    if (options.batch !== null && !(await showBatch(options.batch, terminal, checked, run, spools.users)))
      return exitCodes.held;
    return exitCodeOf(checked);
  });
}

async function check(
  file: LocalFile,
  settings: SourceSettings,
  holdList: Buffer | null,
  sinks: Omit<CheckSinks, 'progress'>,
  { date, isShown }: { readonly date: string | null; readonly isShown: boolean },
): Promise<CheckedFile> {
  const at = date === null ? Date.now() : middleOf(date);
  const readings = lookupOf(settings) === null ? 1 : 2;
  const progress = showProgress(file.bytes * readings, isShown);
  try {
    const toCheck = {
      name: basename(file.path),
      bytes: file.bytes,
      at,
      ...(date !== null && { date }),
      read: () => file.read((bytes) => progress.bytes(bytes)),
      manifest: await readManifest(file.path),
      ...(holdList !== null && { holdList: { content: holdList, at } }),
    };
    return await checkFile(await loadHash64(), settings, toCheck, {
      ...sinks,
      progress: (counts) => progress.rows(counts.rows),
    });
  } finally {
    progress.end();
  }
}

/** Of a day, UTC, ms: what counts in whole days of UTC counts from that day. */
const middleOf = (date: string): number => Date.parse(`${date}T12:00:00Z`);

/** With `--batch`, standard output is only the request, ready for a file or a pipe, so the text goes to standard error. */
async function tell(options: CheckOptions, terminal: Terminal, report: CheckReport): Promise<void> {
  if (options.json) return writeCheckJson(terminal, report);
  for await (const line of checkText(report, options.maxFindings))
    await (options.batch === null ? terminal.out(`${line}\n`) : terminal.err(`${line}\n`));
}

async function showUsers(count: number, terminal: Terminal, checked: CheckedFile, texts: CheckTexts): Promise<void> {
  if (checked.state === 'held') return;
  await terminal.out('\nFirst users\n');
  let left = count;
  for await (const user of acceptedUsers(checked, texts)) {
    await terminal.out(`${JSON.stringify(JSON.parse(user), null, 2)}\n`);
    if (--left === 0) return;
  }
}

async function showBatch(
  number: number,
  terminal: Terminal,
  checked: CheckedFile,
  run: string,
  users: Spool,
): Promise<boolean> {
  const body = await bulkRequestOf(checked, number, run, (offset, bytes) => users.readRange(offset, bytes));
  if (body !== null) await terminal.out(`${body}\n`);
  else if (checked.state === 'accepted')
    await terminal.err(`There is no batch ${number}: the file makes ${countBatches(checked)}.\n`);
  return body !== null || checked.state === 'held';
}

/** A held file has no accepted users: the output of an earlier check must not be mistaken for them. */
async function writeUsers(path: string, checked: CheckedFile, texts: CheckTexts): Promise<void> {
  async function* lines(): AsyncGenerator<string> {
    if (checked.state === 'accepted') for await (const user of acceptedUsers(checked, texts)) yield `${user}\n`;
  }
  try {
    await pipeline(Readable.from(lines()), createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    throw holdCommand('file-not-writable', { path: quotePath(path), reason: troubleOf(error) });
  }
}

const exitCodeOf = (checked: CheckedFile): number => {
  if (checked.state === 'held') return exitCodes.held;
  const isWarned = checked.warnings > 0 || checked.findings.some((one) => one.severity === 'warning');
  return checked.counts.rejected > 0 || isWarned ? exitCodes.findings : exitCodes.clean;
};
