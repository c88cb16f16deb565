// A source's settings as the product uses them: parsed once at the boundary, with their expectations of a file.
import type { ExportExpectation } from '../export/export-record';
import { findEncoding } from '../export/text/encoding-names';
import { checkMapping } from './check-mapping';
import { checkFrame, checkRules } from './check-frame';
import { readJsonText } from './json-text';
import { problemAt, type SettingsProblem } from './settings-problem';
import type { SourceSettings } from './settings-schema';
import { columnsOf, knownTextsOf } from './mapped-leaves';

export type { SettingsProblem } from './settings-problem';
export type { SourceSettings } from './settings-schema';

/** Settings that may be used, or all mistakes in them. */
export type ParsedSettings =
  | { readonly ok: true; readonly settings: SourceSettings }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] };

/**
 * Parses a source.json and reports every mistake at once, each with its JSON path. Broken JSON is one problem with line and
 * column. Defaults are filled in. `expectedName` is the folder's name. Never throws.
 */
export function parseSourceSettings(text: string, expectedName: string): ParsedSettings {
  const json = readJsonText(text);
  if (!json.ok) {
    const { line, column } = json;
    return { ok: false, problems: [problemAt([], 'settings-not-json', { line, column })] };
  }
  const twice = json.duplicates.map((path) => problemAt(path, 'settings-key-twice', {}));
  const frame = checkFrame(json.value);
  const ofMapping = checkMapping(json.value);
  const columns = frame.settings !== null && ofMapping.length === 0 ? columnsOf(frame.settings).mapped : [];
  const problems = [...twice, ...frame.problems, ...ofMapping, ...checkRules(json.value, expectedName, columns)];
  return problems.length === 0 && frame.settings !== null
    ? { ok: true, settings: frame.settings }
    : { ok: false, problems };
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
    recordsPath: file.records ?? null,
    aliases: file.aliases ?? {},
    requiredColumns: columns.required,
    mappedColumns: columns.mapped,
    knownTexts: knownTextsOf(settings),
    idColumn: typeof id === 'string' ? id : id.column,
    idPattern: typeof id === 'string' ? null : (id.pattern ?? null),
    maxBytes: file.maxBytes,
    maxInflatedBytes: file.maxInflatedBytes,
  };
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
