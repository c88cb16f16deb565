// The codes of mistakes in a source's settings (they hold every run of the source) and of the lint's warnings.
import { defineCodes } from '../core/catalogue';

/** Codes of `SettingsProblem`. */
export const sourceCodes = defineCodes({
  'settings-not-json': {
    kind: 'hold',
    cause: 'The source.json is not valid JSON: a comma, quote or bracket is missing or too much.',
    cure: 'Mend the file at the line and column given; an editor that knows JSON marks the place.',
  },
  'settings-key-twice': {
    kind: 'hold',
    cause: 'The same member stands twice in one object of the source.json, so one of them would be ignored in silence.',
    cure: 'Remove one of the two.',
  },
  'settings-member-missing': {
    kind: 'hold',
    cause: 'A member that the settings need is not there.',
    cure: 'Add the member at the path given; source.schema.json describes it.',
  },
  'settings-member-unknown': {
    kind: 'hold',
    cause: 'A member has a name that the settings do not have; often a spelling mistake.',
    cure: 'Correct the name or remove the member; source.schema.json lists all names.',
  },
  'settings-member-form': {
    kind: 'hold',
    cause: 'A member has a value of the wrong kind or form.',
    cure: 'Write the value as the message says.',
  },
  'settings-name-differs': {
    kind: 'hold',
    cause: 'The name in the source.json is not the name of the folder in which it lies.',
    cure: 'Make the two equal: the folder in the inbound container has the same name.',
  },
  'settings-status-overlap': {
    kind: 'hold',
    cause:
      'A status word stands twice: as active and as inactive, or repeated, where case and outer spaces do not count.',
    cure: 'Leave each word in one list only.',
  },
  'settings-pattern-invalid': {
    kind: 'hold',
    cause: 'A pattern is not a valid regular expression.',
    cure: 'Correct the pattern; it follows the rules of JavaScript regular expressions.',
  },
  'settings-alias-twice': {
    kind: 'hold',
    cause: 'The same alias stands for two columns, or an alias is the name of another column.',
    cure: 'Let each alias stand for one column only.',
  },
  'settings-encoding-unknown': {
    kind: 'hold',
    cause: 'The declared encoding is none that Rollcall can read.',
    cure: 'Use utf-8, utf-16le, utf-16be, windows-1252, windows-1250, iso-8859-15 or iso-8859-2, or leave it out.',
  },
  'settings-attribute-unknown': {
    kind: 'hold',
    cause: 'The mapping names an attribute that the SCIM user does not have, or that cannot be mapped.',
    cure: 'Use a name of the SCIM core user or enterprise extension, or put the value into a custom extension.',
  },
  'settings-extension-unknown': {
    kind: 'hold',
    cause: 'The URN of an extension does not have the form that the service asks for.',
    cure: 'Write it as urn:ietf:params:scim:schemas:extension:<organisation>:<version>:User.',
  },
  'settings-attribute-type': {
    kind: 'hold',
    cause: 'The mapping gives an attribute a value, list or object of a type that the SCIM schema does not give it.',
    cure: 'Write the attribute in the form that the message names.',
  },
  'settings-leaf-source': {
    kind: 'hold',
    cause: 'A mapped attribute has none, or more than one, of "column", "const" and "expression".',
    cure: 'Keep exactly one of the three.',
  },
  'settings-leaf-contradiction': {
    kind: 'hold',
    cause: 'Two members of a mapped attribute exclude each other or have no effect together.',
    cure: 'Remove the one that the message names.',
  },
  'settings-expression-syntax': {
    kind: 'hold',
    cause: 'An expression is not valid JSONata.',
    cure: 'Correct it at the position given; try.jsonata.org runs expressions in the browser.',
  },
  'settings-expression-forbidden': {
    kind: 'hold',
    cause: 'An expression uses a function whose result depends on the time, on chance or on the computer.',
    cure: 'Use only the values of the row; declare dates with "date".',
  },
  'settings-date-format': {
    kind: 'hold',
    cause: 'A date format has letters that mean nothing, or does not name year, month and day.',
    cure: 'Use the letters of luxon, for example dd/MM/yyyy; text stands in single quotes.',
  },
  'settings-date-zone': {
    kind: 'hold',
    cause: 'A date zone is not known.',
    cure: 'Use UTC, a name of the IANA list such as Europe/Berlin, or an offset such as UTC+2.',
  },
  'settings-country-unknown': {
    kind: 'hold',
    cause: 'The country of a phone rule is no country with phone numbers.',
    cure: 'Use its two capital letters (ISO 3166-1), for example DE.',
  },
  'lint-not-work': {
    kind: 'finding',
    cause: 'The service processes only the entry of type "work" of emails, phone numbers and addresses.',
    cure: 'Send the value as type "work", or put it into a custom extension.',
  },
  'lint-second-work': {
    kind: 'finding',
    cause: 'Two entries of type "work" stand in one list, of which only one can reach the directory.',
    cure: 'Keep one of them; put the other into a custom extension.',
  },
  'lint-mail-not-written': {
    kind: 'finding',
    cause: 'Entra does not let this connector set the attribute mail; Exchange owns it.',
    cure: 'Nothing to do if the job maps it elsewhere; otherwise remove it from the mapping.',
  },
  'lint-clear-needs-null-flow': {
    kind: 'finding',
    cause: 'An explicit null clears a value only after "Flow null values" is switched on in two places of the job.',
    cure: 'Switch both on for this attribute, or remove whenEmpty "clear".',
  },
  'lint-clear-in-list': {
    kind: 'finding',
    cause: 'The service does not clear multi-valued attributes.',
    cure: 'Remove whenEmpty "clear" here.',
  },
  'lint-not-in-default-mapping': {
    kind: 'finding',
    cause: 'The attribute has an effect only if the job has it in its source schema and maps it.',
    cure: 'Add it to the job mapping, or remove it here.',
  },
  'lint-two-digit-year': {
    kind: 'finding',
    cause: 'A date format has a year of two digits, of which the century is guessed (61 to 99 are read as 19xx).',
    cure: 'Ask HR for four digits.',
  },
  'lint-member-idle': {
    kind: 'finding',
    cause: 'A member of file has no effect for files of this format.',
    cure: 'Remove it, or correct the format.',
  },
  'lint-no-inactive-words': {
    kind: 'finding',
    cause: 'No status word means inactive, so this source can never disable anybody.',
    cure: 'Add the words for people who have left, unless that is meant.',
  },
  'lint-no-user-name': {
    kind: 'finding',
    cause: 'The mapping has no userName. Without it the service cannot create people.',
    cure: 'Map userName, unless this source only updates people whom another one creates.',
  },
} as const);

/** A code of this table. */
export type SourceCode = keyof typeof sourceCodes;
