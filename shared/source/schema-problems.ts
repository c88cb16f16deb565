// Turns ajv's errors into problems, each with the JSON path of the member concerned.
import { quote } from '../core/message';
import type { FormMistake } from './source-codes';
import type { ErrorObject } from 'ajv';
import { problemAt, type SettingsPath, type SettingsProblem } from './settings-problem';

const stepsOf = (pointer: string): SettingsPath =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

interface ErrorDetails {
  readonly missingProperty?: string;
  readonly additionalProperty?: string;
  readonly allowedValues?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly limit?: number;
  readonly pattern?: string;
}

const mistakeOf = ({ keyword }: ErrorObject, details: ErrorDetails): FormMistake => {
  switch (keyword) {
    case 'enum':
      return { rule: 'one-of', allowed: (details.allowedValues ?? []).map((value) => quote(String(value))) };
    case 'type':
      return { rule: 'type', types: [details.type ?? ''].flat() };
    case 'pattern':
      // The pattern of every word.
      if (details.pattern === '\\S') return { rule: 'blank' };
      return { rule: 'pattern', pattern: quote(details.pattern ?? '') };
    case 'anyOf':
      return { rule: 'column-or-object' };
    case 'not':
      return { rule: 'false-or-object' };
    case 'minLength':
    case 'maxLength':
    case 'minItems':
    case 'maxItems':
    case 'minimum':
    case 'maximum':
    case 'minProperties':
      return { rule: keyword, limit: details.limit ?? 0 };
    default:
      return { rule: 'other' };
  }
};

const toProblem = (error: ErrorObject, base: SettingsPath): SettingsProblem => {
  const at = [...base, ...stepsOf(error.instancePath)];
  const details = error.params as ErrorDetails;
  if (details.missingProperty !== undefined) {
    return problemAt([...at, details.missingProperty], 'settings-member-missing', {});
  }
  if (details.additionalProperty !== undefined) {
    return problemAt([...at, details.additionalProperty], 'settings-member-unknown', {});
  }
  return problemAt(at, 'settings-member-form', mistakeOf(error, details));
};

/** True of a place and everything in it. */
const isAt = (pointer: string, place: string): boolean => pointer === place || pointer.startsWith(`${place}/`);

/**
 * Turns ajv's errors (`allErrors`) into problems; `base` is the path of the value that was checked. For a choice (`anyOf`), only the
 * mistakes of the intended branch are reported: the one whose type fits.
 */
export function toSettingsProblems(errors: readonly ErrorObject[], base: SettingsPath): readonly SettingsProblem[] {
  const choices = errors.filter((error) => error.keyword === 'anyOf');
  const insideOf = (choice: ErrorObject, error: ErrorObject): boolean =>
    error !== choice &&
    error.schemaPath.startsWith(`${choice.schemaPath}/`) &&
    isAt(error.instancePath, choice.instancePath);
  // A branch of another type may find more to say about a value that it is not meant for: that it is none of its words.
  const wrongBranches = errors
    .filter(({ keyword, instancePath, schemaPath }) =>
      choices.some(
        (choice) =>
          keyword === 'type' && schemaPath.startsWith(`${choice.schemaPath}/`) && choice.instancePath === instancePath,
      ),
    )
    .map(({ schemaPath, instancePath }) => ({ branch: schemaPath.slice(0, -'type'.length), instancePath }));
  // Each entry of a list has made its own choice.
  const told = errors.filter(
    ({ schemaPath, instancePath }) =>
      !wrongBranches.some((wrong) => schemaPath.startsWith(wrong.branch) && isAt(instancePath, wrong.instancePath)),
  );
  return told
    .filter((error) => error.keyword !== 'anyOf' || !told.some((other) => insideOf(error, other)))
    .map((error) => {
      const isOfWords =
        error.keyword === 'anyOf' && errors.some((other) => other.keyword === 'enum' && insideOf(error, other));
      return toProblem(isOfWords ? { ...error, keyword: 'words-or-object' } : error, base);
    });
}
