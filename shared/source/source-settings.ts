// A source's settings as the product uses them: parsed once at the boundary, with their expectations of a file.
import type { ExportExpectation } from '../export/export-record';
import { lineMatchBudgetMs } from '../export/export-limits';
import { findEncoding } from '../export/text/encoding-names';
import { checkBlankWords } from './check-blank';
import { checkLookup } from './check-lookup';
import { checkMapping } from './check-mapping';
import { checkRowsOfFile } from './check-rows';
import { checkFrame, checkRules, frameOf } from './check-frame';
import { checkRowsPerPerson } from './check-rows-per-person';
import { readJsonText, type JsonLimit } from './json-text';
import { checkPlaceholders } from './placeholder';
import {
  MAX_ATTRIBUTES,
  MAX_EXPRESSIONS_CHARS,
  MAX_PROBLEMS_TOLD,
  MAX_SETTINGS_BYTES,
  MAX_SETTINGS_DEPTH,
  MAX_SETTINGS_TEXT_CHARS,
  MAX_SETTINGS_VALUES,
} from './settings-limits';
import { problemAt, type SettingsProblem } from './settings-problem';
import type { SourceSettings } from './settings-schema';
import { columnsOf, knownTextsOf, walkMapping } from './mapped-leaves';
import { filtersOf } from './rows-settings';
import { idColumnOf } from './settings-schema';

export type { SettingsProblem } from './settings-problem';
export type { SourceSettings } from './settings-schema';

/** Settings that may be used, or the mistakes in them. */
export type ParsedSettings =
  | { readonly ok: true; readonly settings: SourceSettings }
  | {
      readonly ok: false;
      /** At most `MAX_PROBLEMS_TOLD`. */
      readonly problems: readonly SettingsProblem[];
      /** How many mistakes there are beside them. */
      readonly more: number;
    };

/**
 * Parses a source.json and reports the mistakes together, each with its JSON path. Broken JSON is one problem with line and
 * column, and so is the first thing that is too large. Defaults are filled in. `expectedName` is the folder's name. Never throws.
 */
export function parseSourceSettings(text: string, expectedName: string): ParsedSettings {
  if (Buffer.byteLength(text) > MAX_SETTINGS_BYTES) return refused([tooMuch('bytes', MAX_SETTINGS_BYTES)]);
  const json = readJsonText(text);
  if (!json.ok) {
    const { line, column, exceeds } = json;
    if (exceeds === null) return refused([problemAt([], 'settings-not-json', { line, column })]);
    return refused([problemAt([], 'settings-too-large', { excess: exceeds, max: JSON_LIMITS[exceeds], line, column })]);
  }
  if (expressionChars(json.value) > MAX_EXPRESSIONS_CHARS) {
    return refused([tooMuch('expressions', MAX_EXPRESSIONS_CHARS)]);
  }
  const twice = json.duplicates.map((path) => problemAt(path, 'settings-key-twice', {}));
  const frame = checkFrame(json.value);
  const ofMapping = checkMapping(json.value);
  const isWhole = frame.settings !== null && ofMapping.length === 0;
  if (isWhole && hasTooMany(walkMapping(frame.settings.mapping), MAX_ATTRIBUTES)) {
    return refused([tooMuch('attributes', MAX_ATTRIBUTES)]);
  }
  const columns = isWhole ? columnsOf(frame.settings).mapped : [];
  const ofBlank = isWhole ? checkBlankWords(frame.settings) : [];
  const ofLookup = isWhole ? checkLookup(frame.settings) : [];
  const ofRows = isWhole ? checkRowsOfFile(frame.settings) : [];
  const ofRules = frame.settings === null ? [] : checkRowsPerPerson(frame.settings);
  const problems = [
    ...twice,
    ...frame.problems,
    ...ofMapping,
    ...checkRules(json.value, expectedName, columns),
    ...checkPlaceholders(json.value),
    ...ofBlank,
    ...ofLookup,
    ...ofRows,
    ...ofRules,
  ];
  return problems.length === 0 && frame.settings !== null ? { ok: true, settings: frame.settings } : refused(problems);
}

/**
 * Settings that were accepted once, by these rules or by older ones. Only their form is asked for, so what a milder version began is understood by
 * a stricter one; null if even that is not what is read here. They need not compile any more. Never throws.
 */
