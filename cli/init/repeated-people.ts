// People with several rows in the file, and the rules of `rowsPerPerson` that tell for each of them which row counts: tried with the product's own
// reading and decision, and none that decides nothing.
import { foldId } from '../../shared/columns/id';
import type { ExportExpectation, ExportRecord, ExportShape } from '../../shared/export/export-record';
import { openExport } from '../../shared/export/open-export';
import { compileMapping, type MappedRecord } from '../../shared/mapping/compile-mapping';
import { decideRows, type RowOfId } from '../../shared/people/rows-of-id';
import { canBeInactive } from '../../shared/source/active-settings';
import type { PreferRule } from '../../shared/source/rows-per-person-settings';
import { readAcceptedSettings, type SourceSettings } from '../../shared/source/source-settings';
import type { LocalFile } from '../local-file';
import { namesOfRoles } from './column-names';
import { plainName, readingsOf } from './column-readings';
import { DateForms } from './guess-date-format';
import { isNo, isYes } from './status-vocabulary';
import { textReader } from './survey-values';

/** Rows that are compared. Our choice, 2026-11: more have another cause than contracts. */
const MAX_ROWS = 20_000;

/** What is found of people with several rows: the rules, or somebody whom no rule tells apart. */
export type RepeatedPeople =
  /** None of them needs a rule: their rows say the same, or all of them that the person has left. */
  | { readonly kind: 'clear' }
  | { readonly kind: 'rules'; readonly people: number; readonly prefer: readonly PreferRule[] }
  | {
      readonly kind: 'open';
      readonly people: number;
      readonly first: { readonly id: string; readonly lines: readonly number[] };
    }
  | { readonly kind: 'too-many' };

/**
 * Looks for rules. `text`: the proposal so far, `expect`: how the file is read, `columns`: their names, `repeated`: the ids with several rows, folded.
 */
export async function findRules(
  file: LocalFile,
  text: string,
  expect: ExportExpectation,
  columns: readonly string[],
  repeated: ReadonlySet<string>,
): Promise<RepeatedPeople> {
  const opened = await openExport(file.read(), expect);
  const records = await recordsOf(opened, expect.idColumn, repeated);
  if (records === null) return { kind: 'too-many' };
  const settings = readAcceptedSettings(text);
  if (settings === null) return { kind: 'clear' };
  const rules = rulesToTry(settings, opened.shape, columns, records);
  const people = await peopleOf({ ...settings, rowsPerPerson: { prefer: [...rules] } }, opened.shape, records);
  return chooseRules(rules, people);
}

async function recordsOf(
  { shape, records }: { readonly shape: ExportShape; readonly records: AsyncIterable<readonly ExportRecord[]> },
  idColumn: string,
  repeated: ReadonlySet<string>,
): Promise<readonly ExportRecord[] | null> {
  const readId = textReader(shape, idColumn);
  const found: ExportRecord[] = [];
  for await (const chunk of records) {
    for (const record of chunk) if (repeated.has(foldId(readId(record)))) found.push(record);
    if (found.length > MAX_ROWS) return null;
  }
  return found;
}

const MAIN: ReadonlySet<string> = new Set(
  `primary | is primary | primary flag | primary job | is primary job | primary position | primary assignment | primary employment |
    primary contract | main | is main | main job | main position | main assignment | haupt | hauptstelle | hauptbeschäftigung |
    hauptanstellung | hauptvertrag | hauptarbeitsverhältnis | principal | poste principal | emploi principal | contrat principal |
    puesto principal`
    .split('|')
    .map(plainName),
);

const BEGINS: ReadonlySet<string> = new Set(
  [
    ...namesOfRoles.hireDate.sure,
    ...namesOfRoles.hireDate.perhaps,
    ...`effective date | effective from | effective start date | position start date | job start date | assignment start date |
      contract start date | begin date | begda | wirksam ab | vertragsbeginn | date d'effet | fecha efectiva`.split(
      '|',
    ),
  ].map(plainName),
);

