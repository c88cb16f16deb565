// The member `rowsPerPerson` of source.json: by which rules one of several rows of a person counts.
import { Type, type Static } from '@sinclair/typebox';
import { dateSchema } from './mapping-settings';

/** Rules of a source, and words of one of them; each rule costs 8 bytes a row. Our choice, 2026-11: systems need one to three. */
const MAX_RULES = 10;
const MAX_WORDS = 100;

const columnRuleSchema = Type.Object(
  {
    column: Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'Name of the column; in JSON files also a path. It need not be mapped.',
    }),
    values: Type.Optional(
      Type.Array(Type.String({ maxLength: 100, pattern: '\\S' }), {
        minItems: 1,
        maxItems: MAX_WORDS,
        description: 'Rows with one of these words in the column are preferred. Case and outer spaces do not count.',
      }),
    ),
    latest: Type.Optional(
      Type.Unsafe<true>({ type: 'boolean', enum: [true], description: 'The row with the latest date is preferred.' }),
    ),
    date: Type.Optional(
      Type.Object(dateSchema.properties, {
        additionalProperties: false,
        description: 'For latest: how the column writes its dates. A blank cell is before all dates.',
      }),
    ),
  },
  { additionalProperties: false },
);

const ruleSchema = Type.Union([Type.Unsafe<'active'>({ type: 'string', enum: ['active'] }), columnRuleSchema]);

/** Schema of `rowsPerPerson`. */
export const rowsPerPersonSchema = Type.Object(
  {
    prefer: Type.Array(ruleSchema, {
      minItems: 1,
      maxItems: MAX_RULES,
      description:
        'Rules, the most important one first: "active" (rows that say active), { "column", "values" }, { "column", "latest": true, "date" }. The first one that tells the rows apart decides.',
    }),
  },
  {
    additionalProperties: false,
    description:
      'Several rows of one person in a file: which one counts. Default: none, unless all of them say inactive. An inactive row never counts while another one may be active.',
  },
);

/** `rowsPerPerson` as written. */
export type RowsPerPerson = Static<typeof rowsPerPersonSchema>;

/** One rule. */
export type PreferRule = RowsPerPerson['prefer'][number];

/** The rules of the settings, none if several rows of a person are always in doubt. */
export const preferRulesOf = ({ rowsPerPerson }: { readonly rowsPerPerson?: RowsPerPerson }): readonly PreferRule[] =>
  rowsPerPerson?.prefer ?? [];

/** The columns that rules read. */
export const columnsOfRules = (settings: { readonly rowsPerPerson?: RowsPerPerson }): readonly string[] =>
  preferRulesOf(settings).flatMap((rule) => (rule === 'active' ? [] : [rule.column]));
