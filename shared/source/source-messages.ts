// What is wrong with the settings of a source, in English, for the engineer.
import type { MessagesOf } from '../core/codes';
import { agree, counted, listed, quoted, sentences } from '../core/english';
import type { NotMappedReason } from '../scim/scim-schema';
import type {
  AttributeMistake,
  DateFormatMistake,
  ForbiddenReason,
  FormMistake,
  LeafClash,
  sourceCodes,
  TypeMistake,
} from './source-codes';

const ISSUES_PAGE = 'Learn, inbound-provisioning-api-issues, Jul 2026';
const CLEAR_PAGE = 'Learn, clear-attribute-values, Aug 2026';
const UPDATES_PAGE = 'Learn, hr-user-update-issues, Aug 2026';
const CUSTOM_PAGE = 'Learn, inbound-provisioning-api-custom-attributes, Mar 2025';

/** A warning is shown among findings about a file, so it names its place in the settings. */
const about = (path: string, sentence: string): string => `Settings, ${path}: ${sentence}`;

function describeForm(mistake: FormMistake): string {
  switch (mistake.rule) {
    case 'one-of':
      return `Must be one of ${listed(mistake.allowed)}.`;
    case 'type':
      return `Must be of type ${mistake.types.join(' or ')}.`;
    case 'pattern':
      return `Must have the form ${quoted(mistake.pattern)}.`;
    case 'column-or-object':
      return 'Must be a column name, or an object as the schema describes.';
    case 'empty':
      return 'This is empty. Map at least one attribute, or leave it out.';
    case 'minLength':
      return mistake.limit === 1 ? 'Must not be empty.' : `Must have at least ${counted(mistake.limit, 'character')}.`;
    case 'maxLength':
      return `Must have at most ${counted(mistake.limit, 'character')}.`;
    case 'minItems':
    case 'minProperties':
      return `Must have at least ${counted(mistake.limit, 'entry', 'entries')}.`;
    case 'maxItems':
      return `Must have at most ${counted(mistake.limit, 'entry', 'entries')}.`;
    case 'minimum':
      return `Must be at least ${mistake.limit}.`;
    case 'maximum':
      return `Must be at most ${mistake.limit}.`;
    case 'other':
      return 'Does not fit the schema of the settings.';
  }
}

const NOT_MAPPED: Readonly<Record<NotMappedReason, string>> = {
  'written-by-us': 'Rollcall writes it itself',
  'from-id': 'it comes from the member "id" of the settings',
  'from-active': 'it comes from the member "active" of the settings',
  'read-only': 'the service sets it, and it is read-only (RFC 7643 §3.1)',
  'no-groups': 'it is read-only (RFC 7643 §4.1.2), and the provisioning API has no groups',
  'no-passwords': 'the provisioning API does not accept passwords (inbound-provisioning-api-concepts)',
};

function describeAttribute(at: AttributeMistake): string {
  switch (at.mistake) {
    case 'unknown':
      return sentences(
        `The SCIM schema has no attribute ${quoted(at.name)} here.`,
        at.similar === null ? null : `Write it as "${at.similar}".`,
      );
    case 'custom-form':
      return 'The name of a custom attribute must start with a letter and contain only letters, digits, $, - and _.';
    case 'not-mapped':
      return `This attribute cannot be mapped: ${NOT_MAPPED[at.reason]}.`;
  }
}

function describeType(at: TypeMistake): string {
  switch (at.expected) {
    case 'scim-type':
      return `In the SCIM schema, this attribute is of type ${at.type}.`;
    case 'other-conversion':
      return `An attribute of type ${at.type} cannot be converted this way.`;
    case 'type':
      return `Must be of type ${at.type}.`;
    case 'single':
      return 'This attribute takes a single value, not a list.';
    case 'extension':
      return 'A custom extension must be an object that contains its attributes.';
    case 'list':
      return `This attribute is a list of objects, [{ … }], with ${at.attributes.join(', ')}.`;
    case 'object':
      return `This attribute is an object with ${at.attributes.join(', ')}.`;
  }
}

const NEVER_FOUND = {
  blank: 'a blank cell goes to "default" or "whenEmpty"',
  trimmed: 'outer spaces are removed first',
  lower: 'the value is in lower case by then',
  upper: 'the value is in upper case by then',
} as const;

function describeClash(at: LeafClash): string {
  switch (at.clash) {
    case 'beside-const':
      return 'This has no effect next to "const".';
    case 'empty-text':
      return 'An empty text is not a value.';
    case 'without-values':
      return 'This has no effect without "values".';
    case 'beside-default':
      return 'This has no effect next to "default", which fills blank cells.';
    case 'excludes':
      return `This cannot be combined with "${at.other}".`;
    case 'required':
      return `"${at.whenEmpty}" contradicts "required": a required attribute cannot be empty.`;
    case 'never-found':
      return `This text is never found: ${NEVER_FOUND[at.reason]}.`;
  }
}

