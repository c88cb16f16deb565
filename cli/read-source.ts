// The source.json given to a command.
import type { FileHold } from '../shared/core/errors';
import { holdRun } from '../shared/run/hold-run';
import { readJsonText, readSettingsText } from '../shared/source/json-text';
import { parseSourceSettings, type ParsedSettings, type SourceSettings } from '../shared/source/source-settings';
import { quotePath, readSmall } from './local-file';

/** Reads settings; throws `FileHold` (`source-not-readable`). On a laptop, their folder may have any name. */
export async function readSource(path: string): Promise<ParsedSettings> {
  const text = readSettingsText(await readSmall(path, 'source-not-readable'));
  return parseSourceSettings(text, nameIn(text));
}

function nameIn(text: string): string {
  const json = readJsonText(text);
  const value: unknown = json.ok ? json.value : null;
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string'
    ? value.name
    : '';
}

/** The settings; throws `FileHold` with the mistakes in them. */
export async function readUsableSource(path: string): Promise<SourceSettings> {
  const source = await readSource(path);
  if (!source.ok) throw holdOfProblems(path, source);
  return source.settings;
}

type RefusedSettings = Extract<ParsedSettings, { readonly ok: false }>;

/** The mistakes as one hold, as intake reports them. */
export function holdOfProblems(path: string, { problems, more }: RefusedSettings): FileHold {
  return holdRun('source-invalid', { settings: quotePath(path), problems, more });
}
