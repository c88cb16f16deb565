// What `rollcall init` writes where only a person knows the value. Such settings are of the right form, but nothing may be read with them.
import { quote } from '../core/message';
import { problemAt, type SettingsPath, type SettingsProblem } from './settings-problem';

const BEGIN = 'REPLACE-WITH-';

/** The placeholder for something: `REPLACE-WITH-STATUS-COLUMN`. */
export const placeholder = (what: string): string => `${BEGIN}${what}`;

/** True of a text that is still one. */
export const isPlaceholder = (text: string): boolean => text.startsWith(BEGIN);

/**
 * The placeholders in the value of a source.json, as mistakes, except those of `job`: there is no job before the set-up, and a file can be checked
 * without one. The depth was limited when the text was read.
 */
export function checkPlaceholders(value: unknown, path: SettingsPath = []): readonly SettingsProblem[] {
  if (typeof value === 'string')
    return isPlaceholder(value) ? [problemAt(path, 'settings-placeholder', { text: quote(value) })] : [];
  if (typeof value !== 'object' || value === null) return [];
  const steps: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : Object.entries(value);
  return steps
    .filter(([step]) => path.length > 0 || step !== 'job')
    .flatMap(([step, child]) => checkPlaceholders(child, [...path, step]));
}
