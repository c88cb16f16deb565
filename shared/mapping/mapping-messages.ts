// What the mapping says, in English: for HR where a value is wrong, for the engineer where an expression is.
import type { MessagesOf } from '../core/codes';
import { counted, quoted } from '../core/english';
import type { Quote } from '../core/message';
import type { ExpressionTrouble, mappingCodes, Place } from './mapping-codes';

const placeOf = ({ column, attribute }: Place): string =>
  column === null ? `The value of ${attribute}` : `Column ${quoted(column)}`;

const formsOf = (forms: readonly Quote[]): string =>
  forms.length === 0 ? 'such as 2026-10-01T00:00:00Z' : forms.map(({ quote }) => quote).join(' or ');

/** What the SCIM schema asks for, by the keyword of the schema that a value breaks. */
const SCIM_RULES: Readonly<Record<string, string>> = {
  type: 'has a value of the wrong type',
  minLength: 'is blank',
  maxLength: 'is too long',
  pattern: 'does not have the required form',
  additionalProperties: 'fills an attribute that the SCIM schema does not have',
  required: 'lacks an attribute that the SCIM schema requires',
  minItems: 'has too few entries',
};

function describeTrouble(at: ExpressionTrouble): string {
  switch (at.trouble) {
    case 'library':
      return at.words.quote.replace(/[.\s]+$/, '');
    case 'text-too-long':
      return `it made a text of more than ${counted(at.maxChars, 'character')}`;
    case 'not-offered':
      return `the function $${at.name} is not offered`;
  }
}

