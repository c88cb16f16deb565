// What the mapping says, in English: for HR where a value is wrong, for the engineer where an expression is.
import type { MessagesOf } from '../core/codes';
import { agree, counted, grouped, quoted, sentences } from '../core/english';
import type { Quote } from '../core/message';
import type { ExpressionTrouble, ManagerNotFound, mappingCodes, Place } from './mapping-codes';

const placeOf = ({ column, attribute }: Place): string =>
  column === null ? `The value of ${attribute}` : `Column ${quoted(column)}`;

const formsOf = (forms: readonly Quote[]): string =>
  forms.length === 0 ? '2026-10-01T00:00:00Z' : forms.map(({ quote }) => quote).join(' or ');

/** What is wrong with a value, by the keyword of the SCIM schema that it breaks. */
const SCIM_RULES: Readonly<Record<string, string>> = {
  type: 'has a value of the wrong type',
  minLength: 'is blank',
  maxLength: 'is too long',
  pattern: 'does not have the required form',
  additionalProperties: 'fills an attribute that does not exist',
  required: 'lacks a part that is required',
  minItems: 'has too few entries',
};

function describeTrouble(at: ExpressionTrouble): string {
  switch (at.trouble) {
    case 'library':
      return at.words.quote.replace(/[.\s]+$/, '');
    case 'text-too-long':
      return `its text is longer than ${counted(at.maxChars, 'character')}`;
    case 'too-slow':
      return `it took more than ${grouped(at.maxMs)} ms`;
    case 'ended':
      return `it was ended after ${grouped(at.maxMs)} ms, or because it used ${grouped(at.maxMegabytes)} MB of memory`;
    case 'not-offered':
      return `the function $${at.name} is not available`;
  }
}

function describeNotFound(at: ManagerNotFound): string {
  const first = at.rows === 1 ? `on line ${grouped(at.line)}` : `the first on line ${grouped(at.line)}`;
  const rows = `${counted(at.rows, 'row')} (${first})`;
  if (at.why === 'not-whole')
    return `Managers are looked up only in files that have everybody, so they were left out of ${rows}. The next whole file sets them.`;
  if (at.why === 'others')
    return `The managers that ${counted(at.rows, 'more row')} (${first}) name were left out as well.`;
  const left = `so this manager was left out of ${rows}.`;
  switch (at.why) {
    case 'nobody':
      return `Nobody in the file has the value ${quoted(at.value)}, ${left} Correct the value.`;
    case 'several':
      return `More than one person has the value ${quoted(at.value)} (lines ${at.lines.map(grouped).join(' and ')}), ${left}`;
    case 'without-id':
      return `The row with the value ${quoted(at.value)} (line ${at.lines.map(grouped).join()}) has no usable id, ${left} Correct that id.`;
  }
}

