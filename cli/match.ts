// `rollcall match`: whose accounts in the tenant a file would take over, person by person, before anything is sent.
import { basename, resolve } from 'node:path';
import { FileHold } from '../shared/core/errors';
import { counted, grouped } from '../shared/core/english';
import { loadHash64 } from '../shared/core/hash';
import {
  MATCH_KINDS,
  MATCH_NOTES,
  matchPerson,
  type Matched,
  type MatchKind,
  type MatchNote,
  type TenantUsers,
} from '../shared/match/match-person';
import { MATCHING_PERMISSIONS, readTenantUsers } from '../shared/match/read-tenant-users';
import { checkFile, type CheckedFile } from '../shared/pipeline/check/check-file';
import { acceptedUsers, type CheckTexts } from '../shared/pipeline/check/findings';
import { csvFile, type TextSink } from '../shared/report/csv-file';
import type { SourceSettings } from '../shared/source/source-settings';
import { signInToGraph, type GraphOptions } from './graph-sign-in';
import { findFile, readHoldList, readManifest, type LocalFile } from './local-file';
import { writePrivateFile } from './plan-files';
import { readUsableSource } from './read-source';
import { tellHolds } from './run-on-state';
import { withSpools, type Spool } from './spool';
import { exitCodes, type Terminal } from './terminal';

/** Options of the command. */
export interface MatchOptions {
  readonly file: string;
  readonly source: string;
  readonly out: string;
  readonly json: boolean;
  readonly graph: GraphOptions;
}

/** How many people there are of each kind, and with each note. */
interface Counts {
  readonly people: number;
  readonly kinds: Readonly<Record<MatchKind, number>>;
  readonly notes: Readonly<Record<MatchNote, number>>;
}

/** Runs the command; resolves to its exit code. */
export const runMatch = (options: MatchOptions, terminal: Terminal): Promise<number> =>
  tellHolds(options, terminal, async (tell) => {
    const file = await findFile(options.file);
    const settings = await readUsableSource(options.source);
    return withSpools(['rows', 'users', 'warnings'], async (spools) => {
      const checked = await checkWhole(file, settings, options.source, spools);
      if (checked.reason !== null) throw new FileHold(checked.reason.code, checked.reason.values);
      const users = await readUsers(options.graph, terminal);
      const texts: CheckTexts = {
        rows: () => spools.rows.read(),
        users: () => spools.users.read(),
        warnings: () => spools.warnings.read(),
      };
      const path = resolve(options.out, `${basename(options.file)}.match.csv`);
      const counts = await writePrivateFile(path, [options.file, options.source], (csv) =>
        writeMatches(csv, acceptedUsers(checked, texts), users),
      );
      await tell({ source: settings.name, ...counts, rejected: checked.counts.rejected, csv: path }, () =>
        textOf(counts, checked.counts.rejected, path),
      );
      const isClear = counts.kinds.several === 0 && MATCH_NOTES.every((note) => counts.notes[note] === 0);
      return isClear ? exitCodes.clean : exitCodes.findings;
    });
  });

async function checkWhole(
  file: LocalFile,
  settings: SourceSettings,
  source: string,
  spools: Readonly<Record<'rows' | 'users' | 'warnings', Spool>>,
): Promise<CheckedFile> {
  const at = Date.now();
  const holdList = await readHoldList(source);
  return checkFile(
    await loadHash64(),
    settings,
    {
      name: basename(file.path),
      bytes: file.bytes,
      at,
      read: () => file.read(),
      manifest: await readManifest(file.path),
      ...(holdList !== null && { holdList: { content: holdList, at } }),
    },
    { ...spools, progress: () => undefined },
  );
}

async function readUsers(options: GraphOptions, terminal: Terminal): Promise<TenantUsers> {
  const { graph } = await signInToGraph(options, MATCHING_PERMISSIONS, terminal);
  const seen = (users: number): void => {
    if (terminal.isInteractive) void terminal.err(`\rreading the users of the tenant: ${grouped(users)}`);
  };
  const users = await readTenantUsers(graph, new URL(options.graph).origin, seen);
  if (terminal.isInteractive) await terminal.err('\n');
  return users;
}

const HEADER = ['id', 'user_name', 'hr_says', 'match', 'look_at', 'account_user_name', 'account_state', 'account_id'];

/** One line a person; several accounts of one person are in one cell, with a space between them. */
async function writeMatches(csv: TextSink, lines: AsyncIterable<string>, users: TenantUsers): Promise<Counts> {
  const kinds: Record<MatchKind, number> = { matched: 0, new: 0, several: 0 };
  const notes = Object.fromEntries(MATCH_NOTES.map((note) => [note, 0])) as Record<MatchNote, number>;
  const file = csvFile(csv, HEADER);
  let people = 0;
  for await (const line of lines) {
    const matched = matchPerson(personOf(line), users);
    people += 1;
    kinds[matched.kind] += 1;
    for (const note of matched.notes) notes[note] += 1;
    await file.add(recordOf(matched));
  }
  await file.finish();
  return { people, kinds, notes };
}

function personOf(line: string): {
  readonly externalId: string;
  readonly userName: string | null;
  readonly active: boolean;
} {
  const { externalId, userName, active } = JSON.parse(line) as {
    externalId: string;
    userName?: unknown;
    active: boolean;
  };
  return { externalId, userName: typeof userName === 'string' ? userName : null, active };
}

const recordOf = ({ externalId, userName, active, kind, notes, accounts }: Matched): readonly string[] => [
  externalId,
  userName ?? '',
  active ? 'active' : 'inactive',
  kind,
  notes.join(' '),
  accounts.map((account) => account.userName).join(' '),
  accounts.map(({ isEnabled }) => (isEnabled ? 'enabled' : 'disabled')).join(' '),
  accounts.map(({ id }) => id).join(' '),
];

const KIND_WORDS: Readonly<Record<MatchKind, string>> = {
  matched: 'have one account with their employeeId: the job takes it over',
  new: 'have no account with their employeeId: the job makes one',
  several: 'have several accounts with their employeeId: the job cannot tell them apart, and fails',
};
const NOTE_WORDS: Readonly<Record<MatchNote, string>> = {
  synchronised: 'are synchronised from Active Directory: this job cannot write them',
  'directory-role': 'hold a directory role: make sure that HR may change and disable them',
  'disabled-there': 'are disabled there, and HR says active: the job would enable them',
  'enabled-there': 'are enabled there, and HR says inactive: the job would disable them',
  'user-name-taken': 'have a user name that another account has: creating or renaming them fails',
  'roles-unknown': 'were not checked for directory roles: that needs RoleManagement.Read.Directory',
};

function* textOf({ people, kinds, notes }: Counts, rejected: number, path: string): Generator<string> {
  yield `${counted(people, 'person', 'people')}, ${counted(rejected, 'rejected row')}`;
  for (const kind of MATCH_KINDS) if (kinds[kind] > 0) yield `  ${grouped(kinds[kind])} ${KIND_WORDS[kind]} [${kind}]`;
  if (MATCH_NOTES.some((note) => notes[note] > 0)) yield 'To look at:';
  for (const note of MATCH_NOTES) if (notes[note] > 0) yield `  ${grouped(notes[note])} ${NOTE_WORDS[note]} [${note}]`;
  yield `Person by person: ${path}`;
}