const FORBIDDEN: Readonly<Record<ForbiddenReason, string>> = {
  time: 'its result depends on the time',
  chance: 'its result depends on chance',
  evaluation: 'it would run text of the row as an expression',
  zone: 'it reads dates by the zone and the day of the computer; declare "date" instead',
};

function describeDateFormat(at: DateFormatMistake): string {
  switch (at.mistake) {
    case 'letters':
      return `The letters ${at.letters} mean nothing in a date format. Write the year as yyyy, the month as MM, the day as dd, and text in single quotes.`;
    case 'incomplete':
      return 'The format must name year, month and day.';
    case 'twelve-hours':
      return 'Hours of twelve (h) need am or pm (a); hours of 24 are H.';
    case 'open-neighbours':
      return `It is unclear where ${at.first} ends and ${at.second} begins. Put a sign between them, or write them with all digits (dd, MM, yyyy).`;
    case 'library':
      return `The format cannot be read: ${at.words.quote.replace(/\.$/, '')}.`;
  }
}

/** English. */
export const sourceMessages: MessagesOf<typeof sourceCodes> = {
  'settings-not-json': {
    sentence: ({ line, column }) => `The file is not valid JSON: see line ${line}, column ${column}.`,
    cause: 'The source.json is not valid JSON: a comma, quote or bracket is missing or too much.',
    cure: 'Fix the file at the line and column given; an editor that knows JSON marks the place.',
  },
  'settings-key-twice': {
    sentence: () => 'This member appears twice in the same object.',
    cause: 'The same member appears twice in one object of the source.json, so one of them would be ignored silently.',
    cure: 'Remove one of the two.',
  },
  'settings-member-missing': {
    sentence: () => 'This member is missing.',
    cause: 'A required member of the settings is missing.',
    cure: 'Add the member at the path given; source.schema.json describes it.',
  },
  'settings-member-unknown': {
    sentence: () => 'There is no member of this name.',
    cause: 'A member has a name that the settings do not have; often a spelling mistake.',
    cure: 'Correct the name or remove the member; source.schema.json lists all names.',
  },
  'settings-member-form': {
    sentence: (mistake) => describeForm(mistake),
    cause: 'A member has a value of the wrong kind or form.',
    cure: 'Write the value as the message says.',
  },
  'settings-name-differs': {
    sentence: ({ folder }) => `The name must be that of the folder, ${quoted(folder)}.`,
    cause: 'The name in the source.json is not the name of its folder.',
    cure: 'Make the two equal: the folder in the inbound container has the same name.',
  },
  'settings-status-overlap': {
    sentence: ({ word, list }) => `${quoted(word)} is already listed as ${list}.`,
    cause:
      'A status word appears twice: as active and as inactive, or repeated, where case and outer spaces do not count.',
    cure: 'Leave each word in one list only.',
  },
  'settings-pattern-invalid': {
    sentence: () => 'This is not a valid regular expression.',
    cause: 'A pattern is not a valid regular expression.',
    cure: 'Correct the pattern; it follows the rules of JavaScript regular expressions.',
  },
  'settings-alias-twice': {
    sentence: ({ alias, column }) => `${quoted(alias)} already means the column ${quoted(column)}.`,
    cause: 'The same alias means two columns, or an alias is the name of another column.',
    cure: 'Let each alias mean one column only.',
  },
  'settings-encoding-unknown': {
    sentence: ({ encoding }) => `The encoding ${quoted(encoding)} is unknown.`,
    cause: 'Rollcall cannot read the declared encoding.',
    cure: 'Use utf-8, utf-16le, utf-16be, windows-1252, windows-1250, iso-8859-15 or iso-8859-2, or leave it out.',
  },
  'settings-attribute-unknown': {
    sentence: (mistake) => describeAttribute(mistake),
    cause: 'The mapping names an attribute that the SCIM user does not have, or that cannot be mapped.',
    cure: 'Use a name of the SCIM core user or enterprise extension, or put the value into a custom extension.',
  },
  'settings-extension-unknown': {
    sentence: ({ mistake }) =>
      mistake === 'core'
        ? 'Write core attributes directly in the mapping, without their URN.'
        : 'An extension has the form urn:ietf:params:scim:schemas:extension:<organisation>:<version>:User.',
    cause: 'The URN of an extension does not have the form that the service requires.',
    cure: 'Write it as urn:ietf:params:scim:schemas:extension:<organisation>:<version>:User.',
  },
  'settings-attribute-type': {
    sentence: (mistake) => describeType(mistake),
    cause: 'The mapping gives an attribute a value, list or object of a type that the SCIM schema does not give it.',
    cure: 'Write the attribute in the form that the message names.',
  },
  'settings-leaf-source': {
    sentence: ({ named }) =>
      `Exactly one of "column", "const" and "expression" is needed; here ${agree(named.length, 'is', 'are')} ${named.length === 0 ? 'none' : named.join(' and ')}.`,
    cause: 'A mapped attribute has none, or more than one, of "column", "const" and "expression".',
    cure: 'Keep exactly one of the three.',
  },
  'settings-leaf-contradiction': {
    sentence: (clash) => describeClash(clash),
    cause: 'Two members of a mapped attribute exclude each other or have no effect together.',
    cure: 'Remove the one that the message names.',
  },
  'settings-expression-syntax': {
    sentence: ({ words, position }) =>
      `The expression is not valid${position === null ? '' : ` at character ${position}`}: ${words.quote.replace(/\.$/, '')}.`,
    cause: 'An expression is not valid JSONata.',
    cure: 'Correct it at the position given; try.jsonata.org runs expressions in the browser.',
  },
  'settings-expression-forbidden': {
    sentence: ({ name, reason }) => `The function $${name} is not offered: ${FORBIDDEN[reason]}.`,
    cause: 'An expression uses a function whose result depends on the time, on chance or on the computer.',
    cure: 'Use only the values of the row; declare dates with "date".',
  },
  'settings-date-format': {
    sentence: (mistake) => describeDateFormat(mistake),
    cause: 'A date format has letters that mean nothing, or does not name year, month and day.',
    cure: 'Use the letters of luxon, for example dd/MM/yyyy; put text in single quotes.',
  },
  'settings-date-zone': {
    sentence: ({ zone }) => `The time zone ${quoted(zone)} is unknown.`,
    cause: 'A date zone is not known.',
    cure: 'Use UTC, a name of the IANA list such as Europe/Berlin, or an offset such as UTC+2.',
  },
  'settings-country-unknown': {
    sentence: ({ country }) => `The country ${quoted(country)} is unknown.`,
    cause: 'The country of a phone rule is not a country with phone numbers.',
    cure: 'Use its two capital letters (ISO 3166-1), for example DE.',
  },
  'lint-not-work': {
    sentence: ({ path, isConst }) =>
      about(
        path,
        isConst
          ? `Only type "work" is processed, so this entry is ignored (${ISSUES_PAGE}).`
          : `Only type "work" is processed, so rows of another type are ignored (${ISSUES_PAGE}).`,
      ),
    cause: 'The service processes only the entry of type "work" of emails, phone numbers and addresses.',
    cure: 'Send the value as type "work", or put it into a custom extension.',
  },
  'lint-second-work': {
    sentence: ({ path }) => about(path, `Only one entry of type "work" can be processed (${ISSUES_PAGE}).`),
    cause: 'There are two entries of type "work" in one list, of which only one can reach the directory.',
    cure: 'Keep one of them; put the other into a custom extension.',
  },
  'lint-mail-not-written': {
    sentence: ({ path }) =>
      about(path, `This connector does not set mail in Entra: Exchange owns it (${UPDATES_PAGE}).`),
    cause: 'Entra does not let this connector set the attribute mail; Exchange owns it.',
    cure: 'Nothing to do if the job maps it elsewhere; otherwise remove it from the mapping.',
  },
  'lint-clear-needs-null-flow': {
    sentence: ({ path }) =>
      about(path, `A null clears the value only with "Flow null values" on source and mapping (${CLEAR_PAGE}).`),
    cause: 'An explicit null clears a value only after "Flow null values" is switched on in two places of the job.',
    cure: 'Switch both on for this attribute, or remove whenEmpty "clear".',
  },
  'lint-clear-in-list': {
    sentence: ({ path }) => about(path, `Multi-valued attributes are not cleared (${CLEAR_PAGE}).`),
    cause: 'The service does not clear multi-valued attributes.',
    cure: 'Remove whenEmpty "clear" here.',
  },
  'lint-not-in-default-mapping': {
    sentence: ({ path, list }) =>
      about(path, `The attribute ${list} has an effect only if the job maps it (${CUSTOM_PAGE}).`),
    cause: 'The attribute has an effect only if the job has it in its source schema and maps it.',
    cure: 'Add it to the job mapping, or remove it here.',
  },
  'lint-two-digit-year': {
    sentence: ({ path }) => about(path, 'With a two-digit year, the century is a guess.'),
    cause: 'A date format has a two-digit year, so the century is guessed (61 to 99 are read as 19xx).',
    cure: 'Ask HR for four digits.',
  },
  'lint-member-idle': {
    sentence: ({ path, format }) => about(path, `This member is for ${format} files only and has no effect here.`),
    cause: 'A member of file has no effect for files of this format.',
    cure: 'Remove it, or correct the format.',
  },
  'lint-no-inactive-words': {
    sentence: ({ path }) => about(path, 'No word means inactive, so this source can never disable anybody.'),
    cause: 'No status word means inactive, so this source can never disable anybody.',
    cure: 'Add the words for people who have left, unless that is meant.',
  },
  'lint-no-user-name': {
    sentence: ({ path }) => about(path, 'People cannot be created without a userName.'),
    cause: 'The mapping has no userName. Without it the service cannot create people.',
    cure: 'Map userName, unless this source only updates people whom another one creates.',
  },
};