export function readAcceptedSettings(text: string): SourceSettings | null {
  try {
    return frameOf(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return null;
  }
}

const refused = (problems: readonly SettingsProblem[]): ParsedSettings => ({
  ok: false,
  problems: problems.slice(0, MAX_PROBLEMS_TOLD),
  more: Math.max(0, problems.length - MAX_PROBLEMS_TOLD),
});

const tooMuch = (excess: 'bytes' | 'attributes' | 'expressions', max: number): SettingsProblem =>
  problemAt([], 'settings-too-large', { excess, max });

const JSON_LIMITS: Readonly<Record<JsonLimit, number>> = {
  depth: MAX_SETTINGS_DEPTH,
  values: MAX_SETTINGS_VALUES,
  chars: MAX_SETTINGS_TEXT_CHARS,
};

/** Characters of all members named `expression`, wherever they are. The depth was limited when the text was read. */
function expressionChars(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let chars = 0;
  for (const [name, child] of Object.entries(value) as [string, unknown][]) {
    chars += name === 'expression' && typeof child === 'string' ? child.length : expressionChars(child);
  }
  return chars;
}

function hasTooMany(items: Iterable<unknown>, max: number): boolean {
  let count = 0;
  for (const item of items) if (item !== undefined && ++count > max) return true;
  return false;
}

/** True if a file of this name (last segment) belongs to the source: `file.pattern` with `*` and `?`, ignoring case. */
export function matchesFilePattern(settings: SourceSettings, fileName: string): boolean {
  return matchesPattern(settings.file.pattern.toLowerCase(), fileName.toLowerCase());
}

/** What the settings expect of a file; `byteLength` is the length of the blob, null if unknown. */
export function exportExpectation(
  settings: SourceSettings,
  fileName: string,
  byteLength: number | null,
): ExportExpectation {
  const { file, id } = settings;
  const columns = columnsOf(settings);
  return {
    fileName,
    byteLength,
    format: file.format,
    encoding: file.encoding === undefined ? null : (findEncoding(file.encoding) ?? file.encoding),
    delimiter: file.delimiter ?? null,
    skipLines: file.skipLines,
    comment: file.comment ?? null,
    ...linesOf(file),
    ...rowsWantedBy(file),
    recordsPath: file.records ?? null,
    aliases: file.aliases ?? {},
    // Without a column to look up in, everybody would lose their manager; without one of a filter everybody would be sent; without a preferred one, a
    // less important rule would choose.
    requiredColumns: [...new Set([...columns.required, ...columns.lookups, ...columns.filters, ...columns.preferred])],
    mappedColumns: columns.mapped,
    knownTexts: knownTextsOf(settings),
    blankWords: file.blank ?? [],
    decisiveColumns: columns.required,
    managerColumns: columns.managers,
    nameColumns: columns.names,
    certainColumns: columns.certain,
    idColumn: idColumnOf(settings),
    idPattern: typeof id === 'string' ? null : (id.pattern ?? null),
    maxBytes: file.maxBytes,
    maxInflatedBytes: file.maxInflatedBytes,
  };
}

/** Nothing for settings that say nothing of lines. */
function linesOf({ ignore = [], trailer }: SourceSettings['file']): Pick<ExportExpectation, 'lines'> {
  if (ignore.length === 0 && trailer === undefined) return {};
  return { lines: { ignore, trailer: trailer?.pattern ?? null, budgetMs: lineMatchBudgetMs } };
}

/** Nothing for settings by which all rows are for the source. */
function rowsWantedBy(file: SourceSettings['file']): Pick<ExportExpectation, 'rows'> {
  const [only, except] = [file.only, file.except].map((one) => filtersOf(one).map(({ filter }) => filter));
  return file.only === undefined && file.except === undefined
    ? {}
    : { rows: { only: only ?? [], except: except ?? [] } };
}

// Character by character: as a regular expression, a pattern of many * can take very long.
/** True if the whole text matches: `*` is any number of characters or none, `?` exactly one. Takes at most pattern × text steps. */
export const matchesPattern = (pattern: string, text: string): boolean => {
  const form = Array.from(pattern);
  const signs = Array.from(text);
  let at = 0;
  let star = -1;
  let afterStar = 0;
  for (let sign = 0; sign < signs.length;) {
    if (form[at] === '*') {
      star = at++;
      afterStar = sign;
    } else if (form[at] === '?' || form[at] === signs[sign]) {
      at++;
      sign++;
    } else if (star === -1) {
      return false;
    } else {
      // The last * takes one more character; earlier ones never need to.
      at = star + 1;
      sign = ++afterStar;
    }
  }
  return form.slice(at).every((rest) => rest === '*');
};
