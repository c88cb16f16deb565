// The mapping part of source.json: what a leaf may say, and the tree that mirrors the SCIM user. One TypeBox schema for types, checks and editors.
import { Type, type Static, type TSchema } from '@sinclair/typebox';
import {
  coreAttributes,
  customExtensionPattern,
  enterpriseAttributes,
  enterpriseUserUrn,
  type ScimAttribute,
  type ScimAttributes,
} from '../scim/scim-schema';
import type { SimpleAttribute } from '../scim/scim-schema';
import { MAX_EXPRESSION_CHARS, MAX_LIST_ENTRIES } from './settings-limits';

const oneOf = <const T extends readonly string[]>(words: T, description: string): TSchema & { static: T[number] } =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words], description });

const scalar = (description: string) =>
  Type.Unsafe<string | number | boolean>({ type: ['string', 'number', 'boolean'], description });

const columnName = (description: string) => Type.String({ minLength: 1, maxLength: 500, description });

/** Most words for blank in one list, and the longest one, UTF-16 code units. Our choice, 2026-11: systems have one to five short ones. */
const MAX_BLANK_WORDS = 50;
const MAX_BLANK_WORD_CHARS = 100;

/** Schema of a list of words that mean "no value". */
export const blankWords = (description: string) =>
  Type.Array(Type.String({ maxLength: MAX_BLANK_WORD_CHARS, pattern: '\\S' }), {
    minItems: 1,
    maxItems: MAX_BLANK_WORDS,
    description: `${description} The whole cell; case and outer spaces do not count.`,
  });

/** Longest date format, UTF-16 code units, and most of them in one column: each is tried. Our choice, 2026-11. */
const MAX_DATE_FORMAT_CHARS = 100;
const MAX_DATE_FORMATS = 10;
/** Longest name of a zone, UTF-16 code units; America/Argentina/ComodRivadavia has 32. Our choice, 2026-11. */
const MAX_ZONE_CHARS = 64;

/** Schema of the form in which a file writes a date. */
export const dateSchema = Type.Object(
  {
    format: Type.Unsafe<string | readonly string[]>({
      type: ['string', 'array'],
      minLength: 1,
      maxLength: MAX_DATE_FORMAT_CHARS,
      items: { type: 'string', minLength: 1, maxLength: MAX_DATE_FORMAT_CHARS },
      minItems: 1,
      maxItems: MAX_DATE_FORMATS,
      description: 'The form in which the file writes the date, in the letters of luxon: "dd/MM/yyyy". One, or a list.',
    }),
    zone: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: MAX_ZONE_CHARS,
        description: 'The zone in which the date is meant: "Europe/Berlin". Default: UTC.',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'The value is a date and is sent in the form that the target reads.',
  },
);

/** Where managers are looked up: in a column, or in what an expression makes of each row. */
export type Lookup = string | { readonly expression: string };

const lookupSchema = Type.Unsafe<Lookup>({
  anyOf: [
    { type: 'string', minLength: 1, maxLength: 500 },
    {
      type: 'object',
      properties: {
        expression: {
          type: 'string',
          minLength: 1,
          maxLength: MAX_EXPRESSION_CHARS,
          description: 'Over the columns of the row of the manager: "FirstName & \' \' & LastName".',
        },
      },
      required: ['expression'],
      additionalProperties: false,
    },
  ],
  description:
    'manager.value only, in full files: the value is no id; the manager is the person whose row has it in this column.',
});

