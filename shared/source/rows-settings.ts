// The members of `file` that say what in a file is not a person, or a person of another source: `ignore`, `trailer`, `only`, `except`.
import { Type, type Static } from '@sinclair/typebox';
import { maxPatternChars } from '../columns/linear-pattern';

/** Longest beginning of a line, UTF-16 code units, and most rules for lines: each line is compared with each. Our choice, 2026-11. */
const MAX_BEGINNING_CHARS = 200;
const MAX_IGNORE_RULES = 20;
/** Most columns that decide about rows, and most values of one: "Contractor" in ten languages has ten. Our choice, 2026-11. */
const MAX_FILTERS = 10;
const MAX_FILTER_VALUES = 1_000;
const MAX_FILTER_VALUE_CHARS = 200;

const linePattern = (description: string) =>
  Type.Object(
    { pattern: Type.String({ minLength: 1, maxLength: maxPatternChars, description }) },
    { additionalProperties: false },
  );

/** Schema of `file.ignore`. */
export const ignoreSchema = Type.Array(
  Type.Union([
    Type.String({ minLength: 1, maxLength: MAX_BEGINNING_CHARS }),
    linePattern('A regular expression that is found in such lines: "^Page \\\\d+".'),
  ]),
  {
    minItems: 1,
    maxItems: MAX_IGNORE_RULES,
    description:
      'CSV: lines that are not people, by how they begin, exactly as written, or by a pattern: ["Subtotal "].',
  },
);

/** Schema of `file.trailer`. */
export const trailerSchema = Type.Object(
  linePattern(
    'A regular expression that is found in it, with a group named rows: "^Total: (?<rows>\\\\d+)". That many rows the file must have.',
  ).properties,
  {
    additionalProperties: false,
    description: 'CSV: the last line of each file, which says how many rows there are. A file without it is held.',
  },
);

const columnValuesSchema = Type.Object(
  {
    column: Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'Name of the column; in JSON files also a path.',
    }),
    values: Type.Array(Type.String({ maxLength: MAX_FILTER_VALUE_CHARS, pattern: '\\S' }), {
      minItems: 1,
      maxItems: MAX_FILTER_VALUES,
      description: 'Whole values; case and outer spaces do not count.',
    }),
  },
  { additionalProperties: false },
);

/** Schema of `file.only` and `file.except`. */
export const rowFilterSchema = (description: string) =>
  Type.Union([columnValuesSchema, Type.Array(columnValuesSchema, { minItems: 1, maxItems: MAX_FILTERS })], {
    description,
  });

/** `file.only` or `file.except` as it is written: one column, or several. */
export type RowFilterSettings = Static<ReturnType<typeof rowFilterSchema>>;

/** One rule for each column, with its place below the member. */
export function filtersOf(
  settings: RowFilterSettings | undefined,
): readonly { readonly path: readonly number[]; readonly filter: Static<typeof columnValuesSchema> }[] {
  if (settings === undefined) return [];
  if (!Array.isArray(settings)) return [{ path: [], filter: settings }];
  return settings.map((filter, index) => ({ path: [index], filter }));
}
