// Checks what the settings say about lines that are not people and rows of another source (`file.ignore`, `trailer`, `only`, `except`): that each can be
// used, and that none contradicts another one or the status words.
import { compileBlankWords } from '../columns/blank-words';
import { foldStatusWord } from '../columns/fold';
import { compileLinearPattern } from '../columns/linear-pattern';
import { quote } from '../core/message';
import { TRAILER_ROWS } from '../export/csv/line-rules';
import { statusColumnsOf, type ActiveSettings } from './active-settings';
import { columnsOf } from './mapped-leaves';
import { filtersOf } from './rows-settings';
import { problemAt, type SettingsPath, type SettingsProblem } from './settings-problem';
import type { SourceSettings } from './settings-schema';

type IgnoreRule = NonNullable<SourceSettings['file']['ignore']>[number];
type Filter = ReturnType<typeof filtersOf>[number] & { readonly member: 'only' | 'except' };

/** The mistakes in them, in settings that are valid otherwise. */
export const checkRowsOfFile = (settings: SourceSettings): readonly SettingsProblem[] => [
  ...checkIgnore(settings),
  ...checkTrailer(settings),
  ...checkFilters(settings),
];

/** A test of lines: what a rule finds in them, or why its pattern cannot be used. */
function testOf(rule: IgnoreRule) {
  if (typeof rule === 'string') return { ok: true, finds: (line: string) => line.startsWith(rule) } as const;
  const compiled = compileLinearPattern(rule.pattern);
  return compiled.ok ? ({ ok: true, finds: (line: string) => compiled.form.test(line) } as const) : compiled;
}

function* checkIgnore(settings: SourceSettings): Generator<SettingsProblem> {
  const { ignore = [], trailer } = settings.file;
  const names = namesOfColumns(settings);
  const closing = trailer === undefined ? null : beginningOf(trailer.pattern);
  for (const [index, rule] of ignore.entries()) {
    const path: SettingsPath = ['file', 'ignore', index];
    const test = testOf(rule);
    if (!test.ok) {
      yield problemAt([...path, 'pattern'], 'settings-pattern-invalid', { fault: test.fault });
      continue;
    }
    const { finds } = test;
    const column = names.find((name) => finds(name) || finds(`"${name}"`));
    if (finds('')) yield problemAt(path, 'settings-lines-clash', { clash: 'every-line' });
    else if (column !== undefined)
      yield problemAt(path, 'settings-lines-clash', { clash: 'header', column: quote(column) });
    else if (closing !== null && finds(closing)) yield problemAt(path, 'settings-lines-clash', { clash: 'trailer' });
  }
}

/** The names that a header may begin with. */
const namesOfColumns = (settings: SourceSettings): readonly string[] => [
  ...columnsOf(settings).mapped,
  ...Object.values(settings.file.aliases ?? {}).flat(),
];

/** The text with which every line that fits the pattern begins, as far as it is plain; null if there is none. */
function beginningOf(pattern: string): string | null {
  const [, plain = '', next = ''] = /^\^((?:[^\\.*+?^${}()|[\]]|\\[^A-Za-z0-9])*)(.?)/u.exec(pattern) ?? [];
  // What is repeated may be missing, and one of several parts may be another one.
  const sure = /[*?{]/.test(next) ? plain.replace(/\\?.$/u, '') : plain;
  return sure === '' || pattern.includes('|') ? null : sure.replace(/\\(.)/gu, '$1');
}

function* checkTrailer({ file: { trailer } }: SourceSettings): Generator<SettingsProblem> {
  if (trailer === undefined) return;
  const path: SettingsPath = ['file', 'trailer', 'pattern'];
  const compiled = compileLinearPattern(trailer.pattern);
  if (!compiled.ok) yield problemAt(path, 'settings-pattern-invalid', { fault: compiled.fault });
  else if (!compiled.groups.includes(TRAILER_ROWS))
    yield problemAt(path, 'settings-lines-clash', { clash: 'no-count' });
}

function* checkFilters(settings: SourceSettings): Generator<SettingsProblem> {
  const { file } = settings;
  const filters: readonly Filter[] = (['only', 'except'] as const).flatMap((member) =>
    filtersOf(file[member]).map((one) => ({ ...one, member })),
  );
  for (const [at, one] of filters.entries()) {
    yield* checkValues(one, settings);
    const { column } = one.filter;
    const before = filters.slice(0, at).find((other) => other.filter.column === column);
    if (before === undefined) continue;
    const path: SettingsPath = ['file', one.member, ...one.path];
    if (before.member === one.member) {
      yield problemAt([...path, 'column'], 'settings-filter-clash', { clash: 'column-twice', column: quote(column) });
      continue;
    }
    const wanted = new Set(before.filter.values.map(foldStatusWord));
    for (const [index, value] of one.filter.values.entries()) {
      if (!wanted.has(foldStatusWord(value))) continue;
      yield problemAt([...path, 'values', index], 'settings-filter-clash', { clash: 'both', value: quote(value) });
    }
  }
}

function* checkValues({ member, path, filter }: Filter, { file, active }: SourceSettings): Generator<SettingsProblem> {
  const at: SettingsPath = ['file', member, ...path];
  const isBlank = compileBlankWords(file.blank);
  const seen = new Set<string>();
  for (const [index, value] of filter.values.entries()) {
    const folded = foldStatusWord(value);
    const place = [...at, 'values', index];
    if (isBlank(value)) yield problemAt(place, 'settings-blank-word-used', { word: quote(value), place: 'filter' });
    else if (seen.has(folded)) yield problemAt(place, 'settings-filter-clash', { clash: 'twice', value: quote(value) });
    seen.add(folded);
  }
  // A word that is to disable people must reach the status: set aside, it would disable nobody.
  for (const word of statusWordsOf(active, filter.column)) {
    if (seen.has(foldStatusWord(word)) === (member === 'only')) continue;
    yield problemAt([...at, 'values'], 'settings-filter-clash', { clash: 'status-word', value: quote(word) });
  }
}

/** What the settings say of a column as a status: its words, '' for a blank cell. */
const statusWordsOf = (active: ActiveSettings, column: string): readonly string[] =>
  statusColumnsOf(active)
    .filter(({ status }) => status.column === column)
    .flatMap(({ status }) => [
      ...(status.active ?? []),
      ...(status.inactive ?? []),
      ...(status.blank === undefined ? [] : ['']),
    ]);