/** The rules that the columns allow, the most telling ones first. */
function rulesToTry(
  settings: SourceSettings,
  shape: ExportShape,
  columns: readonly string[],
  records: readonly ExportRecord[],
): readonly PreferRule[] {
  const isNamed = (names: ReadonlySet<string>) => (column: string) =>
    readingsOf(column, shape.columns === null).some((name) => names.has(name));
  const valuesOf = (column: string): readonly string[] => {
    const read = textReader(shape, column);
    return records.map((record) => read(record).trim());
  };
  const marks = columns.filter(isNamed(MAIN)).flatMap((column): readonly PreferRule[] => {
    const words = [...new Set(valuesOf(column))].filter((word) => word !== '');
    const values = words.filter(isYes);
    return values.length > 0 && words.every((word) => isYes(word) || isNo(word)) ? [{ column, values }] : [];
  });
  const days = columns.filter(isNamed(BEGINS)).flatMap((column): readonly PreferRule[] => {
    const forms = new DateForms();
    const values = valuesOf(column);
    for (const value of values) forms.add(value);
    const guess = forms.guess();
    if (guess.kind !== 'format' || values.includes('')) return [];
    return [{ column, latest: true, date: { format: guess.format } }];
  });
  return [...(canBeInactive(settings.active) ? (['active'] as const) : []), ...marks, ...days];
}

interface RepeatedPerson {
  readonly id: string;
  readonly rows: readonly RowOfId[];
}

/** The rows of each person as intake sees them; their ranks by all rules. */
async function peopleOf(
  settings: SourceSettings,
  shape: ExportShape,
  records: readonly ExportRecord[],
): Promise<readonly RepeatedPerson[]> {
  const mapper = compileMapping(settings, { at: Date.now() }).bind(shape);
  try {
    const people = new Map<string, { id: string; rows: RowOfId[] }>();
    const users = new Map<string, bigint>();
    for (const mapped of await mapper.map(records)) {
      const id = mapped.kind === 'user' ? mapped.externalId : (mapped.id ?? '');
      const person = people.get(foldId(id)) ?? { id, rows: [] };
      person.rows.push(rowOf(mapped, users));
      people.set(foldId(id), person);
    }
    return [...people.values()];
  } finally {
    mapper.end();
  }
}

function rowOf(mapped: MappedRecord, users: Map<string, bigint>): RowOfId {
  const { line } = mapped;
  if (mapped.kind !== 'user') {
    const [active, rank] = mapped.kind === 'rejected' ? [mapped.active, mapped.rank] : [null, null];
    return { line, canGo: false, active, waits: false, rank, record: 0n };
  }
  const text = JSON.stringify(mapped.user);
  const record = users.get(text) ?? BigInt(users.size + 1);
  users.set(text, record);
  return { line, canGo: true, active: mapped.active, waits: mapped.goesOn !== undefined, rank: mapped.rank, record };
}

function chooseRules(rules: readonly PreferRule[], people: readonly RepeatedPerson[]): RepeatedPeople {
  const openBy = (chosen: readonly number[]): readonly RepeatedPerson[] =>
    people.filter(({ rows }) => decideRows(rows.map((row) => onlyBy(row, chosen))).counts === null);
  let open = openBy([]);
  if (open.length === 0) return { kind: 'clear' };
  const inDoubt = open.length;
  // Without it, an active row beside an inactive one is a contradiction.
  const chosen = rules[0] === 'active' ? [0] : [];
  open = openBy(chosen);
  for (const at of rules.keys()) {
    const tried = openBy([...chosen, at]);
    if (open.length === 0 || chosen.includes(at) || tried.length >= open.length) continue;
    chosen.push(at);
    open = tried;
  }
  const [first] = open;
  if (first === undefined) return { kind: 'rules', people: inDoubt, prefer: chosen.flatMap((at) => rules[at] ?? []) };
  return { kind: 'open', people: open.length, first: { id: first.id, lines: first.rows.map(({ line }) => line) } };
}

const onlyBy = (row: RowOfId, rules: readonly number[]): RowOfId => ({
  ...row,
  rank: row.rank && rules.map((at) => row.rank?.[at] ?? Number.NaN),
});
