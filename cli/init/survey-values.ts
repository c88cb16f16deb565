// One pass over the file's values: status words, forms of dates, whether managers are named by ids, whether countries are known.
import { openExport } from '../../shared/export/open-export';
import type { ExportExpectation, ExportRecord, ExportShape } from '../../shared/export/export-record';
import { compileCountry } from '../../shared/mapping/country-value';
import { knownBlankWord } from '../../shared/columns/blank-words';
import { foldStatusWord } from '../../shared/columns/fold';
import { foldId } from '../../shared/columns/id';
import { compileMemberPath, textOf } from '../../shared/columns/record-value';
import type { LocalFile } from '../local-file';
import { IdColumn } from './guess-id-pattern';
import { DatedWords } from './dated-words';
import { DateForms, type DateGuess } from './guess-date-format';
import type { ColumnRole } from './column-names';
import { cellsOf, objectOf } from './profile-columns';
import type { RecognisedColumns } from './recognise-columns';

/** A column with more different values than this is not a list of status words. */
export const maxStatusWords = 40;
/** The most ids and managers that are remembered for comparison. */
const MAX_COMPARED = 200_000;

/** Distinct words of a column as first written, in file order, cut off after `maxStatusWords`; and how many rows have none. */
export interface WordsOfColumn {
  readonly words: readonly string[];
  readonly blanks: number;
}

/** What the values say about the roles that depend on them. */
export interface ValueSurvey {
  readonly rows: number;
  /** The form that all ids share, for `id.pattern`; null if they share none. */
  readonly idPattern: string | null;
  /** Ids that several rows have, as `foldId` folds them. */
  readonly repeatedIds: ReadonlySet<string>;
  readonly status: WordsOfColumn;
  /** Words of the column with the kind of worker. */
  readonly userTypes: readonly string[];
  /** Words of the column that says what changed. */
  readonly actions: readonly string[];
  readonly dates: Readonly<Record<'hireDate' | 'leaveDate', DateGuess>>;
  /** Status words (folded) of the rows whose leave date has passed, and how many rows say each. */
  readonly passed: ReadonlyMap<string, number>;
  /** Rows whose hire date is still to come. */
  readonly toCome: number;
  /** Words for blank that programs are known to write, as they are in recognised columns, the commonest first; and how many cells say one. */
  readonly blanks: { readonly words: readonly string[]; readonly cells: number };
  /** The first value of the manager column if no value of it is an id in the file; else null. */
  readonly noIdOfManager: string | null;
  /** True if a value of the column with managers' addresses is the address of somebody in the file. */
  readonly managersHaveMails: boolean;
  /** Where managers are ids: the commonest value that is none, and in how many rows it is; null if no value is repeated. */
  readonly noManager: { readonly word: string; readonly rows: number } | null;
  /** The first value of the country column that is not a country; null if all are known. */
  readonly unknownCountry: string | null;
}

/** A file that has lost its accented letters is no use for settings either. */
const ROLES_OF_NAMES = ['givenName', 'middleName', 'familyName', 'displayName'] as const;

