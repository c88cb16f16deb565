// What the schema of a job may be made of: functions of expressions, operators of scoping filters.
// Forms: microsoft-graph-docs-contrib synchronization-synchronizationschema-functions.md and -filteroperators.md; the
// names beyond their examples: MicrosoftDocs/entra-docs functions-for-customizing-application-data.md and
// define-conditional-rules-for-provisioning-user-accounts.md, 2026. The service's own lists are longer.

/** Parameters by function; `?` marks an optional one, `*` one that may be repeated. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  Append: ['source', 'suffix'],
  AppRoleAssignments: ['source'],
  Coalesce: ['source*', 'defaultValue?'],
  DefaultDomain: [],
  FormatDateTime: ['source', 'dateTimeStyles?', 'inputFormat', 'outputFormat'],
  IIF: ['condition', 'valueIfTrue', 'valueIfFalse'],
  IsPresent: ['expression'],
  Join: ['separator', 'source*'],
  Left: ['source', 'numChars'],
  Mid: ['source', 'start', 'length'],
  NormalizeDiacritics: ['source'],
  Not: ['source'],
  RandomString: [
    'length',
    'minimumNumbers',
    'minimumSpecialCharacters',
    'minimumCapital',
    'minimumLowercase',
    'charactersToAvoid?',
  ],
  Replace: [
    'source',
    'find?',
    'regexPattern?',
    'regexGroupName?',
    'replacementValue?',
    'replacementAttributeName?',
    'template?',
  ],
  Right: ['source', 'numChars'],
  SelectUniqueValue: ['uniqueValueRule*'],
  StripSpaces: ['source'],
  Switch: ['source', 'defaultValue', 'key*', 'value*'],
  ToLower: ['source', 'culture?'],
  ToUpper: ['source', 'culture?'],
  Trim: ['source'],
};

/** Operators by name: how many values they take, and of which types. */
const OPERATORS: Readonly<Record<string, readonly ['Unary' | 'Binary', readonly string[]]>> = {
  EQUALS: ['Binary', ['String', 'Integer']],
  'NOT EQUALS': ['Binary', ['String', 'Integer']],
  'IS TRUE': ['Unary', ['Boolean']],
  'IS FALSE': ['Unary', ['Boolean']],
  'IS NULL': ['Unary', ['String', 'Integer', 'Reference']],
  'IS NOT NULL': ['Unary', ['String', 'Integer', 'Reference']],
  'REGEX MATCH': ['Binary', ['String']],
  'NOT REGEX MATCH': ['Binary', ['String']],
  GREATER_THAN: ['Binary', ['Integer']],
  GREATER_THAN_OR_EQUALS: ['Binary', ['Integer']],
  INCLUDES: ['Binary', ['String']],
};

/** Graph's attributeMappingFunctionSchema of every function. */
export function listFunctions() {
  return Object.entries(PARAMETERS).map(([name, parameters]) => ({
    name,
    parameters: parameters.map((parameter) => ({
      allowMultipleOccurrences: parameter.endsWith('*'),
      name: parameter.replace(/[?*]$/, ''),
      required: !parameter.endsWith('?'),
      type: 'String',
    })),
  }));
}

/** The names of a function's parameters; undefined if there is no such function. Names are compared without case. */
export function findFunction(name: string): { name: string; parameters: readonly string[] } | undefined {
  const found = Object.keys(PARAMETERS).find((known) => known.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : { name: found, parameters: PARAMETERS[found] ?? [] };
}

/** Graph's filterOperatorSchema of every operator. */
export function listFilterOperators() {
  return Object.entries(OPERATORS).map(([name, [arity, supportedAttributeTypes]]) => ({
    name,
    arity,
    multivaluedComparisonType: 'All',
    supportedAttributeTypes,
  }));
}
