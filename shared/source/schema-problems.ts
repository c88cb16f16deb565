// Turns ajv's errors into problems: one sentence per mistake, with the JSON path of the member that is meant.
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

const quote = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ');

const sentenceOf = (error: ErrorObject, details: ErrorDetails): string => {
  switch (error.keyword) {
    case 'enum':
      return `Must be one of ${quote(details.allowedValues ?? [])}.`;
    case 'type':
      return `Must be of type ${[details.type ?? ''].flat().join(' or ')}.`;
    case 'pattern':
      return `Does not have the form ${details.pattern ?? ''}.`;
    case 'anyOf':
      return 'Must be a column name or an object as the schema describes.';
    default:
      return `Is not right: it ${error.message ?? 'breaks the schema'}.`;
  }
};

const toProblem = (error: ErrorObject, base: SettingsPath): SettingsProblem => {
  const at = [...base, ...stepsOf(error.instancePath)];
  const details = error.params as ErrorDetails;
  if (details.missingProperty !== undefined) {
    return problemAt([...at, details.missingProperty], 'settings-member-missing', 'This member is missing.');
  }
  if (details.additionalProperty !== undefined) {
    return problemAt(
      [...at, details.additionalProperty],
      'settings-member-unknown',
      'There is no member of this name.',
    );
  }
  return problemAt(at, 'settings-member-form', sentenceOf(error, details));
};

/**
 * Problems of ajv's errors (`allErrors`), `base` being the path of the value that was checked. Of a choice (`anyOf`) only the
 * mistakes of the branch that was meant are told: the one whose type fits.
 */
export function toSettingsProblems(errors: readonly ErrorObject[], base: SettingsPath): readonly SettingsProblem[] {
  const choices = errors.filter((error) => error.keyword === 'anyOf');
  const insideOf = (choice: ErrorObject, error: ErrorObject): boolean =>
    error !== choice && error.schemaPath.startsWith(`${choice.schemaPath}/`);
  const wrongBranch = (error: ErrorObject): boolean =>
    error.keyword === 'type' &&
    choices.some((choice) => insideOf(choice, error) && choice.instancePath === error.instancePath);
  const told = errors.filter((error) => !wrongBranch(error));
  return told
    .filter((error) => error.keyword !== 'anyOf' || !told.some((other) => insideOf(error, other)))
    .map((error) => toProblem(error, base));
}
