// What is wrong with the settings of a source, in English, for the engineer.
import type { MessagesOf } from '../core/codes';
import type { PatternFault } from '../columns/linear-pattern';
import { counted, grouped, listed, quoted, sentences } from '../core/english';
import { customExtensionPrefix, type NotMappedReason } from '../scim/scim-schema';
import type {
  AttributeMistake,
  DateFormatMistake,
  ForbiddenReason,
  FilterClash,
  FormMistake,
  LeafClash,
  LinesClash,
  RuleClash,
  SettingsExcess,
  sourceCodes,
  StatusClash,
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
      return `Must match the pattern ${quoted(mistake.pattern)}.`;
    case 'column-or-object':
      return 'Must be a column name, or an object as the schema describes.';
    case 'false-or-object':
      return 'Must be an object as the schema describes, or false.';
    case 'empty':
      return 'This is empty. Map at least one attribute, or remove it.';
    case 'blank':
      return 'Must not be blank. What a blank cell means for the status is written as "blank": "active" or "inactive".';
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
      return 'Does not fit source.schema.json.';
  }
}

function describeLines(at: LinesClash): string {
  switch (at.clash) {
    case 'every-line':
      return 'This is found in every line, so nobody would be read.';
    case 'header':
      return `This is found in ${quoted(at.column)}, the name of a column, so it may mean the header.`;
    case 'trailer':
      return 'This is found in the trailer, which would be ignored.';
    case 'no-count':
      return 'The pattern has no group named rows: (?<rows>\\d+).';
  }
}

function describeFilter(at: FilterClash): string {
  switch (at.clash) {
    case 'column-twice':
      return `The column ${quoted(at.column)} is here already: put all its values into one list.`;
    case 'both':
      return `Rows with ${quoted(at.value)} would be for this source, and not.`;
    case 'twice':
      return `${quoted(at.value)} is in the list already.`;
    case 'status-word':
      return `Rows with ${at.value.quote === '' ? 'a blank status' : `the status ${quoted(at.value)}`} would be set aside, although the settings say what that means.`;
  }
}

const PATTERN_FAULTS: Readonly<Record<PatternFault, string>> = {
  syntax: 'This is not a valid regular expression.',
  'not-linear':
    'A pattern cannot look ahead or behind, refer back to a group or name a script. Write what the text looks like.',
  'too-large': 'The pattern is too long or repeats too much. Write what an id looks like, such as [A-Z]{2}\\d{6}.',
};

const NOT_MAPPED: Readonly<Record<NotMappedReason, string>> = {
  'written-by-us': 'Rollcall writes it itself',
  'from-id': 'it is made from "id" of the settings',
  'from-active': 'it is made from "active" of the settings',
  'read-only': 'the service sets it, and it is read-only (RFC 7643 §3.1)',
  'no-groups': 'it is read-only (RFC 7643 §4.1.2), and the provisioning API has no groups',
  'no-passwords': 'the provisioning API does not accept passwords (inbound-provisioning-api-concepts)',
};

