// The codes with which the mapping rejects a row, holds a file or warns; docs/errors.md lists them.
import { defineCodes } from '../core/catalogue';

/** Codes of the mapping. */
export const mappingCodes = defineCodes({
  'id-missing': {
    kind: 'rejection',
    cause: 'The row has no id, so nobody can say whom it means.',
    cure: 'Fill in the id column.',
  },
  'status-missing': {
    kind: 'rejection',
    cause: 'The status column is blank. A person without a status is never enabled or disabled by guess.',
    cure: 'Fill in the status.',
  },
  'status-unknown': {
    kind: 'rejection',
    cause: 'The status word stands neither among the active nor among the inactive words of the settings.',
    cure: 'Correct the word, or have it added to the settings.',
  },
  'value-missing': {
    kind: 'rejection',
    cause: 'A column that must have a value is blank.',
    cure: 'Fill in the column.',
  },
  'value-not-in-table': {
    kind: 'rejection',
    cause: 'The value does not stand in the table of values of the settings.',
    cure: 'Correct the value, or have it added to the table.',
  },
  'value-not-single': {
    kind: 'rejection',
    cause: 'A list or an object stands where a single value is needed.',
    cure: 'Send a single value, or have the path in the settings corrected.',
  },
  'value-not-boolean': {
    kind: 'rejection',
    cause: 'The value is neither true nor false.',
    cure: 'Write true or false, or have a table of values added to the settings.',
  },
  'value-not-integer': {
    kind: 'rejection',
    cause: 'The value is not a whole number.',
    cure: 'Write digits only.',
  },
  'number-imprecise': {
    kind: 'rejection',
    cause: 'A JSON number has more digits than numbers can keep, so it would be changed.',
    cure: 'Write the value as a text, in quotes.',
  },
  'value-too-long': {
    kind: 'rejection',
    cause: 'The value is longer than the directory takes.',
    cure: 'Shorten the value.',
  },
  'user-name-form': {
    kind: 'rejection',
    cause:
      "The sign-in name is not one that Entra takes: name@domain, at most 64 and 48 characters, letters without accents, digits and ' . - _ ! # ^ ~ only, no dot before the @.",
    cure: 'Correct the sign-in name.',
  },
  'user-not-scim': {
    kind: 'rejection',
    cause: 'The user made from the row breaks the SCIM schema.',
    cure: 'Have the mapping of the attribute corrected.',
  },
  'date-unreadable': {
    kind: 'rejection',
    cause: 'The date is not written in a form that the settings declare.',
    cure: 'Write the date in the declared form.',
  },
  'date-impossible': {
    kind: 'rejection',
    cause: 'There is no such day or time, for example 31 February, or an hour that the clock skips in spring.',
    cure: 'Correct the date.',
  },
  'date-ambiguous': {
    kind: 'rejection',
    cause: 'The date can be read in two ways: by two declared forms, or as an hour that the clock repeats in autumn.',
    cure: 'Have one form declared only, or write the date so that only one of the forms fits.',
  },
  'date-excel-serial': {
    kind: 'rejection',
    cause: 'A number stands where a date is expected: Excel has saved the date as its count of days.',
    cure: 'Format the column as a date in Excel and save the file again.',
  },
  'phone-unreadable': {
    kind: 'rejection',
    cause:
      'The value is no phone number that could exist in the declared country, or can be read in two ways: Excel takes + and 0 away.',
    cure: 'Correct the number, or write it with + and the country code.',
  },
  'phone-extension': {
    kind: 'rejection',
    cause: 'The phone number has an extension, which the international form (E.164) cannot carry.',
    cure: 'Write the full direct number, or have the column mapped as plain text.',
  },
  'country-unknown': {
    kind: 'rejection',
    cause: 'The value is no country: neither a code of ISO 3166-1 nor a name that is known.',
    cure: 'Write the code of two letters, for example DE.',
  },
  'expression-failed': {
    kind: 'rejection',
    cause: 'The expression of the mapping cannot be computed for this row.',
    cure: 'Correct the values that the expression reads, or have the expression corrected.',
  },
  'expression-limit': {
    kind: 'rejection',
    cause: 'The expression of the mapping took too long, went too deep or made too long a text for this row.',
    cure: 'Have the expression simplified.',
  },
  'expression-always-slow': {
    kind: 'hold',
    cause: 'An expression of the mapping reached its time limit in row after row, so the file would never end.',
    cure: 'Simplify the expression, then drop the file again.',
  },
  'user-name-missing': {
    kind: 'finding',
    cause: 'The row has no sign-in name. Someone who is already known is updated; a new person cannot be created.',
    cure: 'Fill in the sign-in name of new people.',
  },
  'id-longer-than-employee-id': {
    kind: 'finding',
    cause: "The id is longer than the 16 characters of Entra's employeeId, to which the default mapping writes it.",
    cure: 'Use shorter ids, or have the job match by another attribute.',
  },
} as const);

/** A code of this table. */
export type MappingCode = keyof typeof mappingCodes;
