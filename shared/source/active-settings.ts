// The member `active` of source.json: which columns say whether an account is enabled, what their words mean, and between which days it is.
import { Type, type Static } from '@sinclair/typebox';
import { dateSchema } from './mapping-settings';
import { MAX_DAYS_BEFORE, MAX_EXPRESSION_CHARS, MAX_STATUS_COLUMNS } from './settings-limits';
import type { SettingsPath } from './settings-problem';

const columnName = (description: string) => Type.String({ minLength: 1, maxLength: 500, description });

const words = (minItems: number, description: string) =>
  Type.Optional(Type.Array(Type.String({ pattern: '\\S' }), { minItems, description }));

const meaningOfBlank = (description: string) =>
  Type.Optional(Type.Unsafe<'active' | 'inactive'>({ type: 'string', enum: ['active', 'inactive'], description }));

const statusMembers = {
  column: Type.Optional(columnName('Name of the column; in JSON files also a path, "status.code".')),
  expression: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: MAX_EXPRESSION_CHARS,
      description: 'In place of a column: a JSONata expression that gives one of the words.',
    }),
  ),
  active: words(1, 'Words that mean: the account is enabled.'),
  inactive: words(0, 'Words that mean: the account is disabled.'),
  others: Type.Optional(
    Type.Unsafe<'active'>({
      type: 'string',
      enum: ['active'],
      description:
        'In place of active words: every word that is not an inactive one. It says nothing about blank cells.',
    }),
  ),
  blank: meaningOfBlank('What a blank cell means. Default: it rejects the row.'),
};

const statusColumnSchema = Type.Object(statusMembers, {
  additionalProperties: false,
  description: 'A column (or an expression) and its words.',
});

const dayMembers = (what: string) => ({
  column: columnName(`Name of the column with ${what}; in JSON files also a path.`),
  date: Type.Object(dateSchema.properties, {
    additionalProperties: false,
    description:
      'How the column writes its dates, and in which zone the day begins and ends. A date that cannot be read rejects the row.',
  }),
});

const untilSchema = Type.Object(
  {
    ...dayMembers('the last day'),
    blank: meaningOfBlank('What a blank cell means: active, there is no last day yet. Default: it rejects the row.'),
  },
  { additionalProperties: false, description: 'The last day on which the account is enabled.' },
);

const fromSchema = Type.Object(
  {
    ...dayMembers('the first day'),
    before: Type.Unsafe<'inactive' | 'active' | 'not-yet'>({
      type: 'string',
      enum: ['inactive', 'active', 'not-yet'],
      description:
        'What the person is before that day: inactive, active, or not-yet: the row waits, and nothing is sent for it.',
    }),
    daysBefore: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: MAX_DAYS_BEFORE,
        description: 'For not-yet: the row goes, as active, so many days before the first day. Default: 0.',
      }),
    ),
    blank: meaningOfBlank('What a blank cell means: active, the first day has passed. Default: it rejects the row.'),
  },
  { additionalProperties: false, description: 'The first day on which the account is enabled.' },
);

/** Schema of `active`. Which members go together is checked by check-active.ts. */
export const activeSchema = Type.Object(
  {
    ...statusMembers,
    all: Type.Optional(
      Type.Array(statusColumnSchema, {
        minItems: 1,
        maxItems: MAX_STATUS_COLUMNS,
        description: 'Several columns in place of one: active only if each says so; any inactive word wins.',
      }),
    ),
    until: Type.Optional(untilSchema),
    from: Type.Optional(fromSchema),
  },
  {
    additionalProperties: false,
    description:
      'Whether an account is enabled: a status column with its closed list of words, several of them (all), days (from, until), or words and days. Case and outer spaces of words do not count; any other word, or none, rejects the row.',
  },
);

/** `active` as written. */
export type ActiveSettings = Static<typeof activeSchema>;

/** A column, or an expression, with its words. */
export type StatusColumn = Static<typeof statusColumnSchema>;

/** The last day, and the first one. */
export type UntilSettings = Static<typeof untilSchema>;
export type FromSettings = Static<typeof fromSchema>;

/** A status column with its place in the settings. */
export interface PlacedStatusColumn {
  readonly path: SettingsPath;
  readonly status: StatusColumn;
}

/** The columns each of which must say active: those of `all`, or the one; none if days alone decide. */
export function statusColumnsOf(active: ActiveSettings): readonly PlacedStatusColumn[] {
  if (active.all !== undefined) return active.all.map((status, at) => ({ path: ['active', 'all', at], status }));
  if (active.column === undefined && active.expression === undefined) return [];
  return [{ path: ['active'], status: active }];
}

/** True if rows may wait for their first day. */
export const mayWait = ({ from }: ActiveSettings): boolean => from?.before === 'not-yet';

/** True if some row can say that somebody is inactive. */
export function canBeInactive(active: ActiveSettings): boolean {
  const { until, from } = active;
  return (
    until !== undefined ||
    (from !== undefined && (from.before === 'inactive' || from.blank === 'inactive')) ||
    statusColumnsOf(active).some(({ status }) => (status.inactive ?? []).length > 0 || status.blank === 'inactive')
  );
}