/** English. */
export const mappingMessages: MessagesOf<typeof mappingCodes> = {
  'id-missing': {
    sentence: (at) => `${placeOf(at)} is blank, so the row does not say whom it means. Fill in the id.`,
    cause: 'The row has no id, so it is unclear whom it means.',
    cure: 'Fill in the id column.',
  },
  'status-missing': {
    sentence: (at) => `${placeOf(at)} is blank. Fill in the status: it decides whether the account is enabled.`,
    cause: 'The status column is blank. Nobody is enabled or disabled by a guess.',
    cure: 'Fill in the status.',
  },
  'status-unknown': {
    sentence: (at) =>
      at.value === null
        ? `${placeOf(at)} contains a list or an object, not a status word.`
        : `${placeOf(at)}: ${quoted(at.value)} is not a status word of this source.`,
    cause: 'The status word is neither among the active nor among the inactive words of the settings.',
    cure: 'Correct the word, or have it added to the settings.',
  },
  'value-missing': {
    sentence: (at) => `${placeOf(at)} is blank. Fill it in.`,
    cause: 'A column that must have a value is blank.',
    cure: 'Fill in the column.',
  },
  'value-not-in-table': {
    sentence: (at) => `${placeOf(at)}: ${quoted(at.value)} is not one of the allowed values.`,
    cause: 'The value is not in the table of values in the settings.',
    cure: 'Correct the value, or have it added to the table.',
  },
  'value-not-single': {
    sentence: (at) => `${placeOf(at)} contains a list or an object, but a single value is needed.`,
    cause: 'There is a list or an object where a single value is needed.',
    cure: 'Send a single value, or have the path in the settings corrected.',
  },
  'value-not-boolean': {
    sentence: (at) => `${placeOf(at)}: ${quoted(at.value)} is neither true nor false.`,
    cause: 'The value is neither true nor false.',
    cure: 'Write true or false, or have a table of values added to the settings.',
  },
  'value-not-integer': {
    sentence: (at) => `${placeOf(at)}: ${quoted(at.value)} is not a whole number.`,
    cause: 'The value is not a whole number.',
    cure: 'Write digits only.',
  },
  'number-imprecise': {
    sentence: (at) => `${placeOf(at)} contains a number with too many digits. Write it as text, in quotes.`,
    cause: 'A JSON number has more digits than a number can keep, so it would be changed.',
    cure: 'Write the value as text, in quotes.',
  },
  'value-too-long': {
    sentence: (at) =>
      `${placeOf(at)} is longer than ${counted(at.maxChars, 'character')}, the limit of the directory for ${at.attribute}. Shorten it.`,
    cause: 'The value is longer than the directory accepts.',
    cure: 'Shorten the value.',
  },
  'user-name-form': {
    sentence: (at) =>
      `${placeOf(at)} is not a sign-in name that Microsoft Entra accepts. Write name@domain, with letters without accents and no spaces.`,
    cause:
      "The sign-in name is not one that Entra accepts: name@domain, at most 64 and 48 characters, letters without accents, digits and ' . - _ ! # ^ ~ only, no dot before the @.",
    cure: 'Correct the sign-in name.',
  },
  'user-not-scim': {
    sentence: (at) =>
      `${placeOf(at)} ${SCIM_RULES[at.rule] ?? 'does not fit the SCIM schema'} (${at.attribute}). Have the mapping corrected.`,
    cause: 'The user made from the row does not fit the SCIM schema.',
    cure: 'Have the mapping of the attribute corrected.',
  },
  'date-unreadable': {
    sentence: (at) => `${placeOf(at)}: ${quoted(at.value)} is not a date in the declared form (${formsOf(at.forms)}).`,
    cause: 'The date is not written in a form that the settings declare.',
    cure: 'Write the date in the declared form.',
  },
  'date-impossible': {
    sentence: (at) =>
      `${placeOf(at)}: ${quoted(at.value)} is a date or time that does not exist (${formsOf(at.forms)}).`,
    cause: 'There is no such day or time, for example 31 February, or an hour that the clock skips in spring.',
    cure: 'Correct the date.',
  },
  'date-ambiguous': {
    sentence: (at) => `${placeOf(at)}: ${quoted(at.value)} can be read as two different dates (${formsOf(at.forms)}).`,
    cause: 'The date can be read in two ways: by two declared forms, or as an hour that the clock repeats in autumn.',
    cure: 'Have only one form declared, or write the date so that only one of the forms fits.',
  },
  'date-excel-serial': {
    sentence: (at) =>
      `${placeOf(at)}: ${quoted(at.value)} is a number; Excel saved the date as a count of days. Format the column as a date and save the file again.`,
    cause: 'There is a number where a date is expected: Excel saved the date as a count of days.',
    cure: 'Format the column as a date in Excel and save the file again.',
  },
  'phone-unreadable': {
    sentence: (at) =>
      `${placeOf(at)}: ${quoted(at.value)} is not a phone number, or can be read in two ways. Write it with + and the country code.`,
    cause:
      'The value is not a phone number that could exist in the declared country, or it can be read in two ways: Excel removes + and 0.',
    cure: 'Correct the number, or write it with + and the country code.',
  },
  'phone-extension': {
    sentence: (at) =>
      `${placeOf(at)}: ${quoted(at.value)} has an extension, which cannot be sent. Write the full direct number.`,
    cause: 'The phone number has an extension, which the international form (E.164) cannot carry.',
    cure: 'Write the full direct number, or have the column mapped as plain text.',
  },
  'country-unknown': {
    sentence: (at) =>
      `${placeOf(at)}: ${quoted(at.value)} is not a known country. Write its two-letter code, such as DE.`,
    cause: 'The value is not a country: neither an ISO 3166-1 code nor a known name.',
    cure: 'Write the two-letter code, for example DE.',
  },
  'expression-failed': {
    sentence: (at) => `The expression for ${at.attribute} failed on this row: ${describeTrouble(at)}.`,
    cause: 'The expression of the mapping cannot be computed for this row.',
    cure: 'Correct the values that the expression reads, or have the expression corrected.',
  },
  'expression-limit': {
    sentence: (at) => `The expression for ${at.attribute} exceeded its limits on this row: ${describeTrouble(at)}.`,
    cause: 'The expression of the mapping took too long, went too deep or made too long a text for this row.',
    cure: 'Have the expression simplified.',
  },
  'expression-always-slow': {
    sentence: ({ maxMs, rows }) =>
      `An expression of the mapping took more than ${maxMs} ms in ${counted(rows, 'row')}. Simplify it, then drop the file again.`,
    cause: 'An expression of the mapping reached its time limit in row after row, so the file would never end.',
    cure: 'Simplify the expression, then drop the file again.',
  },
  'user-name-missing': {
    sentence: () => 'The row has no sign-in name. A new person cannot be created without one.',
    cause: 'The row has no sign-in name. A person who is already known is updated; a new one cannot be created.',
    cure: 'Fill in the sign-in name of new people.',
  },
  'id-longer-than-employee-id': {
    sentence: ({ maxChars }) =>
      `The id is longer than ${counted(maxChars, 'character')}, the limit of employeeId, to which it is usually written.`,
    cause: "The id is longer than the 16 characters of Entra's employeeId, to which the default mapping writes it.",
    cure: 'Use shorter ids, or have the job match by another attribute.',
  },
};
