// `rollcall init`: a first source.json from a file, so that a newcomer has a working mapping in a minute.
import { writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { FileHold, RollcallError } from '../shared/core/errors';
import { isSourceName } from '../shared/core/names';
import { holdFile } from '../shared/export/hold-file';
import type { ExportExpectation } from '../shared/export/export-record';
import { defaultMaxBytes, defaultMaxInflatedBytes } from '../shared/source/settings-schema';
import { parseSourceSettings } from '../shared/source/source-settings';
import { findHeader, type FoundHeader } from './init/find-header';
import { findMembers } from './init/find-members';
import type { Proposal } from './init/proposal';
import { proposeSettings } from './init/propose-settings';
import { recogniseColumns } from './init/recognise-columns';
import { surveyValues } from './init/survey-values';
import { findFile, holdCommand, quotePath, troubleOf, type LocalFile } from './local-file';
import { sentenceOf } from './sentences';
import { exitCodes, plainText, type Terminal } from './terminal';

/** Options of the command. */
export interface InitOptions {
  readonly file: string;
  /** Name of the source; null takes it from the file. */
  readonly name: string | null;
  /** JSON: path of the array of people. */
  readonly records: string | null;
  /** Where the settings go; null for standard output. */
  readonly out: string | null;
}

/** Runs the command; resolves to its exit code. */
export async function runInit(options: InitOptions, terminal: Terminal): Promise<number> {
  try {
    const file = await findFile(options.file);
    const name = options.name ?? folderOf(options.out) ?? nameFrom(file.path);
    const proposal = await propose(file, name, options.records);
    const text = `${JSON.stringify(proposal.settings, null, 2)}\n`;
    assertValid(text, name);
    if (options.out === null) await terminal.out(text);
    else await writeNew(options.out, text);
    await tellRemarks(options, proposal, terminal);
    return exitCodes.clean;
  } catch (error) {
    if (!(error instanceof FileHold)) throw error;
    const place = error.at.line === null ? '' : `line ${error.at.line}: `;
    await terminal.err(`No settings can be proposed. ${place}${plainText(sentenceOf(error))} [${error.code}]\n`);
    return exitCodes.held;
  }
}

async function propose(file: LocalFile, name: string, records: string | null): Promise<Proposal> {
  const header = await findHeader(file);
  const paths =
    header.format === 'csv' ? header.columns : await findMembers(file, expectationOf(file, header, records));
  if (paths.length === 0) {
    throw holdFile('json-records-missing', { found: 'no-members' });
  }
  const columns = recogniseColumns(paths, header.format === 'json');
  const idColumn = columns.roles.get('id')?.column ?? paths[0] ?? '';
  const survey = await surveyValues(file, { ...expectationOf(file, header, records), idColumn }, columns);
  return proposeSettings({ name, pattern: patternFrom(file.path), header, records, columns, survey });
}

const expectationOf = (file: LocalFile, header: FoundHeader, records: string | null): ExportExpectation => ({
  fileName: basename(file.path),
  byteLength: file.bytes,
  format: header.format,
  encoding: null,
  delimiter: header.format === 'csv' ? header.delimiter : null,
  skipLines: header.format === 'csv' ? header.skipLines : 0,
  comment: null,
  recordsPath: records,
  aliases: {},
  requiredColumns: [],
  mappedColumns: [],
  knownTexts: {},
  blankWords: [],
  decisiveColumns: [],
  managerColumns: [],
  nameColumns: [],
  idColumn: '',
  idPattern: null,
  maxBytes: defaultMaxBytes,
  maxInflatedBytes: defaultMaxInflatedBytes,
});

/** `sources/contoso-hr/source.json` → `contoso-hr`: a source is named after its folder. */
function folderOf(out: string | null): string | null {
  if (out === null || basename(out) !== 'source.json') return null;
  const folder = basename(dirname(resolve(out)));
  return isSourceName(folder) ? folder : null;
}

/** `Export 2026.csv` → `export-2026`. */
function nameFrom(path: string): string {
  const slug = (basename(path).split('.')[0] ?? '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return slug === '' ? 'hr' : slug;
}

/** `export.csv.gz` → `*.csv.gz`. */
function patternFrom(path: string): string {
  const ending = /\.[A-Za-z]\w{0,7}(\.(gz|zip))?$/i.exec(basename(path))?.[0];
  return ending === undefined ? '*' : `*${ending}`;
}

function assertValid(text: string, name: string): void {
  const parsed = parseSourceSettings(text, name);
  if (parsed.ok) return;
  const { problems } = parsed;
  throw new RollcallError('proposal-invalid', 'reject', sentenceOf({ code: 'proposal-invalid', values: { problems } }));
}

async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    throw holdCommand('file-not-writable', { path: quotePath(path), reason: troubleOf(error) });
  }
}

async function tellRemarks(options: InitOptions, { remarks }: Proposal, terminal: Terminal): Promise<void> {
  const uncertain = remarks.filter((remark) => remark.path !== null);
  const leftOut = remarks.filter((remark) => remark.path === null);
  const source = options.out ?? 'source.json';
  await terminal.err(
    plainText(
      [
        ...(options.out === null ? [] : [`${options.out} is written.`]),
        'Please look at these before you use it:',
        ...uncertain.map(({ path, message }) => `  ${path ?? ''}: ${message}`),
        ...(leftOut.length === 0 ? [] : ['Columns left out:', ...leftOut.map(({ message }) => `  ${message}`)]),
        `Then: rollcall check ${options.file} --source ${source} --show 1`,
        '',
      ].join('\n'),
    ),
  );
}