/** Reads the whole file. `today`: yyyy-MM-dd. Throws `FileHold` for a file that cannot be read. */
export async function surveyValues(
  file: LocalFile,
  expect: ExportExpectation,
  { roles }: RecognisedColumns,
  today: string,
): Promise<ValueSurvey> {
  const nameColumns = ROLES_OF_NAMES.flatMap((role) => roles.get(role)?.column ?? []);
  const opened = await openExport(file.read(), { ...expect, nameColumns });
  const bind = bindRoles(opened.shape, (role) => roles.get(role)?.column);
  const status = new WordList();
  const actions = new WordList();
  const userTypes = new WordList();
  const blanks = new Map<string, number>();
  const dates = { hireDate: new DateForms(), leaveDate: new DateForms() };
  const leaves = new DatedWords();
  const hires = new DatedWords();
  const ids = new Set<string>();
  const folded = new Set<string>();
  const repeatedIds = new Set<string>();
  const idColumn = new IdColumn();
  const managers = new Map<string, number>();
  const mails = { people: new Set<string>(), managers: new Set<string>() };
  const toCountry = compileCountry('alpha-2');
  let unknownCountry: string | null = null;
  let rows = 0;
  for await (const records of opened.records) {
    for (const record of records) {
      rows++;
      const written = bind(record);
      for (const role of roles.keys()) {
        const blank = knownBlankWord(written(role));
        if (blank !== null) blanks.set(blank, (blanks.get(blank) ?? 0) + 1);
      }
      const read: ReadRole = (role) => {
        const text = written(role);
        return knownBlankWord(text) === null ? text.trim() : '';
      };
      status.add(read('status'));
      actions.add(read('action'));
      userTypes.add(read('userType'));
      dates.hireDate.add(read('hireDate'));
      dates.leaveDate.add(read('leaveDate'));
      leaves.add(read('leaveDate'), read('status'));
      hires.add(read('hireDate'), '');
      const id = read('id');
      // A damaged id has lost the form that it had.
      if (record.kind !== 'unreadable') idColumn.add(id);
      noteId(id, folded, repeatedIds);
      if (ids.size < MAX_COMPARED) ids.add(id);
      count(managers, read('manager'));
      addMail(mails.people, read('email'));
      addMail(mails.managers, read('managerMail'));
      const country = read('country');
      if (unknownCountry === null && country !== '' && !toCountry(country).ok) unknownCountry = country;
    }
  }
  managers.delete('');
  const guesses = { hireDate: dates.hireDate.guess(), leaveDate: dates.leaveDate.guess() };
  return {
    rows,
    idPattern: idColumn.guess(),
    repeatedIds,
    status: { words: status.words(), blanks: status.blanks },
    actions: actions.words(),
    userTypes: userTypes.words(),
    blanks: {
      words: byCount(blanks).map(([word]) => word),
      cells: [...blanks.values()].reduce((sum, cells) => sum + cells, 0),
    },
    dates: guesses,
    passed: leaves.wordsWhere(guesses.leaveDate, (day) => day < today),
    toCome: hires.wordsWhere(guesses.hireDate, (day) => day > today).get('') ?? 0,
    noIdOfManager: [...managers.keys()].some((id) => ids.has(id)) ? null : (managers.keys().next().value ?? null),
    managersHaveMails: [...mails.managers].some((mail) => mails.people.has(mail)),
    noManager: commonestStranger(managers, ids),
    unknownCountry,
  };
}

function noteId(id: string, seen: Set<string>, repeated: Set<string>): void {
  const folded = foldId(id);
  if (folded === '') return;
  if (seen.has(folded)) repeated.add(folded);
  else if (seen.size < MAX_COMPARED) seen.add(folded);
}

function addMail(mails: Set<string>, mail: string): void {
  if (mail !== '' && mails.size < MAX_COMPARED) mails.add(mail.toLowerCase());
}

function count(values: Map<string, number>, value: string): void {
  if (values.size < MAX_COMPARED || values.has(value)) values.set(value, (values.get(value) ?? 0) + 1);
}

const byCount = (values: ReadonlyMap<string, number>): readonly (readonly [string, number])[] =>
  [...values].sort(([, one], [, other]) => other - one);

/** A word such as `NO_MANAGER`: not a number, nobody's id, and in several rows. A manager who is in another file has an id. */
function commonestStranger(managers: ReadonlyMap<string, number>, ids: ReadonlySet<string>): ValueSurvey['noManager'] {
  const stranger = byCount(managers).find(([value, rows]) => rows > 1 && !ids.has(value) && !/\d/.test(value));
  return stranger === undefined ? null : { word: stranger[0], rows: stranger[1] };
}

/** The distinct words of one column. */
class WordList {
  private readonly byFolded = new Map<string, string>();
  blanks = 0;

  add(word: string): void {
    if (word === '') this.blanks++;
    else if (this.byFolded.size <= maxStatusWords && !this.byFolded.has(foldStatusWord(word)))
      this.byFolded.set(foldStatusWord(word), word);
  }

  words(): readonly string[] {
    return [...this.byFolded.values()];
  }
}

type ReadRole = (role: ColumnRole) => string;

type ReadText = (record: ExportRecord) => string;

/** Reads the text of a column; blank for a list or an object, and in a row that cannot be read. */
export function textReader({ columns }: ExportShape, column: string): ReadText {
  if (columns !== null) {
    const at = columns.indexOf(column);
    return (record) => cellsOf(record, columns.length)?.[at] ?? '';
  }
  const read = compileMemberPath(column);
  return (record) => {
    const value = objectOf(record);
    return value === null ? '' : (textOf(read(value)) ?? '');
  };
}

/** Reads the values of roles; blank for a role without a column, for a list or an object, and in a row that cannot be read. */
function bindRoles(
  shape: ExportShape,
  columnOf: (role: ColumnRole) => string | undefined,
): (record: ExportRecord) => ReadRole {
  const readers = new Map<ColumnRole, ReadText>();
  const readerOf = (role: ColumnRole): ReadText => {
    const column = columnOf(role);
    const known = readers.get(role) ?? (column === undefined ? () => '' : textReader(shape, column));
    readers.set(role, known);
    return known;
  };
  return (record) => (role) => readerOf(role)(record);
}
