// One mistake in a source.json, with the place where its author finds it.
import type { ValuesOf } from '../core/codes';
import type { PlacedMessage } from '../core/message';
import type { SourceCode, sourceCodes } from './source-codes';

/** A mistake (or, from the lint, a warning). `path` is a JSON path, `$.mapping.emails[0].value`. The values quote settings, never people. */
export interface SettingsProblem extends PlacedMessage {
  readonly code: SourceCode;
}

/** Steps from the root of the settings to a member. */
export type SettingsPath = readonly (string | number)[];

const plainName = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** Writes a path as JSON path (RFC 9535): names that are not plain words are in brackets, `$.mapping["urn:…"].hireDate`. */
export function toJsonPath(path: SettingsPath): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return plainName.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return `$${steps.join('')}`;
}

/** Makes a problem from the path's steps. */
export const problemAt = <C extends SourceCode>(
  path: SettingsPath,
  code: C,
  values: ValuesOf<typeof sourceCodes, C>,
): SettingsProblem => ({ path: toJsonPath(path), code, values });
