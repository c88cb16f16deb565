// One pass over the file's values: status words, forms of dates, whether managers are named by ids, whether countries are known.
import { openExport } from '../../shared/export/open-export';
import type {
  ExportExpectation,
  ExportRecord,
  ExportShape,
  JsonObject,
  JsonValue,
} from '../../shared/export/export-record';
import { compileCountry } from '../../shared/mapping/country-value';
import { knownBlankWord } from '../../shared/columns/blank-words';
import { foldStatusWord } from '../../shared/columns/fold';
import type { LocalFile } from '../local-file';
import { IdColumn } from './guess-id-pattern';
import { DateForms, type DateGuess } from './guess-date-format';
import type { ColumnRole } from './column-names';
import type { RecognisedColumns } from './recognise-columns';

/** A column with more different values than this is not a list of status words. */
export const maxStatusWords = 40;
/** The most ids and managers that are remembered for comparison. */
const MAX_COMPARED = 200_000;

/** What the values say about the roles that depend on them. */
export interface ValueSurvey {
  readonly rows: number;
  /** The form that all ids share, for `id.pattern`; null if they share none. */
  readonly idPattern: string | null;
  /** Distinct words as first written, in file order, cut off after `maxStatusWords`. */
  readonly statusWords: readonly string[];
  readonly dates: Readonly<Record<'hireDate' | 'leaveDate', DateGuess>>;
  /** Words for blank that programs are known to write, as they are in recognised columns, the commonest first; and how many cells say one. */
  readonly blanks: { readonly words: readonly string[]; readonly cells: number };
  /** False if no manager value is an id in the file. */
  readonly managersAreIds: boolean;
  /** The first value of the country column that is not a country; null if all are known. */
  readonly unknownCountry: string | null;
}

/** Reads the whole file. Throws `FileHold` for a file that cannot be read. */
export async function surveyValues(
  file: LocalFile,
  expect: ExportExpectation,
  { roles }: RecognisedColumns,
): Promise<ValueSurvey> {
  const opened = await openExport(file.read(), expect);
  const valueOf = bindRoles(opened.shape, (role) => roles.get(role)?.column);
  const words = new Map<string, string>();
  const blanks = new Map<string, number>();
  const dates = { hireDate: new DateForms(), leaveDate: new DateForms() };
  const ids = new Set<string>();
  const idColumn = new IdColumn();
  const managers = new Set<string>();
  const toCountry = compileCountry('alpha-2');
  let unknownCountry: string | null = null;
  let rows = 0;
  for await (const records of opened.records) {
    for (const record of records) {
      rows++;
      const written = valueOf(record);
      for (const role of roles.keys()) {
        const blank = knownBlankWord(written(role));
        if (blank !== null) blanks.set(blank, (blanks.get(blank) ?? 0) + 1);
      }
      const read: ReadRole = (role) => {
        const text = written(role);
        return knownBlankWord(text) === null ? text : '';
      };
      const word = read('status').trim();
      if (word !== '' && words.size <= maxStatusWords && !words.has(foldStatusWord(word)))
        words.set(foldStatusWord(word), word);
      dates.hireDate.add(read('hireDate'));
      dates.leaveDate.add(read('leaveDate'));
      const id = read('id').trim();
      idColumn.add(id);
      if (ids.size < MAX_COMPARED) ids.add(id);
      if (managers.size < MAX_COMPARED) managers.add(read('manager').trim());
      const country = read('country').trim();
      if (unknownCountry === null && country !== '' && !toCountry(country).ok) unknownCountry = country;
    }
  }
  managers.delete('');
  return {
    rows,
    idPattern: idColumn.guess(),
    statusWords: [...words.values()],
    blanks: {
      words: [...blanks].sort(([, one], [, other]) => other - one).map(([word]) => word),
      cells: [...blanks.values()].reduce((sum, cells) => sum + cells, 0),
    },
    dates: { hireDate: dates.hireDate.guess(), leaveDate: dates.leaveDate.guess() },
    managersAreIds: managers.size === 0 || [...managers].some((id) => ids.has(id)),
    unknownCountry,
  };
}

type ReadRole = (role: ColumnRole) => string;

function bindRoles(
  shape: ExportShape,
  columnOf: (role: ColumnRole) => string | undefined,
): (record: ExportRecord) => ReadRole {
  const indexOf = (role: ColumnRole): number => shape.columns?.indexOf(columnOf(role) ?? '') ?? -1;
  const indexes = new Map<ColumnRole, number>();
  const places = (role: ColumnRole): number => {
    const known = indexes.get(role) ?? indexOf(role);
    indexes.set(role, known);
    return known;
  };
  return (record) => {
    if (record.kind === 'csv') return (role) => record.cells[places(role)] ?? '';
    if (record.kind === 'json') return (role) => textAt(record.value, columnOf(role));
    return () => '';
  };
}

/** The text at a dotted path; blank if there is none, and for lists and objects. */
function textAt(value: JsonObject, path: string | undefined): string {
  if (path === undefined) return '';
  let found: JsonValue | undefined = value;
  for (const step of path.split('.')) {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return '';
    found = Object.hasOwn(found, step) ? (found as JsonObject)[step] : undefined;
  }
  return typeof found === 'object' || found === undefined ? '' : String(found);
}