/** English. */
export const mappingMessages: MessagesOf<typeof mappingCodes> = {
  'id-missing': {
    sentence: (at) => `${placeOf(at)} is blank, so it is unclear whom the row means. Fill in the id.`,
    cause: 'The id is blank, and nobody is identified by a guess.',
    cure: 'Fill in the id. If the row is a total or a note, leave it out of the export.',
  },
  'status-missing': {
    sentence: (at) => `${placeOf(at)} is blank. Fill it in: it decides whether the account is enabled.`,
    cause:
      'The status, or the day from which or until which somebody is active, is blank, and the settings do not say what that means. Nobody is enabled or disabled by a guess.',
    cure: 'Fill in the cell, or say what a blank cell means (`blank` in `active` of the source.json).',
  },
  'status-unknown': {
    sentence: (at) =>
      at.value === null
        ? `${placeOf(at)} contains a list or an object instead of a status word.`
        : `${placeOf(at)}: ${quoted(at.value)} is not an agreed status word. Correct it, or have the new word added.`,
    cause: 'The status word is neither among the active nor among the inactive words of the settings.',
    cure: 'Correct the word, or add it to `active` in the source.json.',
  },
  'status-days-crossed': {
    sentence: (at) =>
      `${placeOf(at)}: the last day, ${at.last}, is before the first day, ${at.first}, in column ${quoted(at.firstColumn)}. Correct one of them.`,
    cause:
      'The row says that somebody leaves before they begin. Often the person was hired again, and the old last day is still there. What is meant is unclear, so nobody is enabled or disabled.',
    cure: 'Correct the days. If the person was hired again, remove the old last day, or have one row exported for each period of employment.',
  },
  'value-missing': {
    sentence: (at) => `${placeOf(at)} is blank. Fill it in.`,
    cause: 'The mapping says that this attribute is required.',
    cure: 'Fill in the cell, or remove `required` from the attribute.',
  },
  'value-not-in-table': {
    sentence: (at) =>
      `${placeOf(at)}: ${quoted(at.value)} is not one of the agreed values. Correct it, or have the new value added.`,
    cause: 'The mapping translates this column by a table (`values`), and the value is not in it.',
    cure: 'Correct the value, or add it to `values` in the source.json.',
  },
  'value-not-single': {
    sentence: (at) =>
      `${placeOf(at)} contains a list or an object where a single value is needed. Tell your identity team.`,
    cause: 'The path of the column leads to a list or an object in the JSON of this record.',
    cure: 'Export a single value, or correct the path in the source.json.',
  },
  'value-not-boolean': {
    sentence: (at) => `${placeOf(at)}: ${quoted(at.value)} is neither true nor false. Write one of the two.`,
    cause: 'The attribute is true or false, and the value is neither.',
    cure: 'Write true or false, or add a table (`values`) to the attribute in the source.json.',
  },
  'value-not-integer': {
    sentence: (at) => `${placeOf(at)}: ${quoted(at.value)} is not a whole number. Write digits only.`,
    cause: 'The attribute is a whole number, and the value is not.',
    cure: 'Write digits only, without separators.',
  },
  'number-imprecise': {
    sentence: (at) => `${placeOf(at)} contains a number with too many digits to be read exactly. Write it in quotes.`,
    cause: 'A JSON number has more digits than a program can keep, so sending it would change it.',
    cure: 'Export the value as a JSON string, in quotes.',
  },
  'value-too-long': {
    sentence: (at) =>
      `${placeOf(at)} is longer than ${counted(at.maxChars, 'character')}, the limit of Microsoft Entra for this value. Shorten it.`,
    cause: 'The value is longer than Entra accepts for this attribute.',
    cure: 'Shorten the value, or shorten it by an expression of the mapping.',
  },
  'user-names-without-domain': {
    sentence: ({ users, line }) =>
      `From line ${grouped(line)} on, ${counted(users, 'sign-in name')} ${agree(users, 'has', 'have')} no domain (name@domain). The mapping of the provisioning job must add it.`,
    cause:
      'The sign-in names have no @. Entra takes name@domain only, so the mapping of the job has to append the domain, as that of Microsoft’s sample does.',
    cure: 'Check the mapping of `userPrincipalName` in the job. If your files should have whole names, write `"form": "upn"` beside the column of `userName`.',
  },
  'user-name-form': {
    sentence: (at) =>
      at.character === null
        ? `${placeOf(at)} is not a sign-in name that Microsoft Entra accepts. Write it as name@domain, without accents or spaces.`
        : `${placeOf(at)} contains ${quoted(at.character)}, which no sign-in name of Microsoft Entra may contain. Write it as name@domain, without accents or spaces.`,
    cause:
      'Entra accepts at most 64 characters before the @ and 48 after it; letters without accents, digits and \' . - _ ! # ^ ~; no dot just before the @. The part before the @ alone is accepted, unless the settings ask for the whole (`"form": "upn"`): then the job\'s mapping must add the domain.',
    cure: 'Correct the sign-in name, or make it from other columns by an expression of the mapping.',
  },
  'manager-id-damaged': {
    sentence: (at) =>
      `${placeOf(at)} names the manager by ${quoted(at.value)}, which is not an id as the HR system writes it. Write the id.`,
    cause:
      'A program has changed the id of the manager: it is written as a number (5003.0, 1.23E+05), as a formula, without its zeros, or with a line end or another invisible character.',
    cure: 'Export the column of the manager as text, like that of the id.',
  },
  'user-not-scim': {
    sentence: (at) =>
      `${placeOf(at)} ${SCIM_RULES[at.rule] ?? 'does not fit its attribute'} (${at.attribute}). Tell your identity team.`,
    cause: 'The user made from the row does not fit the SCIM schema; the message names the attribute.',
    cure: 'Correct the mapping of the attribute.',
  },
  'date-unreadable': {
    sentence: (at) =>
      `${placeOf(at)}: ${quoted(at.value)} is not a date in the agreed form. Write it like this: ${formsOf(at.forms)}.`,
    cause: 'The date fits none of the formats that the mapping declares (`date.format`).',
    cure: 'Write the date in a declared format, or add its format to the source.json.',
  },
  'date-impossible': {
    sentence: (at) =>
      `${placeOf(at)}: ${quoted(at.value)} is a date or time that does not exist (agreed form: ${formsOf(at.forms)}). Correct it.`,
    cause: 'There is no such day or time, for example 31 February, or an hour that the clock skips in spring.',
    cure: 'Correct the date.',
  },
  'date-ambiguous': {
    sentence: (at) =>
      `${placeOf(at)}: ${quoted(at.value)} can be read in two ways (${formsOf(at.forms)}). Write it so that only one is possible.`,
    cause: 'The date can be read in two ways: by two declared forms, or as an hour that the clock repeats in autumn.',
    cure: 'Write the date so that only one format fits, or declare only one in the source.json.',
  },
  'date-excel-serial': {
    sentence: (at) =>
      `${placeOf(at)}: ${quoted(at.value)} is a number, as Excel saves a date that is not formatted as one. Format the column as a date and save the file again.`,
    cause:
      'There is a number where a date is expected. Excel keeps dates as a count of days, and saves that count if the column is not formatted as a date.',
    cure: 'Format the column as a date in Excel and save the file again.',
  },
  'phone-unreadable': {
    sentence: (at) =>
      `${placeOf(at)}: ${quoted(at.value)} is not a phone number, or can be read in two ways. Write it with + and the country code.`,
    cause:
      'No such phone number can exist in the declared country, or it can be read in two ways, because Excel removes a leading + or 0.',
    cure: 'Write the number with + and the country code, in a column that is formatted as text.',
  },
  'phone-extension': {
    sentence: (at) =>
      `${placeOf(at)}: ${quoted(at.value)} has an extension, which cannot be sent. Write the full direct number.`,
    cause: 'The phone number has an extension, which the international form (E.164) cannot carry.',
    cure: 'Write the full direct number, or say in the source.json what becomes of extensions (`phone.extension`).',
  },
  'country-unknown': {
    sentence: (at) =>
      `${placeOf(at)}: ${quoted(at.value)} is not a known country. Write its two-letter code, such as DE.`,
    cause: 'The value is not a country: neither an ISO 3166-1 code nor a known name.',
    cure: 'Write the two-letter code, for example DE, or add a table (`values`) to the attribute.',
  },
  'country-ambiguous': {
    sentence: (at) =>
      `${placeOf(at)}: ${quoted(at.value)} may be ${at.readings.map(({ quote }) => quote).join(' or ')}. Write the two-letter code.`,
    cause: 'The name means two countries, such as Congo; or a code and a name beside it mean different ones.',
    cure: 'Write the two-letter code, for example CD, or add a table (`values`) to the attribute.',
  },
  'expression-failed': {
    sentence: (at) =>
      `The value of ${at.attribute} cannot be computed for this row. Tell your identity team: ${describeTrouble(at)}.`,
    cause:
      'The expression of the attribute fails with the values of this row, or uses a function that is not available.',
    cure: 'Correct the values that the expression reads, or the expression.',
  },
  'expression-limit': {
    sentence: (at) =>
      `The value of ${at.attribute} exceeded a limit while it was computed for this row. Tell your identity team: ${describeTrouble(at)}.`,
    cause:
      'The expression of the attribute took too long, went too deep, used too much memory or made too long a text for this row.',
    cure: 'Simplify the expression.',
  },
  'expression-always-slow': {
    sentence: ({ maxMs, rows }) =>
      `An expression in the settings took more than ${grouped(maxMs)} ms in ${counted(rows, 'row')}, so reading was stopped. Tell your identity team.`,
    cause:
      'An expression of the mapping reached its time limit in row after row, or the expressions of all rows together took minutes; at that pace, reading the file would take far too long.',
    cure: 'Simplify the expression, then have the file dropped again.',
  },
  'expressions-unavailable': {
    sentence: () =>
      'The process in which expressions are computed could not be started. It is tried again automatically.',
    cause:
      'Expressions run in a process of their own, and the computer could not start it: usually it is out of memory or processes.',
    cure: 'None needed once. If it lasts, look at the memory of the instance.',
  },
  'user-name-missing': {
    sentence: () => 'The row has no sign-in name; a new person cannot get an account without one.',
    cause: 'The attribute userName is empty. That is enough to update a person, but not to create one.',
    cure: 'Fill in the sign-in name of new people.',
  },
  'manager-not-found': {
    sentence: (at) => describeNotFound(at),
    cause:
      'The settings look up managers by a value such as an e-mail address (`lookup`). Nobody in the file has this one, or more than one person has it, or its row has no id that is certain. Nobody is named as manager by a guess.',
    cure: 'Correct the value in the HR system, or the row of the manager. If names are not unique, have managers named by their id or e-mail address.',
  },
  'managers-are-nobody': {
    sentence: ({ column, managers, value, line }) =>
      sentences(
        `No manager in the file is the id of anybody in it: ${column === null ? 'the manager' : `column ${quoted(column)}`} says ${quoted(value)} on line ${grouped(line)}.`,
        managers === 1 ? null : `That is so of all ${grouped(managers)} managers.`,
        'If these are e-mail addresses or names, have them looked up (`lookup`).',
      ),
    cause:
      'Entra finds a manager by the id of the person. The column holds values that are nobody’s id in this file: e-mail addresses, names, ids of another kind; or all managers are in the files of another source.',
    cure: 'Map the column that has the id of the manager, or look the managers up: `"lookup"` beside the column, with the column that has the same value in the row of the manager. Nothing if all managers are in another source.',
  },
  'id-longer-than-employee-id': {
    sentence: ({ maxChars }) =>
      `The id is longer than ${counted(maxChars, 'character')}, the usual limit of Microsoft Entra for ids. Ask your identity team.`,
    cause: 'The default mapping of the job writes the id to employeeId, which holds 16 characters.',
    cure: 'Use shorter ids, or let the job match by another attribute.',
  },
};