/** Schema of a leaf in its long form. */
export const leafSchema = Type.Object(
  {
    column: Type.Optional(columnName('Name of the column; in JSON files also a path, "job.title".')),
    const: Type.Optional(scalar('The same value for every row.')),
    expression: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: MAX_EXPRESSION_CHARS,
        description:
          'A JSONata expression over the columns of the row: "FirstName & \' \' & LastName". No time, chance or world outside of the row.',
      }),
    ),
    type: Type.Optional(
      oneOf(
        ['string', 'boolean', 'integer', 'dateTime'],
        'Type of the value; by default the type that the SCIM schema gives the attribute, string in custom extensions.',
      ),
    ),
    date: Type.Optional(dateSchema),
    values: Type.Optional(
      Type.Record(Type.String(), scalar('What is sent.'), {
        minProperties: 1,
        description: 'A table: the text in the file → the value that is sent. Compared exactly, after trim and case.',
      }),
    ),
    unknown: Type.Optional(
      oneOf(
        ['reject', 'omit', 'keep'],
        'What to do with a text that the table does not have. Default: reject the row.',
      ),
    ),
    default: Type.Optional(scalar('The value for a blank cell.')),
    required: Type.Optional(Type.Boolean({ description: 'A row without a value here is rejected. Default: false.' })),
    whenEmpty: Type.Optional(
      oneOf(
        ['omit', 'clear', 'reject'],
        'A blank cell leaves the attribute out (default), sends an explicit null, or rejects the row.',
      ),
    ),
    blank: Type.Optional(blankWords('Words that mean "no value" in this column, beside those of file.blank.')),
    trim: Type.Optional(Type.Boolean({ description: 'Outer spaces are removed. Default: true.' })),
    case: Type.Optional(oneOf(['lower', 'upper'], 'The value in lower or upper case.')),
    split: Type.Optional(
      Type.Object(
        {
          on: Type.String({ minLength: 1, description: 'The text between the parts.' }),
          take: Type.Integer({ minimum: -100, maximum: 100, description: 'Which part: 0 is the first, -1 the last.' }),
        },
        { additionalProperties: false, description: 'One part of the value.' },
      ),
    ),
    phone: Type.Optional(
      Type.Object(
        {
          country: Type.String({ pattern: '^[A-Z]{2}$', description: 'Country of numbers without +: "DE".' }),
          extension: Type.Optional(
            oneOf(
              ['drop', 'keep'],
              'An extension (x45, ext. 45) is left out, or follows the number as Entra writes it: +15550100123X45. Default: it rejects the row.',
            ),
          ),
        },
        { additionalProperties: false, description: 'The value is a phone number and is sent as E.164: +494310000.' },
      ),
    ),
    form: Type.Optional(
      oneOf(
        ['upn'],
        'userName only: a value without @domain rejects the row. Default: the job’s mapping may add the domain.',
      ),
    ),
    lookup: Type.Optional(lookupSchema),
    onUnreadable: Type.Optional(
      oneOf(
        ['reject', 'omit'],
        'A value that cannot be read: "reject" (default) rejects the row, "omit" sends it without the attribute. Inactive people always go.',
      ),
    ),
    country: Type.Optional(
      oneOf(['alpha-2', 'alpha-3'], 'The value is a country (code or name) and is sent as ISO 3166-1 code.'),
    ),
  },
  {
    additionalProperties: false,
    description: 'Where an attribute comes from: exactly one of column, const, expression.',
  },
);

/** A leaf in its long form. */
export type Leaf = Static<typeof leafSchema>;

/** A leaf as written: a column name, or the long form. */
export type LeafSettings = string | Leaf;

/** The mapping as written: the shape of the SCIM user with leaves in place of values. The SCIM schema decides the kind of each node. */
export interface MappingBranch {
  readonly [name: string]: MappingNode;
}
export type MappingNode = LeafSettings | MappingBranch | readonly MappingNode[];

/** The long form of a leaf. */
export const toLeaf = (leaf: LeafSettings): Leaf => (typeof leaf === 'string' ? { column: leaf } : leaf);

const leafOrColumn = (attribute: string) => ({
  anyOf: [{ type: 'string', minLength: 1 }, { $ref: '#/$defs/leaf' }],
  description: `SCIM ${attribute}: a column name, or an object.`,
});

const describeAttribute = (name: string, attribute: ScimAttribute): object => {
  if (attribute.type !== 'complex') return leafOrColumn(name);
  const object = describeObject(name, attribute.attributes);
  return attribute.many
    ? { type: 'array', minItems: 1, maxItems: MAX_LIST_ENTRIES, items: object, description: `SCIM ${name}: a list.` }
    : object;
};

const describeObject = (name: string, attributes: ScimAttributes): object => ({
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  description: `SCIM ${name}.`,
  properties: Object.fromEntries(
    Object.entries(attributes).map(([member, attribute]) => [
      member,
      describeAttribute(`${name}.${member}`, attribute),
    ]),
  ),
});

/** JSON Schema of the mapping for editors, made from the SCIM schema. */
export const mappingSchema = Type.Unsafe<MappingBranch>({
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  description: 'The SCIM user, with column names (or objects) in place of its values.',
  properties: {
    ...Object.fromEntries(
      Object.entries(coreAttributes).map(([name, attribute]) => [name, describeAttribute(name, attribute)]),
    ),
    [enterpriseUserUrn]: describeObject('enterprise extension', enterpriseAttributes),
  },
  patternProperties: {
    [customExtensionPattern.source]: {
      type: 'object',
      minProperties: 1,
      additionalProperties: leafOrColumn('custom attribute'),
      description: 'A custom extension: flat attributes. The job needs each in its source schema and in its mapping.',
    },
  },
});

/** The types that a leaf may declare. */
export type LeafValueType = NonNullable<Leaf['type']>;

/** The leaf's own type, otherwise the schema's; references and binaries are texts (RFC 7643 §2.3.6–7). */
export function valueTypeOf(leaf: Pick<Leaf, 'type'>, attribute: SimpleAttribute): LeafValueType {
  if (leaf.type !== undefined) return leaf.type;
  return attribute.type === 'reference' || attribute.type === 'binary' ? 'string' : attribute.type;
}
