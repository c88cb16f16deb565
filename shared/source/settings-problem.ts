// One mistake in a source.json, with the place where its author finds it.
import type { ValuesOf } from '../core/codes';
import type { PlacedMessage } from '../core/message';
import { MAX_PATH_CHARS } from './settings-limits';
import type { SourceCode, sourceCodes } from './source-codes';

/** A mistake (or, from the lint, a warning). `path` is a JSON path, `$.mapping.emails[0].value`. The values quote settings, never people. */
export interface SettingsProblem extends PlacedMessage {
  readonly code: SourceCode;
}

/** Steps from the root of the settings to a member. */
export type SettingsPath = readonly (string | number)[];

const plainName = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

function stepText(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  const shown = step.slice(0, MAX_PATH_CHARS);
  return plainName.test(shown) ? `.${shown}` : `[${JSON.stringify(shown)}]`;
}

/**
 * Writes a path as JSON path (RFC 9535): names that are not plain words are in brackets, `$.mapping["urn:…"].hireDate`. One of more than
 * `MAX_PATH_CHARS` is cut.
 */
export function toJsonPath(path: SettingsPath): string {
  let text = '$';
  for (const step of path) {
    text += stepText(step);
    if (text.length > MAX_PATH_CHARS) return `${text.slice(0, MAX_PATH_CHARS)}…`;
  }
  return text;
}

/** Makes a problem from the path's steps. */
export const problemAt = <C extends SourceCode>(
  path: SettingsPath,
  code: C,
  values: ValuesOf<typeof sourceCodes, C>,
): SettingsProblem => ({ path: toJsonPath(path), code, values });
