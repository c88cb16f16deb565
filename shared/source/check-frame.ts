// Checks the settings except their mapping: the frame by its schema, then the rules that a schema cannot express.
import { quote } from '../core/message';
import { schemaCheck } from '../core/schema-check';
import { compileColumnNames } from '../columns/column-names';
import { compileIdPattern } from '../columns/id-pattern';
import { findEncoding } from '../export/text/encoding-names';
import { checkActive } from './check-active';
import { checkGuard } from './check-guard';
import { checkDate } from './check-leaf';
import { isKnownZone } from './date-format';
import { leaveDateOf, settingsFrameSchema, type SourceSettings } from './settings-schema';
import type { FormMistake } from './source-codes';
import { toSettingsProblems } from './schema-problems';
import { problemAt, type SettingsProblem } from './settings-problem';

const frameCheck = schemaCheck(settingsFrameSchema, { allErrors: true, useDefaults: true, allowUnionTypes: true });

/** Checks all but the content of the mapping, and fills in defaults (in `value` itself). `settings` is null if the schema refuses them. */
export function checkFrame(value: unknown): {
  readonly settings: SourceSettings | null;
  readonly problems: readonly SettingsProblem[];
} {
  const validate = frameCheck();
  if (validate(value)) return { settings: value, problems: [...checkLeaveDate(value), ...checkExpectBy(value)] };
  return { settings: null, problems: toSettingsProblems(validate.errors ?? [], []) };
}

/** Mistakes that only a limit, or a member that is no longer read, makes of settings that are of the right form. */
const LIMITS: ReadonlySet<FormMistake['rule']> = new Set([
  'pattern',
  'blank',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
  'minProperties',
]);
const isOfLimit = ({ code, values }: SettingsProblem): boolean =>
  code === 'settings-member-unknown' || (code === 'settings-member-form' && LIMITS.has((values as FormMistake).rule));

/** The form alone, with defaults (filled in `value` itself): null if a member is missing, or of another type than the one that is read. */
export function frameOf(value: unknown): SourceSettings | null {
  const validate = frameCheck();
  if (validate(value) || toSettingsProblems(validate.errors ?? [], []).every(isOfLimit)) return value as SourceSettings;
  return null;
}

function checkLeaveDate(settings: SourceSettings): readonly SettingsProblem[] {
  const leaveDate = leaveDateOf(settings);
  return leaveDate === null ? [] : checkDate(leaveDate.date, ['unknownInactive', 'leaveDate', 'date']);
}

function checkExpectBy({ expectBy }: SourceSettings): readonly SettingsProblem[] {
  if (expectBy === undefined || isKnownZone(expectBy.zone)) return [];
  return [problemAt(['expectBy', 'zone'], 'settings-date-zone', { zone: quote(expectBy.zone) })];
}

type Members = Readonly<Record<string, unknown>>;
const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
const stringsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? item : '')) : [];

function checkName(root: Members, expectedName: string): SettingsProblem[] {
  if (typeof root['name'] !== 'string' || root['name'] === expectedName) return [];
  return [problemAt(['name'], 'settings-name-differs', { folder: quote(expectedName) })];
}

function checkIdPattern(root: Members): SettingsProblem[] {
  const pattern = membersOf(root['id'])['pattern'];
  if (typeof pattern !== 'string') return [];
  const form = compileIdPattern(pattern);
  return form.ok ? [] : [problemAt(['id', 'pattern'], 'settings-pattern-invalid', { fault: form.fault })];
}

function checkFile(root: Members): SettingsProblem[] {
  const file = membersOf(root['file']);
  const problems: SettingsProblem[] = [];
  const { encoding } = file;
  if (typeof encoding === 'string' && findEncoding(encoding) === null) {
    problems.push(problemAt(['file', 'encoding'], 'settings-encoding-unknown', { encoding: quote(encoding) }));
  }
  return problems;
}

/** Refuses ambiguous aliases. `columns` are the columns that the settings read, as far as they are known. */
function checkAliases(root: Members, columns: readonly string[]): SettingsProblem[] {
  const file = membersOf(root['file']);
  const aliases = Object.fromEntries(
    Object.entries(membersOf(file['aliases'])).map(([column, others]) => [column, stringsOf(others)]),
  );
  const [idColumn, ...mappedColumns] = [...columns, ...Object.keys(aliases)];
  if (idColumn === undefined) return [];
  const format = file['format'] === 'json' ? 'json' : 'csv';
  const { clashes } = compileColumnNames({ format, idColumn, requiredColumns: [], mappedColumns, aliases });
  return clashes.map(({ column, index, alias, owner }) =>
    problemAt(['file', 'aliases', column, index], 'settings-alias-twice', {
      alias: quote(alias),
      column: quote(owner),
    }),
  );
}

/**
 * Checks the rules that the schema cannot express; members that the schema refuses are skipped here. `columns` are those that the settings
 * read, none if the settings are too broken to tell.
 */
export function checkRules(
  value: unknown,
  expectedName: string,
  columns: readonly string[],
): readonly SettingsProblem[] {
  const root = membersOf(value);
  return [
    ...checkName(root, expectedName),
    ...checkFile(root),
    ...checkAliases(root, columns),
    ...checkIdPattern(root),
    ...checkActive(root['active']),
    ...checkGuard(root['guard']),
  ];
}
