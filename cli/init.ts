// `rollcall init`: a first source.json from a file, so that a newcomer has a working mapping in a minute.
import { writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { FileHold, RollcallError } from '../shared/core/errors';
import { quoteAll } from '../shared/core/message';
import { isSourceName } from '../shared/core/names';
import { holdFile } from '../shared/export/hold-file';
import type { ExportExpectation } from '../shared/export/export-record';
import { defaultMaxBytes, defaultMaxInflatedBytes } from '../shared/source/settings-schema';
import { parseSourceSettings } from '../shared/source/source-settings';
import { findHeader, type FoundHeader, type TableHeader } from './init/find-header';
import { profileColumns, readFirstRecords, type FirstRecords } from './init/profile-columns';
import type { Proposal, Surveyed } from './init/proposal';
import { proposeSettings } from './init/propose-settings';
import { withRules } from './init/propose-rows-per-person';
import { recogniseColumns } from './init/recognise-columns';
import { expectedLines } from './init/propose-lines';
import { NO_LINES, surveyLines } from './init/survey-lines';
import { findRules } from './init/repeated-people';
import { surveyValues } from './init/survey-values';
import { findFile, holdCommand, quotePath, troubleOf, type LocalFile } from './local-file';
import { inQuotes } from './options';
import { cureOf, sentenceOf } from './sentences';
import { exitCodes, plainText, type Terminal } from './terminal';

/** Options of the command. */
export interface InitOptions {
  readonly file: string;
  /** Name of the source; null takes it from the file. */
  readonly name: string | null;
  /** JSON: path of the array of people. */
  readonly records: string | null;
  /** How the file is written; null: detected. */
  readonly encoding: string | null;
  readonly delimiter: string | null;
  /** Where the settings go; null for standard output. */
  readonly out: string | null;
}

/** Runs the command; resolves to its exit code. */
export async function runInit(options: InitOptions, terminal: Terminal): Promise<number> {
  try {
    const file = await findFile(options.file);
    const name = options.name ?? folderOf(options.out) ?? nameFrom(file.path);
    const proposal = await propose(file, name, options);
    const text = `${JSON.stringify(proposal.settings, null, 2)}\n`;
    assertValid(text, name);
    if (options.out === null) await terminal.out(text);
    else await writeNew(options.out, text);
    await tellRemarks(options, proposal, terminal);
    return exitCodes.clean;
  } catch (error) {
    if (!(error instanceof FileHold)) throw error;
    const place = error.at.line === null ? '' : `line ${error.at.line}: `;
    await terminal.err(
      plainText(`No settings can be proposed. ${place}${sentenceOf(error)} [${error.code}]\n${whatToDo(error.code)}`),
    );
    return exitCodes.held;
  }
}

/** Codes of a file that can be read once its encoding is known. */
const OF_ENCODING: ReadonlySet<string> = new Set(['encoding-doubtful', 'byte-undecodable']);

function whatToDo(code: string): string {
  const cure = cureOf(code);
  if (cure === null) return '';
  return `  What to do: ${cure}${OF_ENCODING.has(code) ? ' Here, --encoding names it.' : ''}\n`;
}

async function propose(file: LocalFile, name: string, options: InitOptions): Promise<Proposal> {
  const { header, records, lines, expect } = await lookAtFile(file, options);
  const { profiles, ...others } = await profileColumns(file, expect);
  if (profiles.size === 0) throw holdFile('json-records-missing', { found: 'no-members' });
  const names = [...profiles.keys()];
  const columns = recogniseColumns(names, header.format === 'json', profiles);
  const idColumn = columns.roles.get('id')?.column ?? expect.idColumn;
  const today = new Date().toISOString().slice(0, 'yyyy-MM-dd'.length);
  const survey = await surveyValues(file, { ...expect, idColumn }, columns, today);
  const { encoding, delimiter } = options;
  const found = { ...others, header, records, lines, columns, survey, declared: { encoding, delimiter } };
  const proposal = proposeSettings({ name, pattern: patternFrom(file.path), ...found });
  const { repeatedIds, blanks } = survey;
  if (!columns.roles.has('id') || repeatedIds.size === 0) return proposal;
  const asRead = { ...expect, idColumn, blankWords: blanks.words };
  return withRules(proposal, await findRules(file, JSON.stringify(proposal.settings), asRead, names, repeatedIds));
}

/** How the file is written, and how it is to be read; `expect` has any column for the id. */
interface LookedAt extends Pick<Surveyed, 'header' | 'records' | 'lines'> {
  readonly expect: ExportExpectation;
}

async function lookAtFile(file: LocalFile, options: InitOptions): Promise<LookedAt> {
  const { encoding, delimiter } = options;
  const header = tableOrJson(await findHeader(file, { encoding, delimiter }));
  const undecided = expectationOf(file, header, options);
  // The reader wants to know an id; while none is known, any column will do.
  const first = header.format === 'csv' ? firstOf(header.columns) : await readFirstRecords(file, undecided);
  if (first === null) throw holdFile('json-records-missing', { found: 'no-members' });
  const records = options.records ?? first.foundAt;
  const expect = { ...undecided, idColumn: first.member, recordsPath: records };
  const lines = header.format === 'csv' ? await surveyLines(file, expect, header.columns) : NO_LINES;
  return { header, records, lines, expect: { ...expect, ...expectedLines(lines) } };
}

/** A name that only one column has. */
const firstOf = (columns: readonly string[]): FirstRecords => ({
  member: columns.find((name) => columns.indexOf(name) === columns.lastIndexOf(name)) ?? columns[0] ?? '',
  foundAt: null,
});

function tableOrJson(header: FoundHeader): Surveyed['header'] {
  if (header.format !== 'none') return header;
  const { line, cells } = header;
  throw holdCommand('header-is-person', { cells: quoteAll(cells.slice(0, SHOWN_CELLS)) }, { line });
}

/** Cells that are enough to recognise a row. */
const SHOWN_CELLS = 5;

const expectationOf = (
  file: LocalFile,
  header: TableHeader | { readonly format: 'json' },
  { records, encoding }: Pick<InitOptions, 'records' | 'encoding'>,
): ExportExpectation => ({
  fileName: basename(file.path),
  byteLength: file.bytes,
  format: header.format,
  encoding,
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
  certainColumns: null,
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
  const problems = parsed.ok ? [] : parsed.problems.filter(({ code }) => code !== 'settings-placeholder');
  if (problems.length === 0) return;
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
        `Then: rollcall check ${inQuotes(options.file)} --source ${inQuotes(source)} --show 1`,
        '',
      ].join('\n'),
    ),
  );
}