function describeAttribute(at: AttributeMistake): string {
  switch (at.mistake) {
    case 'unknown':
      return sentences(
        `There is no SCIM attribute ${quoted(at.name)} here.`,
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
      return `This conversion is not for an attribute of type ${at.type}.`;
    case 'type':
      return `Must be of type ${at.type}.`;
    case 'single':
      return 'This attribute takes a single value, not a list.';
    case 'extension':
      return 'A custom extension must be an object that contains its attributes.';
    case 'list':
      return `Must be a list of objects, [{ … }], with any of ${at.attributes.join(', ')}.`;
    case 'object':
      return `Must be an object with any of ${at.attributes.join(', ')}.`;
  }
}

const NEVER_FOUND = {
  blank: 'a blank cell goes to "default" or "whenEmpty"',
  trimmed: 'outer spaces are removed before it is compared',
  lower: 'the value is in lower case when it is compared',
  upper: 'the value is in upper case when it is compared',
} as const;

function describeClash(at: LeafClash): string {
  switch (at.clash) {
    case 'beside-const':
      return 'This has no effect beside "const".';
    case 'empty-text':
      return 'An empty text is not a value.';
    case 'without-values':
      return 'This has no effect without "values".';
    case 'beside-default':
      return 'This has no effect beside "default", which fills blank cells.';
    case 'not-user-name':
      return 'Only "userName" has a form.';
    case 'not-manager':
      return 'Only the manager ("manager.value") is looked up.';
    case 'looks-up-itself':
      return 'This column names the manager. Give the column that has the same value in the row of the manager, such as the e-mail address.';
    case 'omit-user-name':
      return 'A row needs a sign-in name that can be read, so "omit" is not possible here.';
    case 'omit-unknown':
      return '"omit" contradicts "unknown": "reject", which rejects a row with a text that is not in the table.';
    case 'omit-required':
      return `"omit" contradicts "${at.member}", which rejects a row without this value.`;
    case 'excludes':
      return `This cannot be combined with "${at.other}".`;
    case 'required':
      return `"${at.whenEmpty}" contradicts "required", which rejects a row with a blank value.`;
    case 'never-found':
      return `No value ever equals this text: ${NEVER_FOUND[at.reason]}.`;
  }
}

function describeStatusClash(at: StatusClash): string {
  switch (at.clash) {
    case 'without-column':
      return 'This belongs beside a column or an expression, and there is none here. Within "all", write it in the list.';
    case 'others-beside-active':
      return '"others" takes the place of the list "active". Keep one of the two.';
    case 'decides-nothing':
      return 'Whatever the column says, the person would be active. Say what means inactive, or remove it.';
    case 'days-without-not-yet':
      return '"daysBefore" has no effect unless "before" is "not-yet".';
    case 'same-column':
      return `The column ${quoted(at.column)} decides here a second time. Name it once.`;
    case 'blank-word':
      return `Programs write ${quoted(at.word)} for no value, and a blank cell means ${at.blank} here. Move it to file.blank.`;
  }
}

const USED_AS = {
  active: ', and is also a status word',
  values: ', so it never comes to the table of values',
  filter: ', so no row has it',
  prefer: ', so no row is ever preferred for it',
} as const;

function describeRuleClash(at: RuleClash): string {
  switch (at.clash) {
    case 'same':
      return `This rule can never decide: it asks the same as rule ${at.rule}.`;
    case 'status-words':
      return `This rule can never decide: by the words of the status, the same rows are told apart by rule ${at.rule} already.`;
    case 'id-column':
      return 'This rule can never decide: all rows of a person have the same id.';
    case 'nobody-inactive':
      return 'This rule can never decide: no status word means inactive.';
    case 'beside-values':
      return `A rule has either "values" or "latest" with "date", so "${at.member}" does not belong here.`;
  }
}

const FORBIDDEN: Readonly<Record<ForbiddenReason, string>> = {
  time: 'its result depends on the time',
  chance: 'its result depends on chance',
  evaluation: 'it would run text from the file as an expression',
  zone: 'its result depends on the time zone of the computer; use "date" instead',
};

function describeDateFormat(at: DateFormatMistake): string {
  switch (at.mistake) {
    case 'letters':
      return `The letters ${at.letters} mean nothing in a date format. Write the year as yyyy, the month as MM, the day as dd, and text in single quotes.`;
    case 'twice':
      return `The letters ${at.letters} say again what is in the format already. Write each part of a date once.`;
    case 'incomplete':
      return 'The format must name year, month and day.';
    case 'twelve-hours':
      return 'The 12-hour clock (h) needs am or pm (a); the 24-hour clock is H.';
    case 'open-neighbours':
      return `It is unclear where ${at.first} ends and ${at.second} begins. Put a separator between them, or give them a fixed length (dd, MM, yyyy).`;
    case 'library':
      return `The format cannot be read: ${at.words.quote.replace(/\.$/, '')}.`;
  }
}

function describeExcess(at: SettingsExcess): string {
  switch (at.excess) {
    case 'bytes':
      return `The settings have more than ${counted(at.max, 'byte')}. Make them smaller.`;
    case 'attributes':
      return `The mapping has more than ${counted(at.max, 'attribute')}. Map fewer.`;
    case 'expressions':
      return `The expressions have more than ${counted(at.max, 'character')} together. Shorten them.`;
    case 'depth':
      return `The settings are nested more than ${counted(at.max, 'level')} deep: line ${at.line}, column ${at.column}.`;
    case 'values':
      return `The settings have more than ${counted(at.max, 'value')}: line ${at.line}, column ${at.column}.`;
    case 'chars':
      return `This text has more than ${counted(at.max, 'character')}: line ${at.line}, column ${at.column}.`;
  }
}

/** English. */
export const sourceMessages: MessagesOf<typeof sourceCodes> = {
  'settings-not-json': {
    sentence: ({ line, column }) => `The file is not valid JSON: line ${line}, column ${column}.`,
    cause: 'Usually a comma, quote or bracket is missing, or there is one too many.',
    cure: 'Fix the file there, or just before; an editor that knows JSON marks the place.',
  },
  'settings-too-large': {
    sentence: (excess) => describeExcess(excess),
    cause:
      'The source.json, or something in it, is far larger than settings are. Nothing beyond the limits is read, so that one source cannot hold up the others.',
    cure: 'Make it smaller; translate long lists of values in the HR system. The limits are in docs/mapping.md.',
  },
  'settings-key-twice': {
    sentence: () => 'This member appears twice in the same object.',
    cause: 'JSON parsers keep only the last of them, so the other would be ignored silently.',
    cure: 'Keep one of them.',
  },
  'settings-member-missing': {
    sentence: () => 'This member is required, and it is missing.',
    cause: 'The source.json lacks a member without which no file can be read.',
    cure: 'Add it at the path given; `source.schema.json` describes it.',
  },
  'settings-member-unknown': {
    sentence: () => 'The settings have no member of this name here.',
    cause: 'Usually the name is misspelt, or the member belongs elsewhere.',
    cure: 'Correct the name, or move or remove the member; `source.schema.json` lists all names.',
  },
  'settings-member-form': {
    sentence: (mistake) => describeForm(mistake),
    cause: 'The value does not fit what `source.schema.json` says of this member.',
    cure: 'Write the value as the message says.',
  },
  'settings-name-differs': {
    sentence: ({ folder }) => `The name must be that of the folder, ${quoted(folder)}.`,
    cause:
      'The folder in the container `sources` decides which files are read with these settings, so `name` must not say otherwise.',
    cure: 'Make them equal. The folder of the source in the container `inbound` has the same name.',
  },
  'settings-status-overlap': {
    sentence: ({ word, list }) => `${quoted(word)} is already in the list "${list}".`,
    cause: 'A status word would have two meanings, or is repeated. Case and outer spaces do not count.',
    cure: 'Keep each word once, in one list.',
  },
  'settings-status-source': {
    sentence: ({ named, isInList }) => {
      const wanted = isInList
        ? 'Exactly one of "column" and "expression"'
        : 'One of "column", "expression" and "all", or "until" or "from",';
      return `${wanted} is needed; ${named.length === 0 ? 'there is none' : `there are ${named.join(' and ')}`}.`;
    },
    cause:
      'These say where the status comes from: a column, an expression, several columns (`all`), or days alone (`until`, `from`).',
    cure: 'Keep or add one of them; days may stand beside any.',
  },
  'settings-status-contradiction': {
    sentence: (clash) => describeStatusClash(clash),
    cause: 'Two parts of `active` contradict each other, or one of them decides nothing.',
    cure: 'Change or remove the part that the message names. `docs/mapping.md` has an example of each form.',
  },
  'settings-blank-word-used': {
    sentence: ({ word, place }) => `${quoted(word)} means blank${USED_AS[place]}.`,
    cause: 'A word would have two meanings: no value, and a value. Case and outer spaces do not count.',
    cure: 'Remove it from the words for blank (`file.blank`, `blank`), or from the other list.',
  },
  'settings-lookup-needs-full': {
    sentence: () =>
      'Managers are looked up among all people, so every file must have everybody: write "content": "full" in "file", or map the id of the manager.',
    cause:
      'Managers can be looked up only if everybody is in the file (`file.content` is `full`); a file of changes has few people.',
    cure: 'Have the HR system export everybody and set `file.content` to `full`; or map a column with the id of the manager, without `lookup`.',
  },
  'settings-placeholder': {
    sentence: ({ text }) => `${quoted(text)} is still to be replaced.`,
    cause:
      '`rollcall init` writes a placeholder where the file does not say what belongs there. Read with it, everybody might count as inactive, or nobody could be read.',
    cure: 'Write the name of the column, or the status word, in its place. `rollcall init` lists what is missing.',
  },
  'settings-lines-clash': {
    sentence: (at) => describeLines(at),
    cause:
      'A rule of `file.ignore` would ignore every line, the header or the trailer; or `file.trailer` has no group that says how many rows there are.',
    cure: 'Write more of what the lines begin with, or a pattern with ^. A trailer needs a group named rows: "^Total: (?<rows>\\d+)".',
  },
  'settings-filter-clash': {
    sentence: (at) => describeFilter(at),
    cause:
      '`file.only` and `file.except` contradict each other about a value, name a column or a value twice, or keep a status word away from `active`: then it would disable nobody.',
    cure: 'Keep each column once, with all of its values, and each value once. Take status words out of `except`, or put all of them into `only`.',
  },
  'settings-pattern-invalid': {
    sentence: ({ fault }) => PATTERN_FAULTS[fault],
    cause:
      'The pattern is not a regular expression of JavaScript, or it cannot be compared with a text in one pass: it looks around ((?= (?! (?<= (?<!), refers back (\\1), or repeats too much.',
    cure: 'Correct the pattern. In JSON each backslash is written twice: "\\\\d".',
  },
  'settings-alias-twice': {
    sentence: ({ alias, column }) => `${quoted(alias)} already means the column ${quoted(column)}.`,
    cause: 'The same alias means two columns, or an alias is the name of another column.',
    cure: 'Let each alias mean one column only.',
  },
  'settings-encoding-unknown': {
    sentence: ({ encoding }) => `The encoding ${quoted(encoding)} cannot be read.`,
    cause: '`file.encoding` names an encoding that Rollcall cannot read.',
    cure: 'Use utf-8, utf-16le, utf-16be, windows-1252, windows-1250, iso-8859-15 or iso-8859-2, or remove `file.encoding`.',
  },
  'settings-attribute-unknown': {
    sentence: (mistake) => describeAttribute(mistake),
    cause:
      'The name is not one of the SCIM core user or the enterprise extension, or the service or Rollcall sets the attribute.',
    cure: 'Correct the name, put the value into a custom extension, or remove the attribute.',
  },
  'settings-extension-unknown': {
    sentence: ({ mistake }) =>
      mistake === 'core'
        ? 'Write core attributes directly in the mapping, without their URN.'
        : 'The URN of an extension must have the form urn:<name>:<name>, for example urn:ietf:params:scim:schemas:extension:<organisation>:<version>:User.',
    cause: 'A member of the mapping is a URN, and the service does not take it as an extension.',
    cure: 'Correct the URN, for example to `urn:ietf:params:scim:schemas:extension:contoso:1.0:User`.',
  },
  'settings-attribute-type': {
    sentence: (mistake) => describeType(mistake),
    cause: 'The SCIM schema gives this attribute another type, or makes it a list or an object.',
    cure: 'Write the attribute in the form that the message names.',
  },
  'settings-leaf-source': {
    sentence: ({ named }) =>
      `Exactly one of "column", "const" and "expression" is needed; ${named.length === 0 ? 'there is none' : `there are ${named.join(' and ')}`}.`,
    cause: 'These three say where the value comes from, and a value comes from one place.',
    cure: 'Keep or add exactly one of them.',
  },
  'settings-leaf-contradiction': {
    sentence: (clash) => describeClash(clash),
    cause: 'Two members of one attribute contradict each other, or one makes the other useless.',
    cure: 'Remove the one that the message names.',
  },
  'settings-expression-syntax': {
    sentence: ({ words, position }) =>
      `The expression is not valid${position === null ? '' : ` at character ${position}`}: ${words.quote.replace(/\.$/, '')}.`,
    cause: 'Expressions are JSONata, and this one cannot be parsed.',
    cure: 'Correct it at the position given; try.jsonata.org runs expressions in the browser (with invented people only).',
  },
  'settings-expression-deep': {
    sentence: ({ max }) => `The expression is nested more than ${counted(max, 'level')} deep. Simplify it.`,
    cause:
      'An expression goes through all of its levels for each row, and this one has far more than anybody would write.',
    cure: 'Simplify the expression; a table of values belongs into "values".',
  },
  'settings-expression-forbidden': {
    sentence: ({ name, reason }) => `The function $${name} is not available: ${FORBIDDEN[reason]}.`,
    cause:
      'The same row must give the same user at every attempt, so functions that depend on anything else are taken away.',
    cure: 'Use only the values of the row; declare dates with "date".',
  },
  'settings-date-format': {
    sentence: (mistake) => describeDateFormat(mistake),
    cause:
      'The format is not one of luxon, or a date written in it would leave the year, the month, the day or the hour open, or say it twice.',
    cure: 'Use the letters of luxon, for example dd/MM/yyyy; put text in single quotes.',
  },
  'settings-date-zone': {
    sentence: ({ zone }) => `The time zone ${quoted(zone)} is unknown.`,
    cause: '`zone`, of a date or of `expectBy`, is neither a name of the IANA list nor an offset.',
    cure: 'Use UTC, a name such as Europe/Berlin, or an offset such as UTC+2.',
  },
  'settings-country-unknown': {
    sentence: ({ country }) => `${quoted(country)} is not the code of a country with phone numbers.`,
    cause: '`phone.country` says how numbers without + are read.',
    cure: 'Use its two capital letters (ISO 3166-1), for example DE.',
  },
  'settings-rule-contradiction': {
    sentence: (clash) => describeRuleClash(clash),
    cause:
      'A rule of `rowsPerPerson.prefer` finds no difference where the rules before it have found none, or is of two kinds at once.',
    cure: 'Remove it, or correct what the message names. The rules and what they see are in docs/mapping.md.',
  },
  'settings-limit-idle': {
    sentence: () => 'This has no effect without a percentage beside it.',
    cause: '`atLeast` says from which number on a percentage counts, and there is none in this half of the limit.',
    cure: 'Add the percentage, or write `count` if only the number is to count.',
  },
  'settings-limit-order': {
    sentence: ({ warn, hold }) =>
      `The warning would come above ${grouped(warn)}, but the file is held above ${grouped(hold)} already.`,
    cause:
      'A file is held before it could be warned of. A half of a limit that is not written (`warn` or `hold`) has its default; `docs/guard.md` lists them.',
    cure: 'Write a smaller figure for `warn`, or a larger one for `hold`.',
  },
  'lint-not-work': {
    sentence: ({ path, isConst }) =>
      about(
        path,
        isConst
          ? `Only entries of type "work" are processed, so this one is ignored (${ISSUES_PAGE}).`
          : `Only entries of type "work" are processed, so this one is ignored in rows with another type (${ISSUES_PAGE}).`,
      ),
    cause: 'This holds for emails, phone numbers and addresses.',
    cure: 'Send the value as type "work", or put it into a custom extension.',
  },
  'lint-second-work': {
    sentence: ({ path }) =>
      about(path, `There is a second entry of type "work", and only one can be processed (${ISSUES_PAGE}).`),
    cause: 'Two entries of this list would reach the same attribute of the directory.',
    cure: 'Keep one of them; put the other into a custom extension.',
  },
  'lint-mail-not-written': {
    sentence: ({ path }) =>
      about(path, `This connector does not set mail in Entra: Exchange owns it (${UPDATES_PAGE}).`),
    cause: 'The default mapping sends this value to `mail`, which the connector cannot write.',
    cure: 'Nothing to do if the job maps it to another attribute; otherwise remove it from the mapping.',
  },
  'lint-clear-needs-null-flow': {
    sentence: ({ path }) =>
      about(
        path,
        `A null clears the value only if "Flow null values" is on for the source attribute and the mapping (${CLEAR_PAGE}).`,
      ),
    cause:
      '`whenEmpty` is "clear", which sends a null. The job ignores nulls until "Flow null values" is switched on in both places.',
    cure: 'Switch both on for this attribute, or remove `whenEmpty`.',
  },
  'lint-clear-in-list': {
    sentence: ({ path }) => about(path, `The service does not clear multi-valued attributes (${CLEAR_PAGE}).`),
    cause: '`whenEmpty` is "clear" in an entry of a list, where a null has no effect.',
    cure: 'Remove `whenEmpty` here.',
  },
  'lint-not-in-default-mapping': {
    sentence: ({ path, list }) =>
      about(path, `The attribute ${list} has an effect only if the job maps it (${CUSTOM_PAGE}).`),
    cause: 'The attribute is not in the default mapping of the job.',
    cure: 'Check that the job has it in its source schema and maps it, or remove it here.',
  },
  'lint-placeholder': {
    sentence: ({ path }) =>
      about(
        path,
        'these are still the placeholders of `rollcall init`. A file can be checked with them, but not sent.',
      ),
    cause: 'The provisioning job is named by ids that exist only once it has been set up in Microsoft Entra.',
    cure: 'When the job is set up, write the object id of its enterprise application and the id of the job.',
  },
  'lint-two-digit-year': {
    sentence: ({ path }) => about(path, 'With a two-digit year, the century is a guess: 61 to 99 are read as 19xx.'),
    cause: 'The date format has `yy`.',
    cure: 'Ask HR for years of four digits, then write `yyyy`.',
  },
  'lint-member-idle': {
    sentence: ({ path, format }) =>
      about(path, `This member is for ${format.toUpperCase()} files only and has no effect here.`),
    cause: 'Some members of `file` are for CSV only, others for JSON only.',
    cure: 'Remove it, or correct `file.format`.',
  },
  'lint-missing-needs-full': {
    sentence: ({ path }) =>
      about(path, 'Nobody is missing from files of changes, so this has no effect unless file.content is "full".'),
    cause: '`missingPeople` is set, but the files say nothing about people who are not in them.',
    cure: 'Remove it, or set `file.content` to "full" if every file has everybody.',
  },
  'lint-no-inactive-words': {
    sentence: ({ path }) => about(path, 'No status word means inactive, so this source can never disable anybody.'),
    cause:
      'No status column has words for inactive people (`inactive`), and no day of the row ends anything (`until`).',
    cure: 'Add the words for people who have left, or the column with the last day, unless this is intended.',
  },
  'lint-extension-urn': {
    sentence: ({ path }) =>
      about(path, `The documentation of the service asks for URNs that begin with ${customExtensionPrefix}.`),
    cause:
      'Microsoft’s page about custom attributes shows URNs with this beginning only; that of the API also shows `urn:contoso:employee`.',
    cure: 'Use the URN that the schema of the job has. If you may choose, begin it with `urn:ietf:params:scim:schemas:extension:`.',
  },
  'lint-no-user-name': {
    sentence: ({ path }) => about(path, 'People cannot be created without a userName.'),
    cause: 'The mapping has no `userName`, without which the service can only update people.',
    cure: 'Map `userName`, unless this source only updates people whom another one creates.',
  },
  'lint-active-not-first': {
    sentence: ({ path }) =>
      about(
        path,
        'A row that says inactive never counts while another row of the person may be active. Where an earlier rule, or none, prefers it, all rows of the person are rejected.',
      ),
    cause: 'Among the rules of `rowsPerPerson.prefer`, "active" is not the first.',
    cure: 'Begin the list with "active", unless an active row may really be the wrong one.',
  },
  'lint-guard-off': {
    sentence: ({ path }) => about(path, 'The guard is off, so no file is ever held for what it would do.'),
    cause:
      '`guard` is "off". That is for simulators on the same computer; anywhere else every file of the source is held.',
    cure: 'Remove `guard` before these settings are used with Entra.',
  },
  'lint-guard-weak': {
    sentence: ({ path, percent }) =>
      about(
        path,
        percent === null
          ? 'No limit holds a file that would disable everybody.'
          : `A file may disable ${percent}% of all people before it is held.`,
      ),
    cause:
      'The limit `disabled` is what stops half an export, or an export in which everybody has "left". It is switched off, or far above what happens in a day.',
    cure: 'Write a percentage just above your worst normal day, or a `count`; approve the rare file that exceeds it.',
  },
};
